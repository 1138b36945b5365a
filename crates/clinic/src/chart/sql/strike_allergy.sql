update allergy_intolerance set deleted_at = :at, struck_reason = :reason where id = :id
