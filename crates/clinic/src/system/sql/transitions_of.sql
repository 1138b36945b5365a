select id, prev_id, to_status, hlc
from transition
where entity_id = :entity_id and entity_kind = :entity_kind
