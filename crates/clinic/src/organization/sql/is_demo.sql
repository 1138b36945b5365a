select coalesce(max(demo), 0) as demo from organization where deleted_at is null
