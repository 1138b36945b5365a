update resource_allocation
set resource_id = :resource_id, occupied_from = :occupied_from, occupied_to = :occupied_to, state = 'provisional',
  kept_reason = null
where id = :id
