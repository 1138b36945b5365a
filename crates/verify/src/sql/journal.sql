select ordinal, generation, seq, header, chain, signature
from journal
order by ordinal
