select given, family, preferred_name, address, notes, created_at from patient where id = ?1
