insert into patient (id, created_at, created_by, code, kind, given, family, sex, locale, status)
values (:id, :at, :by, :code, 'person', 'Ana', :code, 'unknown', 'pt-BR', 'active')
