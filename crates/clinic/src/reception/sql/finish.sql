update encounter set finished_at = :at where id = :id
