select ordinal, seq, chain, header from journal where generation = :generation order by seq desc limit 1
