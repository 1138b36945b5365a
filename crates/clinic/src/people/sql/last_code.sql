select coalesce(max(cast(substr(code, length(:prefix) + 1) as integer)), 0)
from patient
where code >= :prefix and code < :prefix || ':'
