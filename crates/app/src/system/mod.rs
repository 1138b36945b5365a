//! The desk's own commands: founding and opening, who is signed in, papers, what stands between this desk and its
//! server.

mod add_user;
mod adopt;
mod demo;
mod found;
mod invite_desk;
mod join;
mod paper;
mod problem;
mod recover;
mod session;
mod settle_alarm;
mod sign_in;
mod status;
mod sync_now;
mod sync_status;

pub use add_user::AddUser;
pub use adopt::Adopt;
pub use demo::{Demo, LeaveDemo};
pub use found::Found;
pub use invite_desk::InviteDesk;
pub use join::Join;
pub use paper::{Paper, PaperRef, Print, Printers, SavePaper};
pub use problem::OpenProblem;
pub use recover::Recover;
pub use session::Session;
pub use settle_alarm::SettleAlarm;
pub use sign_in::{SignIn, SignOut};
pub use status::Status;
pub use sync_now::SyncNow;
pub use sync_status::SyncStatus;

use crate::catalogue::DeskCatalogue;

/// Lists the desk's commands.
pub(crate) fn commands(catalogue: &mut impl DeskCatalogue) {
    catalogue.desk::<Status>();
    catalogue.desk::<Found>();
    catalogue.desk::<Demo>();
    catalogue.desk::<LeaveDemo>();
    catalogue.desk::<SignIn>();
    catalogue.desk::<SignOut>();
    catalogue.desk::<Recover>();
    catalogue.desk::<AddUser>();
    catalogue.desk::<SyncStatus>();
    catalogue.desk::<SyncNow>();
    catalogue.desk::<SettleAlarm>();
    catalogue.desk::<Adopt>();
    catalogue.desk::<InviteDesk>();
    catalogue.desk::<Join>();
    catalogue.desk::<Printers>();
    catalogue.desk::<Paper>();
    catalogue.desk::<Print>();
    catalogue.desk::<SavePaper>();
}
