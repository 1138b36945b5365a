-- What the role of this connection could do that a server must not be able to.
select r.rolname as role, r.rolsuper or r.rolbypassrls as above_rows,
  exists (select 1 from pg_tables t where t.tableowner = r.rolname and t.schemaname = current_schema()) as owner
from pg_roles r
where r.rolname = current_user
