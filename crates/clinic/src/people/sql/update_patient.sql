update patient
set given = :given, family = :family, preferred_name = :preferred_name, birth_date = :birth_date, sex = :sex,
    address = :address, notes = :notes
where id = :id and deleted_at is null
