update invoice set total_minor = ?2 where id = ?1
