insert into local_note_draft (id, patient_id, encounter_id, amends_id, author_id, kind, title, body, saved_at)
values (:id, :patient_id, :encounter_id, :amends_id, :author_id, :kind, :title, :body, :saved_at)
on conflict (id) do update
set kind = excluded.kind, title = excluded.title, body = excluded.body, saved_at = excluded.saved_at
