//! What people do at the desks: acts that look at what their own desk shows and nothing else.

use domain::{
    canonical::{Op, Part},
    clock::Hlc,
    id::{RecordId, UserId, Uuid, derived},
    time::Timestamp,
    value::Value,
};

use crate::{
    folder::{Key, Tables, insert, update},
    model::{APPOINTMENT_KIND, TRANSITION_KIND, status},
    plan::Dice,
};

pub(crate) const OWNER: UserId = UserId(Uuid::from_u128(0xA1));
pub(crate) const AUDITOR: UserId = UserId(Uuid::from_u128(0xA2));
const CLINIC: Uuid = Uuid::from_u128(0xC1);
pub(crate) const SINGLE_ROOM: RecordId = RecordId(Uuid::from_u128(0xB1));
pub(crate) const DOUBLE_ROOM: RecordId = RecordId(Uuid::from_u128(0xB2));
/// Ten minutes, the grain of the agenda.
pub(crate) const GRAIN_MS: i64 = 600_000;

/// One act: who, what, and the entry's parts.
pub(crate) struct Act {
    pub(crate) actor: UserId,
    pub(crate) command: &'static str,
    pub(crate) parts: Vec<Part>,
}

fn envelope(at: Timestamp) -> Vec<(u16, Value)> {
    vec![(2, Value::from(CLINIC)), (3, Value::Int(at.millis())), (4, Value::from(OWNER.0))]
}

fn with(at: Timestamp, fields: Vec<(u16, Value)>) -> Vec<(u16, Value)> {
    envelope(at).into_iter().chain(fields).collect()
}

/// The founding entry: the organization, its clinic, two users, two rooms.
pub(crate) fn founding(at: Timestamp) -> Act {
    let room = |id: RecordId, name: &str, capacity: i64| {
        insert(
            30,
            id,
            with(at, vec![(10, "room".into()), (11, name.into()), (13, Value::Int(capacity)), (15, Value::Int(1))]),
        )
    };
    let user = |id: UserId, name: &str, role: &str| {
        insert(3, RecordId(id.0), with(at, vec![(10, name.into()), (11, role.into()), (12, Value::Int(1))]))
    };
    let clinic = vec![
        (10, "Clínica".into()),
        (19, "BR".into()),
        (20, "America/Sao_Paulo".into()),
        (21, "BRL".into()),
        (22, "pt-BR".into()),
        (23, "aesthetic-br".into()),
        (24, Value::Int(0)),
    ];
    Act {
        actor: OWNER,
        command: "organization.found",
        parts: vec![
            insert(
                1,
                RecordId(Uuid::from_u128(0x01)),
                with(at, vec![(10, "Org".into()), (11, Value::Bytes(vec![1; 32])), (12, Value::Int(0))]),
            ),
            insert(2, RecordId(CLINIC), with(at, clinic)),
            user(OWNER, "Dona", "owner"),
            user(AUDITOR, "Auditor", "auditor"),
            room(SINGLE_ROOM, "Sala 1", 1),
            room(DOUBLE_ROOM, "Sala 2", 2),
        ],
    }
}

/// Draws an act that this desk could do now; `None` when the drawn one has nothing to act on.
pub(crate) fn draw(dice: &mut Dice, tables: &Tables, at: Timestamp, hlc: Hlc) -> Option<Act> {
    let new = RecordId(
        uuid::Builder::from_random_bytes((u128::from(dice.number()) << 64 | u128::from(dice.number())).to_be_bytes())
            .into_uuid(),
    );
    let parts = match dice.below(16) {
        0 => ("people.register", register(dice, at, new)),
        1..=3 => ("people.amend", amend(dice, tables)?),
        4 => ("organization.set", setting(dice, tables, at)),
        5..=7 => ("agenda.book", book(dice, tables, at, hlc, new)?),
        8 => ("agenda.move", move_claim(dice, tables)?),
        9 => ("agenda.cancel", cancel(dice, tables, at, hlc, new)?),
        10 => ("reception.check_in", check_in(dice, tables, at, hlc, new)?),
        11 => ("chart.draft", draft(dice, tables, at, new)),
        12 => ("chart.sign", sign(dice, tables, at)?),
        13 => ("billing.pay", pay(dice, tables, at, new)?),
        14 => ("system.resolve", keep(dice, tables, at, new)?),
        _ => {
            let (kind, record) = any(dice, tables, 50)?;
            ("people.open", vec![Part { kind, record, op: Op::Read, fields: vec![] }])
        }
    };
    let actor = if dice.percent(2) { AUDITOR } else { OWNER };
    Some(Act { actor, command: parts.0, parts: parts.1 })
}

fn all(tables: &Tables, kind: u16) -> Vec<Key> {
    tables.keys().filter(|key| key.0 == kind).copied().collect()
}

