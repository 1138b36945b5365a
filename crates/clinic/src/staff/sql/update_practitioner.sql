update practitioner
set given = :given, family = :family, title = :title, type = :type, color = :color, active = :active
where id = :id
