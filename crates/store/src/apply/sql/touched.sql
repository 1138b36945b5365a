select distinct journal_part.kind, journal_part.record
from journal_part
join journal on journal.ordinal = journal_part.ordinal
where journal.generation = ?1 and journal.seq = ?2
