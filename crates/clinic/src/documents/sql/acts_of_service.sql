select s.name as service, null as practitioner, null as council
from service s
where s.id = :id and :patient_id is not null
