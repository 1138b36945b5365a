select id, patient_id, encounter_id, amends_id, author_id, kind, title, body, saved_at
from local_note_draft
where id = :id
