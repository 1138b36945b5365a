//! What a host gets back: `done` with what became stale, `refused` with a reason, or `failed` with a ticket that
//! stands in the log beside the cause.

use clinic::{Failure, Stop, Topic};
use domain::permission::Permission;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

/// Reasons the router itself gives, for any command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum CommonRefusal {
    /// Nobody is signed in.
    NotSignedIn,
    /// The role does not include it.
    NotPermitted {
        /// The permission it takes.
        needs: Permission,
    },
    /// The input does not have the command's shape.
    InputInvalid {
        /// What is wrong with it.
        detail: String,
    },
    /// A text has more characters than its field may hold.
    TextTooLong {
        /// The field.
        field: String,
        /// The most it may hold.
        most: usize,
    },
    /// A text holds characters that cannot be shown.
    TextUnreadable {
        /// The field.
        field: String,
    },
    /// There is no such command.
    UnknownCommand,
}

/// The answer of a handler, before it is turned into JSON.
pub(crate) enum Answer {
    Done { value: Value, touched: &'static [Topic] },
    Refused(Value),
    Failed(anyhow::Error),
}

impl Answer {
    pub(crate) fn common(refusal: CommonRefusal) -> Self {
        Self::refused(&refusal)
    }

    pub(crate) fn refused(reason: &impl Serialize) -> Self {
        match serde_json::to_value(reason) {
            Ok(reason) => Self::Refused(reason),
            Err(error) => Self::Failed(error.into()),
        }
    }

    pub(crate) fn of<T: Serialize, R: Serialize>(outcome: Result<T, Stop<R>>, touched: &'static [Topic]) -> Self {
        match outcome {
            Ok(value) => match serde_json::to_value(value) {
                Ok(value) => Self::Done { value, touched },
                Err(error) => Self::Failed(error.into()),
            },
            Err(Stop::Refused(reason)) => Self::refused(&reason),
            Err(Stop::Failed(failure)) => failure.into(),
        }
    }

    pub(crate) fn into_json(self, ticket: impl FnOnce(&anyhow::Error) -> String) -> Value {
        match self {
            Self::Done { value, touched } => json!({ "done": { "value": value, "touched": touched } }),
            Self::Refused(reason) => json!({ "refused": { "reason": reason } }),
            Self::Failed(error) => json!({ "failed": { "ticket": ticket(&error) } }),
        }
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure.into())
    }
}
