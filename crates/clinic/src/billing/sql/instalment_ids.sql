select id from instalment where invoice_id = ?1 order by no, id