fn any(dice: &mut Dice, tables: &Tables, kind: u16) -> Option<Key> {
    let keys = all(tables, kind);
    (!keys.is_empty()).then(|| *dice.pick(&keys))
}

fn text(dice: &mut Dice) -> Value {
    Value::Text(format!("t{}", dice.below(1_000)))
}

fn register(dice: &mut Dice, at: Timestamp, new: RecordId) -> Vec<Part> {
    let contact = RecordId(derived("contact", &[new.0.as_bytes()]));
    vec![
        insert(
            50,
            new,
            with(
                at,
                vec![
                    (10, text(dice)),
                    (11, "human".into()),
                    (12, text(dice)),
                    (16, "unknown".into()),
                    (19, "pt-BR".into()),
                    (20, "active".into()),
                ],
            ),
        ),
        insert(
            52,
            contact,
            with(at, vec![(10, new.0.into()), (11, "phone".into()), (12, text(dice)), (13, Value::Int(1))]),
        ),
    ]
}

fn amend(dice: &mut Dice, tables: &Tables) -> Option<Vec<Part>> {
    let (kind, id) = any(dice, tables, 50)?;
    let mut fields = vec![(12, text(dice))];
    if dice.percent(50) {
        fields.push((18, if dice.percent(30) { Value::Null } else { text(dice) }));
    }
    if dice.percent(20) {
        fields.push((13, text(dice)));
    }
    Some(vec![update(kind, id, fields)])
}

fn setting(dice: &mut Dice, tables: &Tables, at: Timestamp) -> Vec<Part> {
    let key = *dice.pick(&["agenda.from", "agenda.to", "print.copies"]);
    let id = RecordId(derived("setting", &[b"org", key.as_bytes()]));
    if tables.contains_key(&(5, id)) {
        vec![update(5, id, vec![(12, text(dice))])]
    } else {
        vec![insert(5, id, with(at, vec![(10, "org".into()), (11, key.into()), (12, text(dice))]))]
    }
}

fn interval(dice: &mut Dice) -> (Value, Value) {
    let from = i64::try_from(dice.below(12)).unwrap() * GRAIN_MS;
    let length = (i64::try_from(dice.below(3)).unwrap() + 1) * GRAIN_MS;
    (Value::Int(from), Value::Int(from + length))
}

fn transition(of: RecordId, at: Timestamp, hlc: Hlc, id: RecordId, prev: Option<Uuid>, to: &str) -> Part {
    let mut fields = with(
        at,
        vec![
            (10, "appointment".into()),
            (11, of.0.into()),
            (13, to.into()),
            (15, Value::Int(i64::try_from(hlc.0).unwrap())),
        ],
    );
    fields.extend(prev.map(|prev| (14, prev.into())));
    insert(TRANSITION_KIND, id, fields)
}

/// The last transition that counts here, walked by hand: the one nobody else names as the one before.
fn last_transition(tables: &Tables, of: RecordId) -> Option<Uuid> {
    let mine = || {
        tables.iter().filter(move |((kind, _), row)| {
            *kind == TRANSITION_KIND && row.get(&11).and_then(Value::as_id) == Some(of.0)
        })
    };
    mine().map(|((_, id), _)| id.0).find(|id| !mine().any(|(_, row)| row.get(&14).and_then(Value::as_id) == Some(*id)))
}

fn book(dice: &mut Dice, tables: &Tables, at: Timestamp, hlc: Hlc, new: RecordId) -> Option<Vec<Part>> {
    let (_, patient) = any(dice, tables, 50)?;
    let (from, to) = interval(dice);
    let room = if dice.percent(60) { SINGLE_ROOM } else { DOUBLE_ROOM };
    let part = |what: &str| RecordId(derived(what, &[new.0.as_bytes()]));
    let appointment = vec![
        (10, patient.0.into()),
        (12, "2027-01-04T09:00".into()),
        (13, Value::Int(30)),
        (14, "America/Sao_Paulo".into()),
        (15, from.clone()),
        (16, to.clone()),
        (17, "2026c".into()),
        (21, "desk".into()),
    ];
    let allocation = vec![
        (10, new.0.into()),
        (11, room.0.into()),
        (12, from),
        (13, to),
        (14, Value::Int(1)),
        (15, "planned".into()),
        (16, "provisional".into()),
    ];
    Some(vec![
        insert(APPOINTMENT_KIND, new, with(at, appointment)),
        insert(71, part("allocation"), with(at, allocation)),
        transition(new, at, hlc, part("scheduled"), None, "scheduled"),
    ])
}

fn live_claim(dice: &mut Dice, tables: &Tables) -> Option<(Key, RecordId)> {
    let live: Vec<(Key, RecordId)> = tables
        .iter()
        .filter(|((kind, _), row)| *kind == 71 && !row.contains_key(&17))
        .filter_map(|(key, row)| Some((*key, RecordId(row.get(&10)?.as_id()?))))
        .collect();
    (!live.is_empty()).then(|| *dice.pick(&live))
}

