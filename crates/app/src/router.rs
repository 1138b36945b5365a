//! The router: what happens once, for every command: shape of the input, session, permission, span, the journal
//! entry of a read that must be kept, panics.

use std::collections::BTreeMap;

use clinic::{
    Catalogue, Command, Failure, Read, Stop, Topic, Write,
    text::{LINE, Unfit, fits},
};
use domain::{permission::Permission, registry};
use serde_json::Value;
use store::{Actor, StoreError, WriteFailed};

use crate::{
    Desk,
    catalogue::{DeskCatalogue, DeskCommand},
    desk::OpenFolder,
    reply::{Answer, CommonRefusal},
};

type Handler = Box<dyn Fn(&Desk, Value) -> Answer + Send + Sync>;

/// Every command by its name.
#[derive(Default)]
pub(crate) struct Router {
    handlers: BTreeMap<&'static str, Handler>,
}

impl Router {
    pub(crate) fn new() -> Self {
        let mut router = Self::default();
        crate::catalogue::commands(&mut router);
        router
    }

    pub(crate) fn call(&self, desk: &Desk, name: &str, input: Value) -> Answer {
        match self.handlers.get(name) {
            Some(handler) => handler(desk, input),
            None => Answer::common(CommonRefusal::UnknownCommand),
        }
    }

    fn add(&mut self, name: &'static str, handler: Handler) {
        let earlier = self.handlers.insert(name, handler);
        debug_assert!(earlier.is_none(), "{name} is listed twice");
    }
}

fn parse<C: Command>(input: Value) -> Result<C, Answer> {
    // A command without fields may be called without input.
    let input = if input.is_null() { Value::Object(serde_json::Map::new()) } else { input };
    texts_fit("", &input, LINE, C::LONG).map_err(Answer::common)?;
    serde_json::from_value(input)
        .map_err(|error| Answer::common(CommonRefusal::InputInvalid { detail: error.to_string() }))
}

/// Refuses texts that are too long for their field or that nobody can have typed, before any command sees them.
fn texts_fit(field: &str, input: &Value, most: usize, long: &[(&str, usize)]) -> Result<(), CommonRefusal> {
    match input {
        Value::String(text) => fits(text, most).map_err(|unfit| match unfit {
            Unfit::TooLong(most) => CommonRefusal::TextTooLong { field: field.to_owned(), most },
            Unfit::Unreadable => CommonRefusal::TextUnreadable { field: field.to_owned() },
        }),
        Value::Array(items) => items.iter().try_for_each(|item| texts_fit(field, item, most, long)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let most = long.iter().find(|(long, _)| long == name).map_or(most, |(_, most)| *most);
            texts_fit(name, value, most, long)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn permitted(desk: &Desk, needs: Permission) -> Result<std::sync::Arc<OpenFolder>, Answer> {
    let open = desk.open().ok_or_else(|| Answer::common(CommonRefusal::NotSignedIn))?;
    // The role is read at every call: a change that arrives by sync holds at once.
    let role = open.role(desk.now()).map_err(|error| Answer::Failed(error.into()))?;
    match role {
        Some(role) if role.may(needs) => Ok(open),
        Some(_) => Err(Answer::common(CommonRefusal::NotPermitted { needs })),
        None => Err(Answer::common(CommonRefusal::NotSignedIn)),
    }
}

fn read<C: Read>(desk: &Desk, input: Value) -> Result<Answer, Answer> {
    let command = parse::<C>(input)?;
    let open = permitted(desk, C::NEEDS)?;
    let now = desk.now();
    let audited = command.audited();
    let outcome = open.store.read(open.user, now, |view| Ok::<_, StoreError>(command.run(view)));
    let outcome = outcome.map_err(|error| Answer::Failed(error.into()))?;
    if outcome.is_ok()
        && let Some((table, record)) = audited
    {
        open.note_read(C::NAME, now, table, record).map_err(|error| Answer::Failed(error.into()))?;
    }
    Ok(Answer::of(outcome, &[]))
}

fn write<C: Write>(desk: &Desk, input: Value) -> Result<Answer, Answer> {
    let command = parse::<C>(input)?;
    let open = permitted(desk, C::NEEDS)?;
    let written = open.store.write(Actor(open.user), C::NAME, desk.now(), |tx| command.run(tx));
    Ok(match written {
        Ok(written) => {
            if written.entry.is_some() {
                desk.entry_written();
            }
            Answer::of::<_, C::Refusal>(Ok(written.value), C::TOPICS)
        }
        Err(WriteFailed::Refused(stop)) => Answer::of::<C::Output, _>(Err(stop), &[]),
        Err(WriteFailed::Store(error)) => Answer::Failed(error.into()),
    })
}

impl Catalogue for Router {
    fn read<C: Read>(&mut self) {
        self.add(C::NAME, Box::new(|desk, input| read::<C>(desk, input).unwrap_or_else(|answer| answer)));
    }

    fn write<C: Write>(&mut self) {
        self.add(C::NAME, Box::new(|desk, input| write::<C>(desk, input).unwrap_or_else(|answer| answer)));
    }
}

impl DeskCatalogue for Router {
    fn desk<C: DeskCommand>(&mut self) {
        self.add(
            C::NAME,
            Box::new(|desk, input| {
                let command = match parse::<C>(input) {
                    Ok(command) => command,
                    Err(answer) => return answer,
                };
                if C::SESSION
                    && let Err(answer) = permitted(desk, C::NEEDS)
                {
                    return answer;
                }
                let touched = if C::CHANGES { C::TOPICS } else { &[] as &[Topic] };
                Answer::of(command.run(desk), touched)
            }),
        );
    }
}

impl OpenFolder {
    /// Keeps in the journal that a record was read.
    pub(crate) fn note_read(
        &self,
        command: &str,
        now: domain::time::Timestamp,
        table: &'static str,
        record: domain::id::Uuid,
    ) -> Result<(), StoreError> {
        let Some(kind) = registry::kind_of_table(table) else { return Ok(()) };
        let noted = self.store.write(Actor(self.user), command, now, |tx| {
            tx.note_read(kind, record);
            Ok::<_, std::convert::Infallible>(())
        });
        match noted {
            Ok(_) => Ok(()),
            Err(WriteFailed::Store(error)) => Err(error),
            Err(WriteFailed::Refused(never)) => match never {},
        }
    }
}

/// A failure of the desk's own, as a command's.
pub(crate) fn broken<R>(error: crate::DeskError) -> Stop<R> {
    Stop::Failed(match error {
        crate::DeskError::Store(error) => Failure::Store(error),
        crate::DeskError::Open(error) => Failure::Store(error.into()),
        crate::DeskError::File(error) => Failure::Store(error.into()),
        crate::DeskError::Clinic(failure) => failure,
        other => {
            tracing::error!(error = %other, "the desk could not");
            Failure::Damaged("the desk's folder")
        }
    })
}
