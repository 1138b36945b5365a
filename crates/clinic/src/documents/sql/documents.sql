select id, patient_id, kind, created_at, content, content_hash, refused_at, sealed_at, short_code
from document
where patient_id = :patient_id and deleted_at is null
order by created_at desc, id desc
