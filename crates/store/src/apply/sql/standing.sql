select
  coalesce(
    min(case when state = 0 then seq end),
    max(seq) + 1,
    1
  ) as next_seq,
  coalesce(sum(state = 0), 0) as waiting,
  coalesce(sum(state = 2), 0) as quarantined
from journal
where generation = ?1
