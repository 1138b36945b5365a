insert into qualification (id, clinic_id, created_at, created_by, practitioner_id, kind, body, number, state)
values (:id, :clinic_id, :at, :by, :practitioner_id, 'council', :body, :number, :state)
