select hash, salt, body from journal_part where ordinal = ?1 order by ord
