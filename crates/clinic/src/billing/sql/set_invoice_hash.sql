update invoice set content_hash = ?2 where id = ?1
