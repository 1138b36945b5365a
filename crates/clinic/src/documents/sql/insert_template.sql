insert into document_template (
  id, clinic_id, created_at, created_by, kind, title, locale, version, body, published_at, supersedes_id
) values (
  :id, :clinic_id, :at, :by, 'consent', :title, :locale, :version, :body, :at, :supersedes_id
)
