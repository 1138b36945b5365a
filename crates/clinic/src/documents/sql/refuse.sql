update document set refused_at = :at, refused_reason = :reason where id = :id
