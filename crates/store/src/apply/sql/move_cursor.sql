insert into cursor (scope, position, epoch, log) values (:scope, :position, :epoch, :log)
on conflict (scope) do update set position = excluded.position, epoch = excluded.epoch, log = excluded.log
