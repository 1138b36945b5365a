insert into patient (
  id, clinic_id, created_at, created_by, code, kind, given, family, preferred_name, birth_date, sex, address, notes,
  locale, status
) values (
  :id, :clinic_id, :at, :by, :code, 'human', :given, :family, :preferred_name, :birth_date, :sex, :address, :notes,
  :locale, 'active'
)
