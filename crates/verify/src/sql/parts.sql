select ord, kind, record, hash, salt, body
from journal_part
where ordinal = :ordinal
order by ord
