with recursive lineage (newest, id, supersedes_id) as (
  select t.id, t.id, t.supersedes_id
  from document_template t
  where t.published_at is not null and t.deleted_at is null
    and not exists (select 1 from document_template later where later.supersedes_id = t.id and later.deleted_at is null)
  union
  select lineage.newest, older.id, older.supersedes_id
  from lineage
  join document_template older on older.id = lineage.supersedes_id
)
select t.id, t.kind, t.title, t.locale, t.version, t.body,
       (
         select group_concat(lower(hex(s.id)), ',')
         from (
           select id from service
           where deleted_at is null
             and consent_template_id in (select lineage.id from lineage where lineage.newest = t.id)
           order by name, id
         ) s
       ) as services
from document_template t
where t.id in (select newest from lineage)
order by t.title, t.locale, t.id
