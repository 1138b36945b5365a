select exists (select 1 from pg_tables where schemaname = current_schema() and tablename = 'schema_version')
