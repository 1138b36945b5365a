//! Double bookings, as the server sends them and as a person settles them.

use clinic::{
    agenda::{AgendaCard, BookingRefusal, Cancel, ClaimState, Open, ProposalKind, Proposals, Resolve},
    system::Inbox,
};
use domain::{
    clock::Hlc,
    id::{DeviceId, RecordId, Uuid},
    value::Value,
};
use serde_json::json;
use store::{Acknowledged, Actor, Cursor, Most, State};

use super::{Clinic, clinic};

/// The other desk, as it had said who it is.
fn other_desk(clinic: &Clinic) -> DeviceId {
    let id = DeviceId(Uuid::from_u128(0x50));
    let said = clinic.desk.store.write(Actor::SYSTEM, "organization.enrol", clinic.desk.now(), |tx| {
        tx.db().execute(
            "insert into device (id, created_at, created_by, name, prefix, public_key, generation_id, state) \
             values (?1, 1, ?1, 'Recepção', 'B', zeroblob(32), ?1, 'enrolled')",
            [id.0],
        )
    });
    said.unwrap();
    id
}

/// What the server sends when it has seen two desks promise the same hour: the other desk's visit, granted; this
/// desk's claim, contested; and the card.
fn double_booking(clinic: &Clinic) -> (AgendaCard, Uuid, Uuid) {
    let mine = clinic.book(clinic.mariana, "2026-11-18T13:30", &json!({})).unwrap();
    let (claim, from): (Uuid, i64) = clinic
        .desk
        .store
        .read::<_, store::StoreError>(clinic.desk.owner, clinic.desk.now(), |view| {
            Ok(view.db().query_row("select id, occupied_from from resource_allocation", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
        })
        .unwrap();
    let (theirs, their_claim, card) = (Uuid::from_u128(0x51), Uuid::from_u128(0x52), Uuid::from_u128(0x53));
    let at = Value::Int(clinic.desk.now().millis());
    let envelope = || vec![(3, at.clone()), (4, Value::from(clinic.desk.owner.0))];
    let with = |more: Vec<(u16, Value)>| envelope().into_iter().chain(more).collect::<Vec<_>>();
    let hour = 3_600_000;
    let (here, there) = (clinic.desk.store.identity().device, other_desk(clinic));
    let states = [
        (
            70,
            theirs,
            with(vec![
                (10, clinic.bruno.into()),
                (11, clinic.peeling.id.0.into()),
                (12, "2026-11-18T14:00".into()),
                (13, Value::Int(45)),
                (14, "America/Sao_Paulo".into()),
                (15, Value::Int(from + hour / 2)),
                (16, Value::Int(from + hour / 2 + 45 * 60_000)),
                (17, "2026a".into()),
                (21, "desk".into()),
            ]),
        ),
        (
            71,
            their_claim,
            with(vec![
                (10, theirs.into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, Value::Int(from + hour / 2)),
                (13, Value::Int(from + hour / 2 + hour)),
                (14, Value::Int(1)),
                (15, "planned".into()),
                (16, "granted".into()),
            ]),
        ),
        (
            160,
            Uuid::from_u128(0x54),
            with(vec![(10, "appointment".into()), (11, theirs.into()), (13, "scheduled".into()), (15, Value::Int(5))]),
        ),
        (
            71,
            claim,
            with(vec![
                (10, mine.appointment_id.0.into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, Value::Int(from)),
                (13, Value::Int(from + hour)),
                (14, Value::Int(1)),
                (15, "planned".into()),
                (16, "contested".into()),
            ]),
        ),
        (
            161,
            card,
            vec![
                (3, at.clone()),
                (10, "double_booking".into()),
                (11, clinic.camila.resource_id.0.into()),
                (12, their_claim.into()),
                (13, claim.into()),
                (14, at.clone()),
            ],
        ),
    ];
    let states: Vec<State> = states
        .into_iter()
        .zip(1..)
        .map(|((kind, record, fields), position)| {
            let made_by = Some(if record == claim { here } else { there });
            State { kind, record: RecordId(record), position, made_by, fields }
        })
        .collect();
    let store = &clinic.desk.store;
    // The server has taken in everything this desk had done.
    let answers: Vec<_> = store
        .outbox(0, Most::entries(100))
        .unwrap()
        .iter()
        .map(|entry| Acknowledged::Accepted { seq: entry.seq, position: 5, receipt: None })
        .collect();
    store.acknowledge(&answers).unwrap();
    store.stage("desk", &states).unwrap();
    store.swap_in("desk", &Cursor { position: 1_000, epoch: Uuid::from_u128(9), log: None }, Hlc::default()).unwrap();
    (clinic.desk.read::<Open>(&Clinic::of(&mine)).unwrap().card, theirs, card)
}

#[test]
fn a_double_booking_is_one_card_and_both_visits_are_red() {
    let clinic = clinic();
    let (mine, theirs, card) = double_booking(&clinic);

    assert!(mine.synced && mine.claim == ClaimState::Contested);
    let day = clinic.day("2026-11-18");
    assert_eq!(day.conflicts, 1);
    assert_eq!(day.cards.iter().map(|card| card.claim).collect::<Vec<_>>(), [ClaimState::Contested; 2]);
    assert_eq!(clinic.day("2026-11-19").conflicts, 0);

    let inbox = clinic.desk.read::<Inbox>("{}").unwrap();
    let [open] = &inbox.open[..] else { panic!("{inbox:?}") };
    assert_eq!((open.id.0, open.kind.as_str(), inbox.resolved.len()), (card, "double_booking", 0));
    let (first, second) = (&open.title_data.first, &open.title_data.second);
    assert_eq!((first.appointment_id.0, first.patient.as_str()), (theirs, "Bruno Cardoso"));
    assert_eq!((second.patient.as_str(), second.service.as_str()), ("Mariana Silva", "Peeling"));
    assert_eq!(
        (second.start.to_string(), second.end.to_string()),
        ("2026-11-18T13:30".into(), "2026-11-18T14:15".into())
    );
    assert_eq!((second.desk.as_str(), second.booked_by.as_str()), ("Clínica Alameda · A", "Lívia Moraes"));
    assert_eq!((open.title_data.resource.as_str(), first.desk.as_str()), ("Dra. Camila Rocha", "Recepção"));
}

#[test]
fn the_ways_out_are_the_next_time_someone_else_now_and_keeping_both() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);

    let ways = clinic.desk.read::<Proposals>(&json!({ "card_id": card }).to_string()).unwrap();

    let shown: Vec<_> = ways
        .iter()
        .map(|way| (way.kind, way.start.map(|start| start.to_string()), way.practitioner.clone(), way.recommended))
        .collect();
    assert_eq!(
        shown,
        [
            (ProposalKind::Move, Some("2026-11-18T15:00".into()), Some("Dra. Camila Rocha".into()), true),
            (ProposalKind::OtherResource, Some("2026-11-18T13:30".into()), Some("Rafael Teles".into()), false),
            (ProposalKind::KeepBoth, None, None, false),
        ]
    );
    assert!(ways.iter().all(|way| way.appointment_id == mine.appointment_id), "the contested one moves");
    let ghost = json!({"card_id": Uuid::from_u128(5)}).to_string();
    assert_eq!(clinic.desk.read::<Proposals>(&ghost).unwrap_err(), BookingRefusal::NotFound { what: "card" });
}

