insert into availability_rule (
  id, clinic_id, created_at, created_by, resource_id, day_of_week, starts, ends, effective_from
) values (
  :id, :clinic_id, :at, :by, :resource_id, :day_of_week, :starts, :ends, :effective_from
)
