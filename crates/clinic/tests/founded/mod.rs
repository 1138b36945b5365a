//! A real, founded, encrypted folder to run commands on.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "shared by tests that each use a part of it"
)]

use std::cell::Cell;

use clinic::{
    PARTS, Read, Stop, Write,
    organization::{Admin, ClinicData, found, profile::profile},
};
use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId, UserId, Uuid},
    time::Timestamp,
};
use ed25519_key::key;
use store::{Actor, Identity, Store, StoreError, WriteFailed, Written, newest};
use tempfile::TempDir;
use vault::{Check, DataKey, KeySlots, Opening, Vault};

mod ed25519_key {
    pub(crate) fn key(byte: u8) -> store::SigningKey {
        store::SigningKey::from_bytes(&[byte; 32])
    }
}

/// A desk of a freshly founded Brazilian clinic, at 2026-11-18 09:00 in São Paulo.
pub struct Desk {
    pub store: Store,
    pub owner: UserId,
    pub dir: TempDir,
    now: Cell<Timestamp>,
}

/// Wednesday, 18 November 2026, 09:00 in São Paulo.
pub const MORNING: Timestamp = Timestamp::from_millis(1_795_003_200_000);

/// Bytes from a seed: the same run, every run.
pub fn entropy(seed: u64) -> impl FnMut(&mut [u8]) + Send {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    move |bytes: &mut [u8]| {
        for byte in bytes {
            // SplitMix64, a byte at a time: enough for ids and salts of a test.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z ^ (z >> 31)).to_le_bytes()[0];
        }
    }
}

/// An encrypted folder that nobody has founded a clinic in yet.
pub fn empty_folder() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let mut random = entropy(1);
    let data_key = DataKey::generate(&mut random);
    let slots = KeySlots::new(&data_key, &mut random);
    let opening = Opening {
        program: "test",
        now_ms: MORNING.millis(),
        known_schema: newest(PARTS.migrations),
        check: Check::Header,
    };
    let vault = Vault::create(&dir.path().join("desk"), &data_key, &slots, opening, &mut random).unwrap();
    let (root, device) = (key(1), key(2));
    let certificate = Certificate::issue(
        &root,
        OrgId(Uuid::from_u128(1)),
        DeviceId(Uuid::from_u128(2)),
        GenerationId(Uuid::from_u128(3)),
        "A",
        &device.verifying_key(),
        MORNING,
    );
    let identity = Identity::new(certificate, device, Some(root));
    let store = Store::found(vault, PARTS, &identity, Box::new(entropy(2))).unwrap();
    (dir, store)
}

impl Desk {
    pub fn new() -> Self {
        Self::of_profile("aesthetic-br")
    }

    pub fn of_profile(name: &str) -> Self {
        let (dir, store) = empty_folder();
        let owner = UserId(Uuid::from_u128(4));
        let admin = Admin { id: owner, name: "Lívia Moraes".into() };
        let data = ClinicData {
            name: "Clínica Alameda".into(),
            tax_id: Some("16.727.230/0001-97".into()),
            phone: Some("(11) 95555-0100".into()),
            address: Some("Alameda das Paineiras, 100".into()),
            city: Some("São Paulo".into()),
            pix_key: Some("16727230000197".into()),
            ..ClinicData::default()
        };
        let profile = profile(name).unwrap();
        let data = if profile.country == "BR" { data } else { ClinicData { name: data.name, ..ClinicData::default() } };
        store
            .write(Actor(owner), "organization.found", MORNING, |tx| {
                found(tx, profile, profile.locale, data.clone(), &admin, false)
            })
            .unwrap_or_else(|_| panic!("a clinic is founded"));
        Self { store, owner, dir, now: Cell::new(MORNING) }
    }

    /// Shuts the folder and opens it again, as after the program ended.
    pub fn reopen(self) -> Self {
        let Self { store, owner, dir, now } = self;
        drop(store);
        // The same bytes from the same seed: the key that the folder was made with.
        let data_key = DataKey::generate(&mut entropy(1));
        let opening = Opening {
            program: "test",
            now_ms: now.get().millis(),
            known_schema: newest(PARTS.migrations),
            check: Check::Header,
        };
        let vault = Vault::open(&dir.path().join("desk"), &data_key, opening).unwrap();
        Self { store: Store::open(vault, PARTS, Box::new(entropy(3))).unwrap(), owner, dir, now }
    }

    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub fn wait_minutes(&self, minutes: i64) {
        self.now.set(self.now.get().plus_minutes(minutes));
    }

    /// Reads, or gives the refusal.
    pub fn read<C: Read>(&self, input: &str) -> Result<C::Output, C::Refusal> {
        let command: C = serde_json::from_str(input).expect("the input of the command");
        let mut refusal = None;
        let answer = self.store.read(self.owner, self.now(), |view| match command.run(view) {
            Ok(value) => Ok::<_, StoreError>(Some(value)),
            Err(Stop::Refused(reason)) => {
                refusal = Some(reason);
                Ok(None)
            }
            Err(Stop::Failed(failure)) => panic!("{}: {failure}", C::NAME),
        });
        answer.unwrap().ok_or_else(|| refusal.unwrap())
    }

    /// Writes, or gives the refusal. JSON in, as it comes from the screen.
    pub fn write<C: Write>(&self, input: &str) -> Result<C::Output, C::Refusal> {
        self.write_as::<C>(self.owner, input).map(|written| written.value)
    }

    /// Writes as someone, with what the door says about it.
    pub fn write_as<C: Write>(&self, user: UserId, input: &str) -> Result<Written<C::Output>, C::Refusal> {
        let command: C = serde_json::from_str(input).expect("the input of the command");
        match self.store.write(Actor(user), C::NAME, self.now(), |tx| command.run(tx)) {
            Ok(written) => Ok(written),
            Err(WriteFailed::Refused(Stop::Refused(reason))) => Err(reason),
            Err(WriteFailed::Refused(Stop::Failed(failure))) => panic!("{}: {failure}", C::NAME),
            Err(WriteFailed::Store(error)) => panic!("{}: {error}", C::NAME),
        }
    }
}
