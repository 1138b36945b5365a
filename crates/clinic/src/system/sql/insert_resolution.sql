insert into conflict_resolution (id, clinic_id, created_at, created_by, card_id, choice, reason)
values (:id, :clinic_id, :at, :by, :card_id, :choice, :reason)
