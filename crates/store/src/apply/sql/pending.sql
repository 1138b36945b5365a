select journal_part.body
from journal_part
join journal on journal.ordinal = journal_part.ordinal
where journal_part.record = ?1 and journal_part.kind = ?2 and journal_part.body is not null
  and (journal.state = 0 or (journal.state = 1 and journal.position > ?3))
order by journal.ordinal
