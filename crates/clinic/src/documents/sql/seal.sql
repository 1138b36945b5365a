update document set pdf = :pdf, seal = :seal, short_code = :short_code, sealed_at = :at where id = :id
