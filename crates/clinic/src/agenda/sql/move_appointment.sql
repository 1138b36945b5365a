update appointment
set start_wall = :start_wall, duration_min = :duration_min, zone = :zone, start_at = :start_at, end_at = :end_at,
  tzdata = :tzdata
where id = :id
