where n.id = :id and n.deleted_at is null
