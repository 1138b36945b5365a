select n.id, n.patient_id, n.encounter_id, n.kind, n.title, n.body, n.amends_id, n.created_at, n.created_by,
       n.signed_at, coalesce(author.name, '') as author, signer.name as signed_by,
       (
         select q.body || coalesce('-' || q.state, '') || ' ' || q.number
         from qualification q
         where q.practitioner_id = author.practitioner_id and q.kind = 'council' and q.deleted_at is null
         order by q.created_at, q.id
         limit 1
       ) as author_council,
       (
         select later.id
         from clinical_note later
         where later.amends_id = n.id and later.signed_at is not null
         order by later.signed_at desc, later.id desc
         limit 1
       ) as amended_by
from clinical_note n
left join user_account author on author.id = n.created_by
left join user_account signer on signer.id = n.signed_by
