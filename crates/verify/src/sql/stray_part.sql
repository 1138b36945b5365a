select ordinal
from journal_part
where not exists (select 1 from journal where journal.ordinal = journal_part.ordinal)
order by ordinal
limit 1
