select
  service.id, service.name, service.category, service.description, service.duration_min, service.buffer_before_min,
  service.buffer_after_min, service.color, service.consent_template_id, service.active,
  service_price.amount_minor, service_price.currency
from service
left join service_price on service_price.id =
  (select id from service_price
    where service_id = service.id and deleted_at is null
      and valid_from <= :on and (valid_until is null or valid_until >= :on)
    order by valid_from desc, id desc limit 1)
where service.deleted_at is null and (:id is null or service.id = :id)
order by service.category is null, service.category, service.name, service.id
