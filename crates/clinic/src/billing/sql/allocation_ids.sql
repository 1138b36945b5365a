select id from payment_allocation where payment_id = ?1 order by id
