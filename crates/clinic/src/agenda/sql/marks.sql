select substr(start_wall, 1, 10) as day, count(*) as count
from appointment
where start_wall >= :first and start_wall < :until and deleted_at is null
  and coalesce(status, 'scheduled') <> 'cancelled'
group by day
order by day
