insert into signature (
  id, clinic_id, created_at, created_by, document_id, role, name, method, strokes, document_hash, signed_at
) values (
  :id, :clinic_id, :at, :by, :document_id, :role, :name, 'drawn', :strokes, :document_hash, :at
)
