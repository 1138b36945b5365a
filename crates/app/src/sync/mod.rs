//! Agreement with the server, in the background.
//!
//! [`Line`] speaks HTTP with one server; [`adopt`], [`invite`] and [`register`] are the three conversations a person
//! starts; [`Driver`] carries out what the engine asks for, on a thread of its own, for as long as a folder is open.

mod converse;
mod driver;
mod line;
pub mod translate;

pub use converse::{Registered, adopt, invite, register};
pub use driver::{Driver, HoldsStore};
pub use line::{Around, Line, LineError};
