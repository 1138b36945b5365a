select pdf, seal from document where id = :id and sealed_at is not null
