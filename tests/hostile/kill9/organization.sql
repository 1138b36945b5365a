insert into organization (id, created_at, created_by, name, root_key, demo)
values (:id, :at, :by, 'Killed often', :root, 0)
