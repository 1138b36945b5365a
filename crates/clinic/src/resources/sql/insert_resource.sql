insert into resource (id, clinic_id, created_at, created_by, type, name, practitioner_id, capacity, color, active)
values (:id, :clinic_id, :at, :by, :type, :name, :practitioner_id, :capacity, :color, 1)
