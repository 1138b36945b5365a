select ordinal, seq, header, chain, signature, eff, receipt
from journal
where generation = :generation and seq > :after and state = 0
order by seq
limit :limit
