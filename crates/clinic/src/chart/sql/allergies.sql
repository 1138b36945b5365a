select a.id, a.substance, a.reaction, a.severity, a.created_at, coalesce(u.name, '') as by
from allergy_intolerance a
left join user_account u on u.id = a.created_by
where a.patient_id = :patient_id and a.deleted_at is null
order by case a.severity when 'mild' then 2 when 'moderate' then 1 else 0 end, a.created_at, a.id
