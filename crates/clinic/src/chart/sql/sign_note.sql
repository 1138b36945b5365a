update clinical_note set signed_at = :at, signed_by = :by, content_hash = :content_hash where id = :id
