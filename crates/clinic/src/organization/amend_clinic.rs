//! Changing the clinic's data. What is already issued keeps what was printed.

use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{Clinic, ClinicData, FoundingRefusal, found::admit};
use crate::{Command, Outcome, Topic, Write, amendment::tidy, command::refuse, people};

/// The clinic's data as they shall be.
#[derive(Debug, Deserialize, TS)]
pub struct AmendClinic {
    #[serde(flatten)]
    data: ClinicData,
    /// E-mail.
    #[serde(default)]
    #[ts(optional = nullable)]
    email: Option<String>,
    /// The weekday a week begins with on the screens, 0 (Sunday) to 6; as it was where not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    week_start: Option<u8>,
}

/// Why the data are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Not an e-mail address.
    EmailInvalid,
    /// A week begins on a day from 0 (Sunday) to 6.
    WeekStartInvalid,
    /// What a founding would not take either.
    #[serde(untagged)]
    Data(FoundingRefusal),
}

impl Command for AmendClinic {
    const NAME: &'static str = "organization.amend_clinic";
    const NEEDS: Permission = Permission::OrganizationEdit;
    const TOPICS: &'static [Topic] = &[Topic::Organization];
    type Output = Clinic;
    type Refusal = Refusal;
}

impl Write for AmendClinic {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let clinic = Clinic::load(tx)?;
        let data = match admit(self.data, &clinic.country) {
            Ok(data) => data,
            Err(refusal) => return refuse(Refusal::Data(refusal)),
        };
        let email = match tidy(self.email).map(|typed| people::email(&typed)) {
            None => None,
            Some(Some(email)) => Some(email),
            Some(None) => return refuse(Refusal::EmailInvalid),
        };
        if self.week_start.is_some_and(|day| day > 6) {
            return refuse(Refusal::WeekStartInvalid);
        }
        tx.db().execute(
            include_str!("sql/update_clinic.sql"),
            named_params! {
                ":id": clinic.id.0, ":name": data.name, ":legal_name": data.legal_name, ":tax_id": data.tax_id,
                ":phone": data.phone, ":email": email, ":address": data.address, ":city": data.city,
                ":state": data.state, ":postal_code": data.postal_code, ":pix_key": data.pix_key,
                ":week_start": self.week_start,
            },
        )?;
        Ok(Clinic::load(tx)?)
    }
}
