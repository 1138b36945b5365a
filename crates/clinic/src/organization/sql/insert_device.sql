-- This desk's own record, once the clinic's is here. Until someone gives it a name it is called after the clinic and
-- its series, which no other desk of the organization has.
insert into device (id, created_at, created_by, name, prefix, public_key, generation_id, certificate, state)
select :id, :at, :by, clinic.name || ' · ' || :prefix, :prefix, :public_key, :generation_id, :certificate, 'enrolled'
from clinic
where clinic.deleted_at is null and not exists (select 1 from device where id = :id)
order by clinic.created_at, clinic.id
limit 1