#[test]
fn moving_one_of_the_two_as_proposed_settles_the_card_once() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);
    let choose = |start: &str, who: Uuid| {
        let choice = json!({"kind": "move", "appointment_id": who, "start": start,
                            "resource_id": clinic.camila.resource_id});
        clinic.desk.write::<Resolve>(&json!({"card_id": card, "choice": choice}).to_string())
    };

    let stranger = choose("2026-11-18T15:00", Uuid::from_u128(5)).unwrap_err();
    assert_eq!(stranger, BookingRefusal::NotFound { what: "appointment" });
    let taken = choose("2026-11-18T14:15", mine.appointment_id.0).unwrap_err();
    assert!(matches!(taken, BookingRefusal::Overlaps { .. }), "a way out is held to the same rules");
    let settled = choose("2026-11-18T15:00", mine.appointment_id.0).unwrap();

    assert_eq!(settled.resolution.as_deref(), Some("move"));
    assert_eq!((settled.resolved_by.as_deref(), settled.resolved_at), (Some("Lívia Moraes"), Some(clinic.desk.now())));
    let day = clinic.day("2026-11-18");
    assert_eq!((day.conflicts, day.cards[1].start.to_string()), (0, "2026-11-18T15:00".into()));
    assert!(day.cards.iter().all(|card| card.claim != ClaimState::Contested));
    assert!(!day.cards[1].synced && day.cards[0].synced, "what was just moved has not reached the server");
    let again = choose("2026-11-18T16:00", mine.appointment_id.0).unwrap_err();
    assert_eq!(again, BookingRefusal::AlreadyResolved);
    assert_eq!(clinic.desk.read::<Inbox>("{}").unwrap().resolved, [settled]);
}

#[test]
fn both_may_stay_with_a_reason() {
    let clinic = clinic();
    let (_, _, card) = double_booking(&clinic);
    let keep = |reason: &str| {
        let choice = json!({"kind": "keep_both", "reason": reason});
        clinic.desk.write::<Resolve>(&json!({"card_id": card, "choice": choice}).to_string())
    };

    assert_eq!(keep("  ").unwrap_err(), BookingRefusal::ReasonMissing);
    assert_eq!(keep("encaixe").unwrap().resolution.as_deref(), Some("keep_both"));

    let day = clinic.day("2026-11-18");
    assert_eq!(day.conflicts, 0);
    assert_eq!(day.cards.iter().map(|card| card.claim).collect::<Vec<_>>(), [ClaimState::Provisional; 2]);
    assert!(clinic.book(clinic.bruno, "2026-11-18T13:30", &json!({})).is_err(), "the hour is no freer for it");
}

#[test]
fn a_card_dissolves_when_one_of_the_two_is_cancelled() {
    let clinic = clinic();
    let (mine, _, card) = double_booking(&clinic);

    clinic
        .desk
        .write::<Cancel>(&json!({"appointment_id": mine.appointment_id, "reason": "patient_asked"}).to_string())
        .unwrap();

    let inbox = clinic.desk.read::<Inbox>("{}").unwrap();
    assert!(inbox.open.is_empty());
    assert_eq!((inbox.resolved[0].id.0, inbox.resolved[0].resolution.as_deref()), (card, Some("dissolved")));
    assert_eq!(clinic.day("2026-11-18").conflicts, 0);
}
