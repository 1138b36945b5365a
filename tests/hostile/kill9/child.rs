//! The writer that is killed.

use std::io::Write;
use std::path::Path;

use domain::certificate::Certificate;
use domain::id::{DeviceId, GenerationId, OrgId, Uuid};
use domain::time::Timestamp;
use ed25519_dalek::SigningKey;
use store::rusqlite::{self, named_params};
use store::{Actor, Identity, Store, Tx};
use vault::{Check, DataKey, KdfCost, KeySlots, Opening, Vault};

/// Every folder's key: what is tested is not secrecy.
pub(crate) const KEY: [u8; 32] = [0x99; 32];
const NOON: i64 = 1_795_000_000_000;
const SERIES: &str = "A";

/// How the folder is opened, by the child and by its judge.
pub(crate) fn opening(check: Check) -> Opening<'static> {
    let known_schema = store::newest(clinic::PARTS.migrations);
    Opening { program: "kill9", now_ms: NOON, known_schema, check }
}

/// Founds a folder with an identity and an organization of its own.
pub(crate) fn found(dir: &Path) {
    let mut entropy = random();
    let key = DataKey::from_bytes(KEY);
    let mut slots = KeySlots::new(&key, &mut entropy);
    slots.add_recovery(&key, KdfCost { memory_kib: 64, passes: 1, lanes: 1 }, &mut entropy).unwrap();
    let vault = Vault::create(dir, &key, &slots, opening(Check::Header), &mut entropy).unwrap();
    let (root, device) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let certificate = Certificate::issue(
        &root,
        OrgId(Uuid::from_u128(1)),
        DeviceId(Uuid::from_u128(2)),
        GenerationId(Uuid::from_u128(3)),
        SERIES,
        &device.verifying_key(),
        Timestamp::from_millis(NOON),
    );
    let identity = Identity::new(certificate, device, Some(root.clone()));
    let store = Store::found(vault, clinic::PARTS, &identity, Box::new(random())).unwrap();
    let founding = store.write(Actor::SYSTEM, "organization.found", Timestamp::from_millis(NOON), |tx| {
        tx.db().execute(
            include_str!("organization.sql"),
            named_params! { ":id": identity.org.0, ":at": NOON, ":by": Uuid::nil(), ":root": root.verifying_key().to_bytes() },
        )
    });
    founding.unwrap();
}

/// Opens the folder.
pub(crate) fn open(dir: &Path) -> Store {
    let vault = Vault::open(dir, &DataKey::from_bytes(KEY), opening(Check::Header)).unwrap();
    Store::open(vault, clinic::PARTS, Box::new(random())).unwrap()
}

/// One write.
pub(crate) fn write_once(store: &Store) {
    store.write(Actor::SYSTEM, "kill9.pay", Timestamp::from_millis(NOON), pay).unwrap();
}

/// Opens the folder and writes until the signal comes.
pub(crate) fn write_for_ever(dir: &Path) {
    let store = open(dir);
    assert_eq!(store.alarm(), None, "the head never knows more than the database after a kill");
    for moment in 1.. {
        let at = Timestamp::from_millis(NOON + moment);
        let written = store.write(Actor::SYSTEM, "kill9.pay", at, |tx| {
            say("@begin");
            pay(tx)
        });
        let written = written.unwrap();
        say(&format!("@ack {} {}", written.value, written.entry.unwrap()));
    }
}

/// Registers someone who pays at once, amends whoever paid before, and returns the payment's number: the next of
/// the series, assigned in this transaction.
fn pay(tx: &Tx<'_>) -> rusqlite::Result<i64> {
    let db = tx.db();
    let number: i64 =
        db.query_row("select coalesce(max(number), 0) + 1 from payment where series = ?1", [SERIES], |row| row.get(0))?;
    let (patient, payment) = (tx.new_id(), tx.new_id());
    let at = tx.at().millis();
    db.execute(
        include_str!("patient.sql"),
        named_params! { ":id": patient, ":at": at, ":by": Uuid::nil(), ":code": format!("A{number}") },
    )?;
    if number % 2 == 0 {
        // A command that thinks: however fast the disk, signals must also find a transaction half written.
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    db.execute("update patient set notes = 'paid before' where code = ?1", [format!("A{}", number - 1)])?;
    db.execute(
        include_str!("payment.sql"),
        named_params! {
            ":id": payment, ":at": at, ":by": Uuid::nil(), ":patient": patient, ":series": SERIES,
            ":generation": tx.identity().generation.0, ":number": number, ":hash": [0_u8; 32],
        },
    )?;
    if number % 4 == 0 {
        tx.mark_legal();
    }
    Ok(number)
}

/// One line, at once: a pipe takes so few bytes whole or not at all.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

pub(crate) fn random() -> impl FnMut(&mut [u8]) + Send {
    |bytes: &mut [u8]| getrandom::fill(bytes).unwrap()
}
