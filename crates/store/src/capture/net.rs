use std::collections::BTreeMap;

use domain::{
    canonical::Op,
    id::RecordId,
    registry::{Class, Kind},
    value::Value,
};

use crate::StoreError;

/// The net effect of a write: for each row and field, what it was and what it is.
#[derive(Clone, Default)]
pub(crate) struct Net {
    rows: BTreeMap<(u16, RecordId), Row>,
    order: Vec<(u16, RecordId)>,
    /// A table in which something was seen that cannot be captured.
    pub(crate) fault: Option<&'static str>,
}

#[derive(Clone)]
struct Row {
    kind: &'static Kind,
    existed: bool,
    exists: bool,
    sealed: bool,
    fields: BTreeMap<u16, (Value, Value)>,
}

/// One row's net change.
pub(crate) struct NetRow {
    pub(crate) kind: &'static Kind,
    pub(crate) record: RecordId,
    pub(crate) op: Op,
    /// New values, ascending by field.
    pub(crate) new: Vec<(u16, Value)>,
    /// Old values of the same fields; empty for an insert.
    pub(crate) old: Vec<(u16, Value)>,
}

impl Net {
    fn row(&mut self, kind: &'static Kind, id: RecordId, existed: bool) -> &mut Row {
        let key = (kind.id, id);
        self.rows.entry(key).or_insert_with(|| {
            self.order.push(key);
            Row { kind, existed, exists: existed, sealed: false, fields: BTreeMap::new() }
        })
    }

    pub(super) fn inserted(&mut self, kind: &'static Kind, id: RecordId, new: Vec<(u16, Value)>) {
        let row = self.row(kind, id, false);
        row.exists = true;
        for (field, value) in new {
            row.fields.entry(field).or_default().1 = value;
        }
    }

    pub(super) fn updated(
        &mut self,
        kind: &'static Kind,
        id: RecordId,
        old: Vec<(u16, Value)>,
        new: Vec<(u16, Value)>,
    ) {
        let first_touch = !self.rows.contains_key(&(kind.id, id));
        let row = self.row(kind, id, true);
        row.sealed |= first_touch && is_sealed(kind, &old);
        for ((field, before), (_, after)) in old.into_iter().zip(new) {
            if before != after {
                row.fields.entry(field).or_insert((before, Value::Null)).1 = after;
            }
        }
    }

    pub(super) fn deleted(&mut self, kind: &'static Kind, id: RecordId, old: Vec<(u16, Value)>) {
        let row = self.row(kind, id, true);
        row.exists = false;
        for (field, before) in old {
            row.fields.entry(field).or_insert((before, Value::Null)).1 = Value::Null;
        }
    }

    /// The rows touched so far, whether or not anything is left of the change.
    pub(crate) fn touched(&self) -> Vec<(&'static Kind, RecordId)> {
        self.order.iter().filter_map(|key| self.rows.get(key).map(|row| (row.kind, key.1))).collect()
    }

    /// The net changes in the order of first touch, or the rule of the kind that they break.
    pub(crate) fn into_rows(mut self) -> Result<Vec<NetRow>, StoreError> {
        if let Some(table) = self.fault {
            return Err(StoreError::Value { table: table.to_owned() });
        }
        let mut out = Vec::with_capacity(self.order.len());
        for key in &self.order {
            let Some(row) = self.rows.remove(key) else { continue };
            let refuse = |rule| Err(StoreError::Rule { table: row.kind.table, rule });
            match (row.existed, row.exists) {
                (false, false) => continue,
                (true, false) => return refuse("nothing is deleted; it is struck out"),
                (_, true) => {}
            }
            if row.kind.class == Class::ServerOwned {
                return refuse("only the server writes this");
            }
            let changed: Vec<_> = row.fields.into_iter().filter(|(_, (old, new))| old != new).collect();
            if row.existed {
                if changed.is_empty() {
                    continue;
                }
                match row.kind.class {
                    Class::Fact | Class::Ledger => return refuse("a fact is never changed; a second fact corrects it"),
                    Class::Sealed { .. } if row.sealed => return refuse("what is sealed never changes"),
                    Class::Merge | Class::Sealed { .. } | Class::Claim | Class::ServerOwned => {}
                }
            }
            let (new, old) = changed.into_iter().map(|(id, (old, new))| ((id, new), (id, old))).unzip();
            let (op, old) = if row.existed { (Op::Update, old) } else { (Op::Insert, Vec::new()) };
            out.push(NetRow { kind: row.kind, record: key.1, op, new, old });
        }
        Ok(out)
    }
}

fn is_sealed(kind: &Kind, values: &[(u16, Value)]) -> bool {
    let Class::Sealed { once } = kind.class else { return false };
    let Some(once) = kind.column(once) else { return false };
    values.iter().any(|(field, value)| *field == once.id && !value.is_null())
}
