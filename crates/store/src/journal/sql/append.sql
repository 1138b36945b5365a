insert into journal (generation, seq, header, chain, signature)
values (:generation, :seq, :header, :chain, :signature)
returning ordinal
