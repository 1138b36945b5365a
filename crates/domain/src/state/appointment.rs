use super::Machine;

/// An appointment, from the booking to the end of the visit (domain model §3).
pub const APPOINTMENT: Machine = Machine {
    entity: "appointment",
    initial: &["scheduled", "checked_in"],
    steps: &[
        ("scheduled", "confirmed"),
        ("scheduled", "checked_in"),
        ("scheduled", "in_progress"),
        ("scheduled", "cancelled"),
        ("scheduled", "no_show"),
        ("confirmed", "checked_in"),
        ("confirmed", "in_progress"),
        ("confirmed", "cancelled"),
        ("confirmed", "no_show"),
        ("checked_in", "in_progress"),
        ("checked_in", "cancelled"),
        ("in_progress", "completed"),
        ("in_progress", "cancelled"),
        ("no_show", "checked_in"),
    ],
    ranks: &["completed", "in_progress", "checked_in", "cancelled", "no_show", "confirmed", "scheduled"],
};
