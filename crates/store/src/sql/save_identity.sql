insert into local_identity (one, org, device, generation, prefix, secret, certificate, root_secret)
values (1, :org, :device, :generation, :prefix, :secret, :certificate, :root_secret)
on conflict (one) do update set
  generation = excluded.generation, prefix = excluded.prefix, secret = excluded.secret,
  certificate = excluded.certificate, root_secret = excluded.root_secret
