-- Exclusive before the first read: the log's index is then kept in memory and no -shm file appears or changes.
pragma locking_mode = exclusive;
pragma query_only = on;
pragma cache_size = -65536;
pragma temp_store = memory;
pragma trusted_schema = off;
pragma mmap_size = 0;
