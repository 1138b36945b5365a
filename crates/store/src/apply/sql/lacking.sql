select ordinal, seq, header, chain, signature, eff, receipt
from journal
where generation = :generation and seq > :after and state = 2 and reason = 'unknown_record'
order by seq
limit :limit
