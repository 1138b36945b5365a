select id from invoice_line where invoice_id = ?1 and deleted_at is null order by position, id
