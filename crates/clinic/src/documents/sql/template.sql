with recursive lineage (id, supersedes_id) as (
  select id, supersedes_id from document_template where id = :id
  union
  select older.id, older.supersedes_id
  from lineage
  join document_template older on older.id = lineage.supersedes_id
)
select t.id, t.kind, t.title, t.locale, t.version, t.body,
       (
         select group_concat(lower(hex(s.id)), ',')
         from (
           select id from service
           where deleted_at is null and consent_template_id in (select id from lineage)
           order by name, id
         ) s
       ) as services
from document_template t
where t.id = :id and t.published_at is not null and t.deleted_at is null
