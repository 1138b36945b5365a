select deleted_at from allergy_intolerance where id = :id
