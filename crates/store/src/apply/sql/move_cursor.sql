insert into cursor (scope, position, epoch) values (:scope, :position, :epoch)
on conflict (scope) do update set position = excluded.position, epoch = excluded.epoch
