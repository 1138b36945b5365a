update journal set state = 1, position = :position, eff = :eff, receipt = :receipt, reason = null
where generation = :generation and seq = :seq and (state <> 1 or position <> :position)
