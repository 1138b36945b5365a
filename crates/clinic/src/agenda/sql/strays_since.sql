  and appointment.start_wall >= :since
group by appointment.id, claim.id
