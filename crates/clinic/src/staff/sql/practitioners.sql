select
  practitioner.id, practitioner.given, practitioner.family, practitioner.title, practitioner.type, practitioner.color,
  practitioner.active, qualification.body, qualification.number, qualification.state,
  resource.id as resource_id,
  (select user_account.id from user_account
    where user_account.practitioner_id = practitioner.id and user_account.deleted_at is null
    order by user_account.created_at, user_account.id limit 1) as user_id
from practitioner
join resource on resource.id =
  (select id from resource where practitioner_id = practitioner.id and deleted_at is null order by created_at, id limit 1)
left join qualification on qualification.id =
  (select id from qualification
    where practitioner_id = practitioner.id and kind = 'council' and deleted_at is null
    order by created_at, id limit 1)
where practitioner.deleted_at is null and (:id is null or practitioner.id = :id)
order by practitioner.created_at, practitioner.id
