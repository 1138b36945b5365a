select value as certificate from local_fact where name = 'server_certificate'
