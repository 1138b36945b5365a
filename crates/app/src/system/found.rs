//! Founding a clinic: a folder of its own, its owner, and the recovery code that is shown once.

use clinic::{
    Command, Stop, Topic,
    organization::{ClinicData, FoundingRefusal, profile::profile},
};
use domain::{money::Locale, permission::Permission};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Session,
    problem::{MINIMUM_PASSWORD, password_holds},
};
use crate::{Desk, DeskError, catalogue::DeskCommand, desk::Plan, router::broken};

/// What is asked.
#[derive(Debug, Deserialize, TS)]
pub struct Found {
    /// The profile's key.
    profile: String,
    /// The language of papers.
    locale: String,
    /// The clinic's data.
    clinic: ClinicData,
    /// Who becomes its owner.
    admin: FoundingAdmin,
}

/// Who becomes the owner.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct FoundingAdmin {
    /// Their name.
    name: String,
    /// Their password.
    password: String,
}

/// A clinic that stands.
#[derive(Debug, Serialize, TS)]
pub struct FoundedClinic {
    /// The owner's session.
    session: Session,
    /// The recovery code, word by word. Shown once and kept nowhere.
    recovery_code: Vec<String>,
}

/// Why not.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Not a language that papers are written in.
    LocaleUnknown,
    /// The password is too short.
    PasswordTooShort {
        /// The least number of characters.
        minimum: u8,
    },
    /// There is a clinic on this desk already.
    FolderNotEmpty,
    /// No such profile.
    ProfileUnknown,
    /// The clinic's data do not hold.
    #[serde(untagged)]
    Data(FoundingRefusal),
}

impl Command for Found {
    const NAME: &'static str = "organization.found";
    const NEEDS: Permission = Permission::OrganizationEdit;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Organization];
    type Output = FoundedClinic;
    type Refusal = Refusal;
}

impl DeskCommand for Found {
    const SESSION: bool = false;
    const CHANGES: bool = true;

    fn run(self, desk: &Desk) -> Result<FoundedClinic, Stop<Refusal>> {
        let Some(profile) = profile(&self.profile) else { return Err(Stop::Refused(Refusal::ProfileUnknown)) };
        if self.locale.parse::<Locale>().is_err() {
            return Err(Stop::Refused(Refusal::LocaleUnknown));
        }
        if !password_holds(&self.admin.password) {
            return Err(Stop::Refused(Refusal::PasswordTooShort { minimum: MINIMUM_PASSWORD }));
        }
        let founded = desk.found(Plan {
            profile,
            locale: &self.locale,
            clinic: self.clinic,
            owner: &self.admin.name,
            password: &self.admin.password,
        });
        match founded {
            Ok(recovery) => {
                Ok(FoundedClinic { session: super::sign_in::session(desk)?, recovery_code: recovery.words() })
            }
            Err(DeskError::Founding(refusal)) => Err(Stop::Refused(Refusal::Data(refusal))),
            Err(DeskError::FolderNotEmpty) => Err(Stop::Refused(Refusal::FolderNotEmpty)),
            Err(error) => Err(broken(error)),
        }
    }
}
