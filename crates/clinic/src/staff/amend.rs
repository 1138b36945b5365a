//! Changing what is known of a practitioner. Who leaves turns inactive; what they did stays theirs.

use domain::{
    id::{PractitionerId, UserId},
    permission::Permission,
};
use serde::Deserialize;
use store::{Tx, rusqlite::named_params};
use ts_rs::TS;

use super::{
    Council, Practitioner, Profession,
    add::{Refusal, complete, link, put_council},
    practitioner,
    practitioner::full_name,
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    amendment::{Change, tidy},
    command::refuse,
    organization::{self, here},
    resources,
};

/// What changes: an absent field stays, a null one is cleared.
#[derive(Debug, Deserialize, TS)]
pub struct Amend {
    /// Who.
    id: PractitionerId,
    /// Given name.
    #[serde(default)]
    #[ts(optional = nullable)]
    given: Option<String>,
    /// Family name.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    family: Change<String>,
    /// Title.
    #[serde(default)]
    #[ts(as = "Option<String>", optional = nullable)]
    title: Change<String>,
    /// What they are by training.
    #[serde(default, rename = "type")]
    #[ts(optional = nullable)]
    kind: Option<Profession>,
    /// Council and number.
    #[serde(default)]
    #[ts(as = "Option<Council>", optional = nullable)]
    council: Change<Council>,
    /// The colour of their column.
    #[serde(default)]
    #[ts(optional = nullable)]
    color: Option<String>,
    /// Can be booked.
    #[serde(default)]
    #[ts(optional = nullable)]
    active: Option<bool>,
    /// The user they sign in as.
    #[serde(default)]
    #[ts(as = "Option<UserId>", optional = nullable)]
    user_id: Change<UserId>,
}

impl Command for Amend {
    const NAME: &'static str = "staff.amend";
    const NEEDS: Permission = Permission::StaffEdit;
    const TOPICS: &'static [Topic] = &[Topic::Staff, Topic::Resources, Topic::Agenda, Topic::Organization];
    type Output = Practitioner;
    type Refusal = Refusal;
}

impl Write for Amend {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(known) = practitioner(tx, self.id)? else {
            return refuse(Refusal::NotFound { what: "practitioner" });
        };
        let Some(given) = tidy(Some(self.given.unwrap_or(known.given))) else { return refuse(Refusal::NameMissing) };
        let council = match self.council {
            Change::Leave => known.council.clone(),
            Change::Clear => None,
            Change::Set(typed) => match complete(typed) {
                Some(council) => Some(council),
                None => return refuse(Refusal::CouncilIncomplete),
            },
        };
        if let Change::Set(user) = self.user_id
            && organization::user(tx, user)?.is_none()
        {
            return refuse(Refusal::NotFound { what: "user" });
        }

        let family = tidy(self.family.over(known.family));
        let title = tidy(self.title.over(known.title));
        let color = tidy(self.color).unwrap_or(known.color);
        let active = self.active.unwrap_or(known.active);

        tx.db().execute(
            include_str!("sql/update_practitioner.sql"),
            named_params! {
                ":id": self.id.0, ":given": given, ":family": family, ":title": title,
                ":type": self.kind.map_or(known.kind, |kind| kind.key().to_owned()), ":color": color,
                ":active": active,
            },
        )?;
        if council != known.council {
            put_council(tx, &here, self.id, council.as_ref())?;
        }
        if self.user_id != Change::Leave {
            link(tx, self.id, self.user_id.over(None))?;
        }
        let name = full_name(title.as_deref(), &given, family.as_deref());
        resources::amend_practitioner(tx, known.resource_id, &name, &color, active)?;
        Ok(practitioner(tx, self.id)?.ok_or(Failure::Damaged("the practitioner just amended"))?)
    }
}
