with found as (
  select id, row_number() over (order by created_at desc, id desc) as place
  from patient
  where deleted_at is null and :pattern = ''
  order by place
  limit :limit
)
