//! A server on PostgreSQL that is killed again and again in the middle of its pushes. `PRAXIS_KILLS=300` asks for
//! more than the suite does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "tests"
)]

#[path = "contract/desk.rs"]
mod desk;
#[path = "contract/line.rs"]
mod line;
mod postgres;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use desk::{Desk, ORG, OWNER, booking, organization, patient, rename};
use domain::time::Timestamp;
use line::{Line, Voice, signed};
use postgres::{Database, connect};
use server::core::{Backend, Memory, ReceiptKey, push};
use sync::protocol::{CONTACT_HEADER, FeedToken, Limits, PushReply, SCOPE_FULL, Verdict, decode, encode};
use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::Client;

/// Entries of one push.
const BATCH: u128 = 24;

/// A server's process.
struct Process {
    child: Child,
    at: String,
}

fn start(database: &Database, listen: &str) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_praxis-server"))
        .args(["serve", "--listen", listen, "--data"])
        .arg(database.data())
        .env("PRAXIS_DATABASE", database.app())
        .env("RUST_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let at = line.trim().strip_prefix("praxis-server listens on ").expect("it says where").to_owned();
    Process { child, at }
}

/// Writes and pushes batches until the server is gone. What was acknowledged goes into `acknowledged`.
async fn work(desk: &mut Desk, line: &Line, voice: &Voice, acknowledged: &mut BTreeMap<u64, u64>, next: &mut u128) {
    loop {
        let from = acknowledged.keys().next_back().copied().unwrap_or_default() + 1;
        if desk.request(from).entries.is_empty() {
            for n in *next..*next + BATCH {
                let hour = i64::try_from(n).unwrap() * 60;
                desk.write(OWNER, from - 1, vec![patient(n, "Ana"), booking(n, hour, hour + 30)]);
                desk.write(OWNER, from - 1, vec![rename(n, "Ana Maria de Souza e Silva")]);
            }
            *next += BATCH;
        }
        let body = encode(&desk.request(from)).unwrap();
        let Ok(health) = line.http.get(format!("{}/health", line.at)).send().await else { return };
        let Ok(health) = health.bytes().await else { return };
        let health: sync::protocol::Health = decode(&health, Limits::SMALL).unwrap();
        let header = signed(voice, "POST", "/v1/push", &body, health.now_ms);
        let request = line.http.post(format!("{}/v1/push", line.at)).header(CONTACT_HEADER, header).body(body);
        let Ok(response) = request.send().await else { return };
        if response.status() != 200 {
            // The head row is still held by the one that was killed: the database has not noticed yet.
            assert_eq!(response.status(), 503);
            continue;
        }
        let Ok(reply) = response.bytes().await else { return };
        let reply: PushReply = decode(&reply, Limits::BATCH).unwrap();
        for outcome in reply.outcomes {
            let Verdict::Accepted { position, .. } = outcome.verdict else { panic!("kept aside: {outcome:?}") };
            let before = acknowledged.insert(outcome.seq, position);
            assert!(before.is_none_or(|before| before == position), "an entry was answered differently");
        }
    }
}

/// Where the stopped process stands in its transactions: the last statement of each that is open.
async fn landed(client: &Client, name: &str) -> Vec<String> {
    let mut quiet = 0;
    let begun = Instant::now();
    loop {
        let rows = client
            .query(
                "select state, query from pg_stat_activity
                 where datname = $1 and application_name = 'praxis-server' and state <> 'idle'",
                &[&name],
            )
            .await
            .unwrap();
        let busy = rows.iter().any(|row| row.get::<_, String>(0) == "active");
        quiet = if busy { 0 } else { quiet + 1 };
        if quiet == 2 || begun.elapsed() > Duration::from_secs(10) {
            return rows.iter().map(|row| place(&row.get::<_, String>(1))).collect();
        }
        sleep(Duration::from_millis(2)).await;
    }
}

