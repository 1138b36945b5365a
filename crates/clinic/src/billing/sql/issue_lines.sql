update invoice_line set issued_at = ?2 where invoice_id = ?1 and deleted_at is null
