//! What the server decides, as pure functions over states.
//!
//! Each replica that merged the same entries in the same order holds the same states; and because fields merge by
//! a total order of (effective time, device), the order in which concurrent entries arrive does not matter for
//! records that merge at all. Admission ([`admit`]) and claims ([`claims`]) do depend on the order of arrival: that
//! is why there is one server and one head row.

pub mod admit;
pub mod claims;
mod field;
mod record;

pub use admit::{Reason, admit};
pub use field::{FieldState, effective};
pub use record::{Merged, RecordState, Stamp};
