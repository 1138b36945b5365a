insert into journal_part (ordinal, ord, kind, record, hash, salt, body, old)
values (:ordinal, :ord, :kind, :record, :hash, :salt, :body, :old)
