insert into user_account (id, created_at, created_by, name, role, active, practitioner_id)
values (:id, :at, :by, :name, :role, 1, :practitioner_id)