/// A statement by its first words.
fn place(query: &str) -> String {
    let said = query.lines().filter(|line| !line.starts_with("--")).flat_map(str::split_whitespace);
    said.take(4).collect::<Vec<_>>().join(" ")
}

fn signal(child: &Child, which: &str) {
    assert!(Command::new("kill").args([which, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_there_twice_however_often_the_server_is_killed() {
    let kills: u32 = std::env::var("PRAXIS_KILLS").map_or(60, |kills| kills.parse().unwrap());
    let database = Database::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut places: BTreeMap<String, u32> = BTreeMap::new();
    let mut inside = 0;

    let (desk, acknowledged) = runtime.block_on(async {
        let watcher = connect(&database.above()).await;
        let mut process = start(&database, "127.0.0.1:0");
        let line = Line::to(process.at.clone());
        let (mut desk, voice) = line.adopted().await;
        let (mut acknowledged, mut next) = (BTreeMap::from([(1, 1), (2, 2)]), 10);
        let listen = process.at.trim_start_matches("http://").to_owned();
        // A fixed sequence of delays between 4 and 120 ms; where they land depends on the machine.
        let mut drawn = 7_u32;
        for kill in 1..=kills {
            drawn = drawn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let delay = Duration::from_micros(u64::from(4_000 + (drawn >> 8) % 116_000));
            let working = work(&mut desk, &line, &voice, &mut acknowledged, &mut next);
            let killing = async {
                sleep(delay).await;
                // Stopped first, so that what is seen is what is killed.
                signal(&process.child, "-STOP");
                let open = landed(&watcher, &database.name).await;
                process.child.kill().unwrap();
                process.child.wait().unwrap();
                open
            };
            let (open, ()) = tokio::join!(killing, async { drop(timeout(Duration::from_secs(20), working).await) });
            inside += u32::from(!open.is_empty());
            let at = open.first().map_or("between transactions".to_owned(), |last| format!("in one, after: {last}"));
            println!("kill {kill} after {delay:?}: {at}; {} entries acknowledged", acknowledged.len());
            *places.entry(at).or_default() += 1;
            process = start(&database, &listen);
        }
        // Undisturbed, the rest goes up.
        let rest = work(&mut desk, &line, &voice, &mut acknowledged, &mut next);
        drop(timeout(Duration::from_millis(500), rest).await);
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        (desk, acknowledged)
    });
    for (place, times) in &places {
        println!("{times:4} {place}");
    }
    println!("{kills} kills, {inside} inside a transaction, {} entries acknowledged", acknowledged.len());
    assert!(inside * 5 >= kills, "a fifth of the kills shall land inside a transaction: {inside} of {kills}");

    // Everything acknowledged stands where it was said to stand, without gap or double.
    let data = database.open();
    let device = data.device(ORG, desk.device, desk.generation).unwrap().unwrap();
    assert!(device.last_seq >= *acknowledged.keys().next_back().unwrap());
    assert!(acknowledged.iter().all(|(seq, position)| seq == position), "one desk: its numbers are the positions");
    let (head, digest) = data.digest(ORG).unwrap();
    assert_eq!(head, device.last_seq);
    // And it is exactly what one server that was never killed would hold.
    let oracle = Memory::default();
    oracle.found(&organization()).unwrap();
    oracle.enrol(&desk.device()).unwrap();
    let now = Timestamp::from_millis(1_795_262_400_000);
    let mut whole = desk.request(1);
    whole.entries.truncate(usize::try_from(head).unwrap());
    push(&oracle, ORG, whole, &ReceiptKey([5; 32]), now).unwrap().unwrap();
    assert_eq!(oracle.digest(ORG).unwrap(), (head, digest));
    let page = data.page(ORG, SCOPE_FULL, FeedToken::after(0), 1_000_000).unwrap();
    let ids: std::collections::BTreeSet<_> = page.records.iter().map(|record| (record.kind, record.id)).collect();
    assert_eq!((page.records.len() as u64, ids.len() as u64), (digest.count(), digest.count()));
}
