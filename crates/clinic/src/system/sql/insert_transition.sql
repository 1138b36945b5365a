insert into transition (
  id, clinic_id, created_at, created_by, entity_kind, entity_id, from_status, to_status, prev_id, hlc, reason, note
) values (
  :id, :clinic_id, :at, :by, :entity_kind, :entity_id, :from_status, :to_status, :prev_id, :hlc, :reason, :note
)
