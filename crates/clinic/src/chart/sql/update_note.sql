update clinical_note set kind = :kind, title = :title, body = :body where id = :id
