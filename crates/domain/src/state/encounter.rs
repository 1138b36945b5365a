use super::Machine;

/// A visit, from arrival to leaving (domain model §3).
pub const ENCOUNTER: Machine = Machine {
    entity: "encounter",
    initial: &["arrived"],
    steps: &[("arrived", "in_progress"), ("arrived", "cancelled"), ("in_progress", "finished")],
    ranks: &["finished", "in_progress", "cancelled", "arrived"],
};
