//! The demo is played through the catalogue, by name and JSON, as a screen would: what a person could not do, the
//! demo cannot either.

use std::collections::BTreeMap;

use serde_json::Value;
use store::{Tx, View};

use super::DemoFailed;
use crate::{Catalogue, Read, Stop, Write};

type RunWrite = fn(&Tx<'_>, Value) -> Result<Value, DemoFailed>;
type RunRead = fn(&View<'_>, Value) -> Result<Value, DemoFailed>;

/// Every command of every area.
pub(super) struct Doors {
    writes: BTreeMap<&'static str, RunWrite>,
    reads: BTreeMap<&'static str, RunRead>,
}

impl Doors {
    pub(super) fn new() -> Self {
        let mut doors = Self { writes: BTreeMap::new(), reads: BTreeMap::new() };
        crate::commands(&mut doors);
        doors
    }

    pub(super) fn write(&self, tx: &Tx<'_>, name: &'static str, input: Value) -> Result<Value, DemoFailed> {
        self.writes.get(name).ok_or(DemoFailed::Unknown(name))?(tx, input)
    }

    pub(super) fn read(&self, view: &View<'_>, name: &'static str, input: Value) -> Result<Value, DemoFailed> {
        self.reads.get(name).ok_or(DemoFailed::Unknown(name))?(view, input)
    }
}

impl Catalogue for Doors {
    fn read<C: Read>(&mut self) {
        self.reads.insert(C::NAME, |view, input| {
            let command: C = read_input(C::NAME, input)?;
            answer(C::NAME, command.run(view))
        });
    }

    fn write<C: Write>(&mut self) {
        self.writes.insert(C::NAME, |tx, input| {
            let command: C = read_input(C::NAME, input)?;
            answer(C::NAME, command.run(tx))
        });
    }
}

fn read_input<C: serde::de::DeserializeOwned>(command: &'static str, input: Value) -> Result<C, DemoFailed> {
    serde_json::from_value(input).map_err(|error| DemoFailed::Input { command, detail: error.to_string() })
}

fn answer<T, R>(command: &'static str, outcome: Result<T, Stop<R>>) -> Result<Value, DemoFailed>
where
    T: serde::Serialize,
    R: std::fmt::Debug,
{
    match outcome {
        Ok(value) => {
            serde_json::to_value(value).map_err(|error| DemoFailed::Input { command, detail: error.to_string() })
        }
        Err(Stop::Refused(reason)) => Err(DemoFailed::Refused { command, reason: format!("{reason:?}") }),
        Err(Stop::Failed(failure)) => Err(DemoFailed::Failed(failure)),
    }
}
