update journal set state = 0, position = null, reason = null
where generation = :generation and seq >= :seq
