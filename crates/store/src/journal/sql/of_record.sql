select journal.ordinal, journal.header, journal.state, journal_part.body, journal_part.old
from journal_part
join journal on journal.ordinal = journal_part.ordinal
where journal_part.record = :record and journal_part.body is not null
order by journal.ordinal
