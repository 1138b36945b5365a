select payment.number, journal.seq
from payment
join journal_part on journal_part.record = payment.id
join journal on journal.ordinal = journal_part.ordinal
order by payment.number, journal.seq
