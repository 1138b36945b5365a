select id, type, name, practitioner_id, capacity, color, active
from resource
where deleted_at is null and (:id is null or id = :id)
order by case type when 'practitioner' then 0 when 'room' then 1 else 2 end, created_at, id
