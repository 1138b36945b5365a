insert into clinic (
  id, clinic_id, created_at, created_by, name, legal_name, tax_id, phone, email, address, city, state, postal_code,
  country, zone, currency, locale, profile, week_start, pix_key
) values (
  :id, :id, :at, :by, :name, :legal_name, :tax_id, :phone, :email, :address, :city, :state, :postal_code,
  :country, :zone, :currency, :locale, :profile, :week_start, :pix_key
)
