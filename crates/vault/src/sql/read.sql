pragma query_only = on;
pragma cache_size = -65536;
pragma temp_store = memory;
pragma foreign_keys = on;
pragma trusted_schema = off;
pragma mmap_size = 0;
pragma busy_timeout = 5000;
