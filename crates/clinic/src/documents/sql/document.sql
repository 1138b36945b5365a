select id, patient_id, kind, created_at, content, content_hash, refused_at, sealed_at, short_code
from document
where id = :id and deleted_at is null
