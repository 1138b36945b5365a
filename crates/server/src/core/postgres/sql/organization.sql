select root_key, server_certificate, epoch from organization where org_id = $1
