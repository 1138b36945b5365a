select id, resource_id, day_of_week, starts, ends, effective_from, effective_until
from availability_rule
where deleted_at is null
  and (:resource_id is null or resource_id = :resource_id)
  and (effective_from is null or effective_from <= :last)
  and (effective_until is null or effective_until >= :first)
order by resource_id, day_of_week, starts, id
