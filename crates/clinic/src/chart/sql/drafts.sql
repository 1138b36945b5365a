select id, patient_id, encounter_id, amends_id, author_id, kind, title, body, saved_at
from local_note_draft
where patient_id = :patient_id and author_id = :author_id
order by saved_at desc, id
