select kind, record from shadow
union
select kind, record from staged
