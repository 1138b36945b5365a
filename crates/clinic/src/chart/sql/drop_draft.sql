delete from local_note_draft where id = :id
