select ordinal, seq, header, chain, signature, eff, receipt
from journal
where generation = :generation and seq > :after
order by seq
limit :limit
