update journal set state = 2, reason = ?3
where generation = ?1 and seq = ?2 and state = 0
