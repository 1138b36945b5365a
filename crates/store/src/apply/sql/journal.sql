select ordinal, seq, header, chain, signature
from journal
where generation = :generation and seq > :after
order by seq
limit :limit
