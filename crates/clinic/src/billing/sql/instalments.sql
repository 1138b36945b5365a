select no, due_on, amount_minor from instalment where invoice_id = ?1 order by no, id
