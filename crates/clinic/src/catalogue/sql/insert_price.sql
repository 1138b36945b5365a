insert into service_price (id, clinic_id, created_at, created_by, service_id, amount_minor, currency, valid_from)
values (:id, :clinic_id, :at, :by, :service_id, :amount_minor, :currency, :valid_from)
