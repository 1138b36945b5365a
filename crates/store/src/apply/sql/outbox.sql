select ordinal, seq, header, chain, signature
from journal
where generation = :generation and seq > :after and state = 0
order by seq
limit :limit
