insert into entry_part (org_id, device_id, generation_id, seq, ord, kind, record_id, hash, salt, body)
values (:org, :device, :generation, :seq, :ord, :kind, :record, :hash, :salt, :body)
on conflict (org_id, device_id, generation_id, seq, ord) do nothing
