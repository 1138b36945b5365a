update document set content = :content, content_hash = :content_hash where id = :id
