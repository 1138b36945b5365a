update journal set state = 1, position = ?3
where generation = ?1 and seq = ?2 and state = 0
