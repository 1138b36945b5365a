  and appointment.id = :appointment_id
group by appointment.id, claim.id
