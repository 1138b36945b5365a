-- "PRXV": what `file` and a rescuer's tool show once the file is decrypted. Writing it also makes page 1.
pragma page_size = 4096;
pragma application_id = 1347573846;
pragma journal_mode = wal;
pragma synchronous = full;
