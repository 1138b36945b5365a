//! Adding someone who treats, together with what is booked: their resource with its first hours.

use domain::{
    id::{PractitionerId, UserId},
    permission::Permission,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{self, named_params},
};
use ts_rs::TS;

use super::{
    Council, Practitioner, Profession, practitioner,
    practitioner::{PALETTE, full_name},
};
use crate::{
    Command, Failure, Outcome, Topic, Write,
    amendment::tidy,
    command::refuse,
    organization::{self, Here, here},
    resources,
};

/// Who begins to treat here.
#[derive(Debug, Deserialize, TS)]
pub struct Add {
    /// Given name.
    given: String,
    /// Family name.
    #[serde(default)]
    #[ts(optional = nullable)]
    family: Option<String>,
    /// `Dra.`, `Dr.` ….
    #[serde(default)]
    #[ts(optional = nullable)]
    title: Option<String>,
    /// What they are by training.
    #[serde(rename = "type")]
    kind: Profession,
    /// Their council and number.
    #[serde(default)]
    #[ts(optional = nullable)]
    council: Option<Council>,
    /// The colour of their column; the next of the palette where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    color: Option<String>,
    /// The user they sign in as.
    #[serde(default)]
    #[ts(optional = nullable)]
    user_id: Option<UserId>,
}

/// Why a practitioner is not taken as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No given name.
    NameMissing,
    /// A council without a number, or a number without a council.
    CouncilIncomplete,
    /// No such user or practitioner.
    NotFound {
        /// `user` or `practitioner`.
        what: &'static str,
    },
}

/// A practitioner whose data hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// What they are by training.
    pub kind: Profession,
    /// Council and number.
    pub council: Option<Council>,
    /// A key of the palette.
    pub color: Option<String>,
}

impl Command for Add {
    const NAME: &'static str = "staff.add";
    const NEEDS: Permission = Permission::StaffEdit;
    const TOPICS: &'static [Topic] = &[Topic::Staff, Topic::Resources, Topic::Agenda, Topic::Organization];
    type Output = Practitioner;
    type Refusal = Refusal;
}

impl Write for Add {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let here = here(tx)?;
        let Some(given) = tidy(Some(self.given)) else { return refuse(Refusal::NameMissing) };
        let council = match self.council.map(complete) {
            Some(None) => return refuse(Refusal::CouncilIncomplete),
            council => council.flatten(),
        };
        if let Some(user) = self.user_id
            && organization::user(tx, user)?.is_none()
        {
            return refuse(Refusal::NotFound { what: "user" });
        }
        let new = Admission {
            given,
            family: tidy(self.family),
            title: tidy(self.title),
            kind: self.kind,
            council,
            color: tidy(self.color),
        };
        let id = admit(tx, &here, &new)?;
        if let Some(user) = self.user_id {
            link(tx, id, Some(user))?;
        }
        Ok(practitioner(tx, id)?.ok_or(Failure::Damaged("the practitioner just added"))?)
    }
}

/// A council with a body and a number, tidied; `None` when one of them is missing.
pub(super) fn complete(council: Council) -> Option<Council> {
    let (body, number) = (tidy(Some(council.body))?, tidy(Some(council.number))?);
    let state = tidy(council.state).map(|state| state.to_uppercase());
    Some(Council { body: body.to_uppercase(), number, state })
}

/// Writes a practitioner, their council and the resource that is booked.
pub fn admit(tx: &Tx<'_>, here: &Here, new: &Admission) -> Result<PractitionerId, Failure> {
    let id = PractitionerId(tx.new_id());
    let before: usize = tx.db().query_row("select count(*) from practitioner", [], |row| row.get(0))?;
    let next = PALETTE.get(before % PALETTE.len()).copied().unwrap_or(PALETTE[0]);
    let color = new.color.as_deref().unwrap_or(next);
    tx.db().execute(
        include_str!("sql/insert_practitioner.sql"),
        named_params! {
            ":id": id.0, ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
            ":given": new.given, ":family": new.family, ":title": new.title, ":type": new.kind.key(),
            ":color": color,
        },
    )?;
    if let Some(council) = &new.council {
        put_council(tx, here, id, Some(council))?;
    }
    let name = full_name(new.title.as_deref(), &new.given, new.family.as_deref());
    resources::add_practitioner(tx, here, id, &name, color)?;
    Ok(id)
}

/// Makes a practitioner's council the given one: a changed one replaces the old row, so that papers of the past
/// keep what they said.
pub(super) fn put_council(
    tx: &Tx<'_>,
    here: &Here,
    id: PractitionerId,
    council: Option<&Council>,
) -> rusqlite::Result<()> {
    tx.db().execute(
        "update qualification set deleted_at = ?2 where practitioner_id = ?1 and kind = 'council' and deleted_at is null",
        (id.0, tx.at().millis()),
    )?;
    if let Some(council) = council {
        tx.db().execute(
            include_str!("sql/insert_council.sql"),
            named_params! {
                ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":practitioner_id": id.0, ":body": council.body, ":number": council.number, ":state": council.state,
            },
        )?;
    }
    Ok(())
}

/// Says who signs in as this practitioner: at most one user does.
pub(super) fn link(tx: &Tx<'_>, id: PractitionerId, user: Option<UserId>) -> rusqlite::Result<()> {
    let user = user.map(|user| user.0);
    tx.db().execute(
        "update user_account set practitioner_id = null where practitioner_id = ?1 and id is not ?2",
        (id.0, user),
    )?;
    tx.db().execute("update user_account set practitioner_id = ?1 where id = ?2", (id.0, user))?;
    Ok(())
}
