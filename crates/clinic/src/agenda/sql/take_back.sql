update resource_allocation
set released_at = null, state = 'provisional'
where appointment_id = ?1 and deleted_at is null
  and released_at = (select max(released_at) from resource_allocation where appointment_id = ?1)
