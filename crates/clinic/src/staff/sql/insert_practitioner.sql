insert into practitioner (id, clinic_id, created_at, created_by, given, family, title, type, color, active)
values (:id, :clinic_id, :at, :by, :given, :family, :title, :type, :color, 1)
