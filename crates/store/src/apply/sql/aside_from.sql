select seq from journal where generation = :generation and seq >= :seq and state = 2
