-- $1: the organization. Until the transaction ends it is the only one there is.
select set_config('praxis.org', $1, true)
