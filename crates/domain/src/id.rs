//! Identities. Every id is its own type, so that a patient's id can never be passed for an appointment's.
//!
//! Ids are UUIDv7 made by the client that creates the record; ids that two desks must agree on without talking
//! (settings, cards) are UUIDv5 of a namespace and a name. On disk and on the wire an id is its 16 bytes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
pub use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes as they stand on disk and on the wire.
            pub fn bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// The tenant: a business that holds one or more clinics.
    OrgId,
    /// A site of an organization.
    ClinicId,
    /// One enrolled installation with its data folder.
    DeviceId,
    /// The identity of a data folder's life: a restored or cloned folder gets a new one.
    GenerationId,
    /// Someone who signs in.
    UserId,
    /// Any record, where its kind stands beside it.
    RecordId,
    /// A person or animal that is treated.
    PatientId,
    /// Someone who treats.
    PractitionerId,
    /// What can be booked: a practitioner's time, a room, an apparatus.
    ResourceId,
    /// Something the clinic offers.
    ServiceId,
    /// A promise of time to a patient.
    AppointmentId,
    /// A patient's presence at the clinic.
    EncounterId,
    /// A claim of an interval of a resource.
    AllocationId,
    /// A clinical note.
    NoteId,
    /// A recorded allergy.
    AllergyId,
    /// A revision of a text that documents are made from.
    TemplateId,
    /// A consent form or other paper of a patient.
    DocumentId,
    /// An invoice, draft or issued.
    InvoiceId,
    /// A line of an invoice.
    InvoiceLineId,
    /// Money received.
    PaymentId,
    /// What the inbox asks a person to decide.
    CardId,
}

/// The namespace of ids that are derived, not drawn.
const DERIVED: Uuid = Uuid::from_u128(0x5a1c_e0d1_7f3b_5c02_9b0e_7072_6178_6973);

/// A deterministic id (UUIDv5) for something several desks create independently, such as a setting or the card
/// of a double booking: `what` names the sort of thing, `parts` identify it.
pub fn derived(what: &str, parts: &[&[u8]]) -> Uuid {
    let mut name = Vec::from(what.as_bytes());
    for part in parts {
        name.push(0);
        name.extend_from_slice(part);
    }
    Uuid::new_v5(&DERIVED, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_is_the_same_everywhere_and_differs_by_part() {
        assert_eq!(derived("setting", &[b"a", b"b"]), derived("setting", &[b"a", b"b"]));
        assert_ne!(derived("setting", &[b"a", b"b"]), derived("setting", &[b"ab"]));
        assert_ne!(derived("setting", &[b"a"]), derived("card", &[b"a"]));
    }
}
