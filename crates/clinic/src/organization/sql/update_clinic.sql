update clinic
set name = :name, legal_name = :legal_name, tax_id = :tax_id, phone = :phone, email = :email, address = :address,
    city = :city, state = :state, postal_code = :postal_code, pix_key = :pix_key,
    week_start = coalesce(:week_start, week_start)
where id = :id
