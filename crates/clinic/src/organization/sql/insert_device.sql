insert into device (id, created_at, created_by, name, prefix, public_key, generation_id, certificate, state)
values (:id, :at, :by, :name, :prefix, :public_key, :generation_id, :certificate, 'enrolled')
