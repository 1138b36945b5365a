update encounter set started_at = :at, room_id = coalesce(:room_id, room_id) where id = :id
