select role, name, signed_at, strokes
from signature
where document_id = :document_id and document_hash = :document_hash and method = 'drawn' and deleted_at is null
order by signed_at, id
