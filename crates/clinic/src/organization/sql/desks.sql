select id, name, prefix, created_at from device where deleted_at is null order by created_at, prefix, id
