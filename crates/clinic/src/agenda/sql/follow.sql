update resource_allocation
set released_at = :released_at, state = iif(:released_at is null, 'provisional', 'released'),
  kept_reason = iif(:released_at is null, null, kept_reason)
where id = :id
