insert into invite (org_id, name, code_key, user_id, expires, tries_left)
values (:org, :name, :code_key, :user, :expires, :tries_left)
on conflict (org_id, name) do update
set code_key = excluded.code_key, user_id = excluded.user_id, expires = excluded.expires,
  tries_left = excluded.tries_left, used_by = null