fn move_claim(dice: &mut Dice, tables: &Tables) -> Option<Vec<Part>> {
    let ((kind, id), appointment) = live_claim(dice, tables)?;
    let (from, to) = interval(dice);
    let mut fields = vec![(12, from.clone()), (13, to.clone())];
    if dice.percent(30) {
        fields.push((11, if dice.percent(50) { SINGLE_ROOM } else { DOUBLE_ROOM }.0.into()));
    }
    Some(vec![update(kind, id, fields), update(APPOINTMENT_KIND, appointment, vec![(15, from), (16, to)])])
}

fn cancel(dice: &mut Dice, tables: &Tables, at: Timestamp, hlc: Hlc, new: RecordId) -> Option<Vec<Part>> {
    let ((kind, id), appointment) = live_claim(dice, tables)?;
    Some(vec![
        update(kind, id, vec![(17, Value::Int(at.millis()))]),
        transition(appointment, at, hlc, new, last_transition(tables, appointment), "cancelled"),
    ])
}

fn check_in(dice: &mut Dice, tables: &Tables, at: Timestamp, hlc: Hlc, new: RecordId) -> Option<Vec<Part>> {
    let (_, appointment) = any(dice, tables, APPOINTMENT_KIND)?;
    let to = match status(tables, appointment).as_deref() {
        Some("scheduled") => *dice.pick(&["checked_in", "confirmed", "no_show"]),
        Some("confirmed" | "no_show") => "checked_in",
        Some("checked_in") => "in_progress",
        Some("in_progress") => "completed",
        _ => return None,
    };
    Some(vec![transition(appointment, at, hlc, new, last_transition(tables, appointment), to)])
}

fn draft(dice: &mut Dice, tables: &Tables, at: Timestamp, new: RecordId) -> Vec<Part> {
    let open: Vec<Key> =
        tables.iter().filter(|((kind, _), row)| *kind == 92 && !row.contains_key(&16)).map(|(key, _)| *key).collect();
    match (any(dice, tables, 50), open.is_empty()) {
        (_, false) if dice.percent(70) => {
            let (kind, id) = *dice.pick(&open);
            let field = if dice.percent(50) { 13 } else { 14 };
            vec![update(kind, id, vec![(field, text(dice))])]
        }
        (Some((_, patient)), _) => {
            let fields = vec![(10, patient.0.into()), (12, "evolution".into()), (13, text(dice)), (14, text(dice))];
            vec![insert(92, new, with(at, fields))]
        }
        (None, _) => register(dice, at, new),
    }
}

fn sign(dice: &mut Dice, tables: &Tables, at: Timestamp) -> Option<Vec<Part>> {
    let (kind, id) = any(dice, tables, 92)?;
    // Now and then someone tries to sign a signed one: a desk would refuse, the server must too.
    if tables.get(&(kind, id))?.contains_key(&16) && dice.percent(70) {
        return None;
    }
    let mut fields = vec![(16, Value::Int(at.millis())), (17, OWNER.0.into()), (18, Value::Bytes(vec![7; 32]))];
    if dice.percent(50) {
        fields.push((14, text(dice)));
    }
    Some(vec![update(kind, id, fields)])
}

fn pay(dice: &mut Dice, tables: &Tables, at: Timestamp, new: RecordId) -> Option<Vec<Part>> {
    let (_, patient) = any(dice, tables, 50)?;
    if let Some((kind, paid)) = any(dice, tables, 133).filter(|_| dice.percent(10)) {
        // A payment that someone tries to change.
        return Some(vec![update(kind, paid, vec![(11, Value::Int(1))])]);
    }
    let amount = Value::Int(i64::try_from(dice.below(90_000)).unwrap() + 100);
    let fields = vec![
        (10, patient.0.into()),
        (11, amount),
        (12, "BRL".into()),
        (13, "pix".into()),
        (14, Value::Int(at.millis())),
        (15, "A".into()),
        (16, Value::Int(1)),
        (18, Value::Bytes(vec![2; 32])),
        (19, Value::Bytes(vec![3; 16])),
    ];
    Some(vec![insert(133, new, with(at, fields))])
}

fn keep(dice: &mut Dice, tables: &Tables, at: Timestamp, new: RecordId) -> Option<Vec<Part>> {
    let (kind, card) = any(dice, tables, 161)?;
    let row = tables.get(&(kind, card))?;
    let second = RecordId(row.get(&13)?.as_id()?);
    tables.get(&(71, second))?;
    Some(vec![
        update(71, second, vec![(18, "both agreed".into())]),
        insert(162, new, with(at, vec![(10, card.0.into()), (11, "keep_both".into()), (12, text(dice))])),
    ])
}
