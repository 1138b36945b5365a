select substance, reaction, severity
from allergy_intolerance
where patient_id = ?1 and deleted_at is null
order by case severity when 'severe' then 0 when 'moderate' then 1 else 2 end, substance
