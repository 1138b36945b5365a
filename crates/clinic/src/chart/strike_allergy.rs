//! Striking an allergy out: it was recorded by mistake, or has been disproved. It stays in the history with the
//! reason; nothing on a chart is ever deleted.

use domain::{id::AllergyId, permission::Permission};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    rusqlite::{OptionalExtension, named_params},
};
use ts_rs::TS;

use crate::{Command, Outcome, Topic, Write, command::refuse, text};

/// Strikes an allergy out.
#[derive(Debug, Deserialize, TS)]
pub struct StrikeAllergy {
    /// Which.
    id: AllergyId,
    /// Why it does not hold.
    reason: String,
}

/// Why it is not struck out.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such allergy.
    NotFound,
    /// Someone struck it out before.
    AlreadyStruck,
    /// A chart does not change without a reason.
    ReasonMissing,
}

impl Command for StrikeAllergy {
    const NAME: &'static str = "chart.strike_allergy";
    const NEEDS: Permission = Permission::ChartEdit;
    const TOPICS: &'static [Topic] = &[Topic::Chart, Topic::People, Topic::Agenda, Topic::Reception];
    const LONG: &'static [(&'static str, usize)] = &[("reason", text::REMARKS)];
    type Output = ();
    type Refusal = Refusal;
}

impl Write for StrikeAllergy {
    fn run(self, tx: &Tx<'_>) -> Outcome<Self> {
        let struck_at: Option<Option<i64>> = tx
            .db()
            .prepare_cached(include_str!("sql/allergy_struck_at.sql"))?
            .query_row(named_params! { ":id": self.id.0 }, |row| row.get("deleted_at"))
            .optional()?;

        let reason = self.reason.trim();
        match struck_at {
            None => return refuse(Refusal::NotFound),
            Some(Some(_)) => return refuse(Refusal::AlreadyStruck),
            Some(None) if reason.is_empty() => return refuse(Refusal::ReasonMissing),
            Some(None) => {}
        }

        tx.db().execute(
            include_str!("sql/strike_allergy.sql"),
            named_params! { ":id": self.id.0, ":at": tx.at().millis(), ":reason": reason },
        )?;
        Ok(())
    }
}
