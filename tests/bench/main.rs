//! `make bench`: how much Praxis costs over the same work without it, in one interleaved run. Machines are noisy, so
//! what counts are the ratios of a run, never its times; each figure is the median of rounds that take turns.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a measuring program: it reads the clock, prints, and stops at the first surprise"
)]

use std::{path::Path, sync::Arc, time::Instant};

use app::{Desk, SystemHost};
use clinic::{PARTS, billing};
use domain::id::{InvoiceId, Uuid};
use serde_json::{Value, json};
use store::{Actor, StoreError, newest, rusqlite};
use vault::{Check, DataKey, KeySlots, Opening, Vault};

const ROUNDS: usize = 15;
const WRITES: usize = 100;
const LOOKS: usize = 20;

fn main() {
    let dir = tempfile::tempdir().expect("a folder to measure in");
    let desk = Desk::new(dir.path(), Arc::new(SystemHost::new(dir.path().join("papers"))));
    let made = desk.call("system.demo", json!({ "profile": "aesthetic-br", "seed": 1 }));
    assert!(made.get("done").is_some(), "the demo clinic: {made}");
    println!("{:44} {:>10} {:>12} {:>8}", "", "Praxis", "reference", "ratio");
    write_door(&desk, &dir.path().join("raw"));
    week(&desk);
    invoices(&desk);
}

/// One consent fact in a transaction of its own: through the door (capture, journal entry, signature, head) against
/// the same row by itself in a SQLCipher file with the same settings.
fn write_door(desk: &Desk, raw: &Path) {
    let open = desk.open().expect("the demo is open");
    let raw = raw_file(raw);
    let sql = "insert into consent (id, created_at, created_by, patient_id, purpose, decision, effective_at) \
               values (?1, 1, ?1, ?1, 'treatment', 'granted', 1)";
    let (mut door, mut plain) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let ids: Vec<Uuid> =
            (0..WRITES).map(|n| Uuid::from_u128((round * WRITES + n + 1) as u128 | (7 << 76) | (2 << 126))).collect();
        let started = Instant::now();
        for id in &ids {
            open.store
                .write(Actor(open.user), "bench.write", desk.now(), |tx| {
                    tx.db().prepare_cached(sql)?.execute([id])?;
                    Ok::<_, StoreError>(())
                })
                .expect("a write");
        }
        door.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        for id in &ids {
            let tx = raw.unchecked_transaction().expect("a transaction");
            tx.prepare_cached(sql).expect("a statement").execute([id]).expect("a row");
            tx.commit().expect("a commit");
        }
        plain.push(started.elapsed().as_secs_f64());
    }
    row("write door, one row (µs)", median(door) / WRITES as f64 * 1e6, median(plain) / WRITES as f64 * 1e6);
}

/// The week of everyone through the router, as JSON, against the bare statement it runs.
fn week(desk: &Desk) {
    let open = desk.open().expect("the demo is open");
    let session = desk.call("system.status", json!({}));
    let today = session.pointer("/done/value/session/today").and_then(Value::as_str).expect("a day").to_owned();
    let until: domain::time::CivilDate = today.parse().expect("a day");
    let until = until.plus_days(7).to_string();
    let sql = concat!(
        include_str!("../../crates/clinic/src/agenda/sql/card.sql"),
        include_str!("../../crates/clinic/src/agenda/sql/card_of_days.sql")
    );
    let (mut router, mut bare, mut cards) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        for _ in 0..LOOKS {
            let reply = desk.call("agenda.week", json!({ "from": today }));
            cards = reply.pointer("/done/value/cards").and_then(Value::as_array).expect("cards").len();
        }
        router.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        for _ in 0..LOOKS {
            let rows: usize = open
                .store
                .read(open.user, desk.now(), |view| {
                    let mut query = view.db().prepare_cached(sql)?;
                    let mut rows = query.query(rusqlite::named_params! {
                        ":first": today, ":until": until, ":resource_id": Option::<Uuid>::None,
                    })?;
                    let mut count = 0;
                    while rows.next()?.is_some() {
                        count += 1;
                    }
                    Ok::<_, StoreError>(count)
                })
                .expect("the week");
            assert_eq!(rows, cards, "both see the same week");
        }
        bare.push(started.elapsed().as_secs_f64());
    }
    row(&format!("week of {cards} cards (ms)"), median(router) / LOOKS as f64 * 1e3, median(bare) / LOOKS as f64 * 1e3);
}

/// Invoices as PDFs, from the records to the bytes.
fn invoices(desk: &Desk) {
    let open = desk.open().expect("the demo is open");
    let ids: Vec<Uuid> = open
        .store
        .read(open.user, desk.now(), |view| {
            let mut query = view.db().prepare("select id from invoice where issued_at is not null limit 100")?;
            let ids = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok::<_, StoreError>(ids)
        })
        .expect("the demo's invoices");
    let started = Instant::now();
    let mut bytes = 0;
    for id in &ids {
        let paper = open
            .store
            .read(open.user, desk.now(), |view| {
                Ok::<_, StoreError>(billing::invoice_paper(view, InvoiceId(*id), false))
            })
            .expect("a look")
            .expect("a paper")
            .expect("an invoice");
        bytes += paper.pdf.len();
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{:44} {:>10.1} {:>12} {:>8}",
        format!("invoices per second ({} B each)", bytes / ids.len().max(1)),
        ids.len() as f64 / seconds,
        "",
        ""
    );
}

fn raw_file(dir: &Path) -> rusqlite::Connection {
    let mut state = 1_u64;
    let mut fill = |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = state.to_be_bytes()[0];
        }
    };
    let key = DataKey::generate(&mut fill);
    let slots = KeySlots::new(&key, &mut fill);
    let opening = Opening { program: "bench", now_ms: 0, known_schema: newest(PARTS.migrations), check: Check::Header };
    let vault = Vault::create(dir, &key, &slots, opening, &mut fill).expect("a raw file");
    let db = vault.writer().expect("its writer");
    db.execute_batch(include_str!("../../migrations/desk/0010_documents.sql")).expect("the same table");
    db
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn row(what: &str, ours: f64, theirs: f64) {
    println!("{what:44} {ours:>10.2} {theirs:>12.2} {:>8.2}", ours / theirs);
}
