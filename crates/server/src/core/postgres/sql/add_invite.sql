-- $2 name, $3 sealed key, $4 user, $5 expires, $6 tries left, $7 used by
insert into invite (org_id, name, code_key, user_id, expires, tries_left, used_by)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (org_id, name) do update
set code_key = excluded.code_key, user_id = excluded.user_id, expires = excluded.expires,
  tries_left = excluded.tries_left, used_by = excluded.used_by
