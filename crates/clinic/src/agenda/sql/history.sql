select transition.created_at, transition.to_status, coalesce(user_account.name, '') as by_name, transition.reason
from transition
left join user_account on user_account.id = transition.created_by
where transition.entity_id = :appointment_id and transition.entity_kind = 'appointment'
order by transition.hlc desc, transition.id desc
