//! A desk that writes true entries: chained, signed, in order.

use domain::{
    canonical::{self, Hash, Header, Op, Part},
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, RecordId, UserId, Uuid},
    time::Timestamp,
    value::Value,
};
use ed25519_dalek::{Signer, SigningKey};
use server::core::{Device, Organization, ReceiptKey};
use sync::protocol::{PushRequest, Receipt, Record, WireEntry, WirePart};

pub(crate) const ORG: OrgId = OrgId(Uuid::from_u128(0x0F));
pub(crate) const OWNER: UserId = UserId(Uuid::from_u128(0xA1));
const ROOM: RecordId = RecordId(Uuid::from_u128(0xB1));

pub(crate) fn organization() -> Organization {
    Organization { org: ORG, root_key: [3; 32], server_certificate: vec![1, 2], epoch: Uuid::from_u128(0xE) }
}

pub(crate) struct Desk {
    pub(crate) device: DeviceId,
    pub(crate) generation: GenerationId,
    key: SigningKey,
    chain: Hash,
    entries: Vec<WireEntry>,
    wall: i64,
}

impl Desk {
    pub(crate) fn new(number: u8) -> Self {
        let device = DeviceId(Uuid::from_u128(0xD0 + u128::from(number)));
        let generation = GenerationId(Uuid::from_u128(0x60 + u128::from(number)));
        Self {
            device,
            generation,
            key: SigningKey::from_bytes(&[number; 32]),
            chain: canonical::genesis(ORG, device, generation),
            entries: vec![],
            wall: 1_795_262_000_000,
        }
    }

    /// The same folder, copied.
    pub(crate) fn twin(&self) -> Self {
        Self { key: self.key.clone(), entries: self.entries.clone(), ..*self }
    }

    pub(crate) fn clock(&mut self, wall: i64) {
        self.wall = wall;
    }

    pub(crate) fn device(&self) -> Device {
        Device {
            org: ORG,
            device: self.device,
            generation: self.generation,
            key: self.key.verifying_key().to_bytes(),
            certificate: vec![],
            prefix: "A".to_owned(),
            revoked: false,
            last_seq: 0,
            last_chain: canonical::genesis(ORG, self.device, self.generation),
            last_eff: Hlc::default(),
        }
    }

    pub(crate) fn sealed(&self, part: &Part) -> WirePart {
        WirePart { salt: [self.device.0.as_bytes()[15]; 16], body: part.encode() }
    }

    pub(crate) fn write(&mut self, actor: UserId, base: u64, mut parts: Vec<Part>) {
        for part in &mut parts {
            part.fields.sort_by_key(|(id, _)| *id);
        }
        self.wall += 10;
        let header = Header {
            org: ORG,
            device: self.device,
            generation: self.generation,
            seq: u64::try_from(self.entries.len()).unwrap() + 1,
            hlc: Hlc::at(Timestamp::from_millis(self.wall)),
            actor,
            command: "test".to_owned(),
            base,
        }
        .encode();
        let parts: Vec<WirePart> = parts.iter().map(|part| self.sealed(part)).collect();
        let hashes: Vec<Hash> = parts.iter().map(|part| Part::hash(&part.salt, &part.body)).collect();
        self.chain = canonical::chain(&self.chain, &header, &hashes);
        let signature = self.key.sign(&self.chain).to_bytes();
        self.entries.push(WireEntry { header, parts, chain: self.chain, signature, receipt: None, older: false });
    }

    /// One entry alone.
    pub(crate) fn only(&self, seq: u64) -> PushRequest {
        let mut request = self.request(seq);
        request.entries.truncate(1);
        request
    }

    /// Adds a server's receipt to an entry, as the desk got it with the first acceptance.
    pub(crate) fn attach(&mut self, seq: u64, server: &ReceiptKey, eff: Hlc) {
        let entry = self.entries.get_mut(usize::try_from(seq).unwrap() - 1).unwrap();
        let code = server.code(&Header::decode(&entry.header).unwrap(), &entry.chain, eff);
        entry.receipt = Some(Receipt { eff, code });
    }

    pub(crate) fn request(&self, from: u64) -> PushRequest {
        let from = usize::try_from(from).unwrap() - 1;
        let entries = self.entries.get(from..).unwrap_or_default().to_vec();
        PushRequest { device: self.device, generation: self.generation, entries, again: false }
    }
}

fn insert(kind: u16, id: u128, fields: Vec<(u16, Value)>) -> Part {
    Part { kind, record: RecordId(Uuid::from_u128(id)), op: Op::Insert, fields }
}

fn update(kind: u16, id: u128, fields: Vec<(u16, Value)>) -> Part {
    Part { op: Op::Update, ..insert(kind, id, fields) }
}

pub(crate) fn user(id: UserId, role: &str) -> Part {
    insert(3, id.0.as_u128(), vec![(10, "Someone".into()), (11, role.into()), (12, Value::Int(1))])
}

pub(crate) fn change_user(id: UserId, role: &str, active: i64) -> Part {
    update(3, id.0.as_u128(), vec![(11, role.into()), (12, Value::Int(active))])
}

pub(crate) fn room() -> Part {
    insert(30, ROOM.0.as_u128(), vec![(10, "room".into()), (11, "Sala 1".into()), (13, Value::Int(1))])
}

pub(crate) fn patient(n: u128, given: &str) -> Part {
    insert(50, 0x500 + n, vec![(11, "human".into()), (12, given.into()), (20, "active".into())])
}

pub(crate) fn rename(n: u128, given: &str) -> Part {
    update(50, 0x500 + n, vec![(12, given.into())])
}

fn span(from_min: i64, to_min: i64) -> Vec<(u16, Value)> {
    vec![(12, Value::Int(from_min * 60_000)), (13, Value::Int(to_min * 60_000))]
}

pub(crate) fn booking(n: u128, from_min: i64, to_min: i64) -> Part {
    let mut fields = vec![(10, Uuid::from_u128(0x700 + n).into()), (11, ROOM.0.into())];
    fields.extend(span(from_min, to_min));
    fields.extend([(14, Value::Int(1)), (15, "planned".into()), (16, "granted".into())]);
    insert(71, 0x710 + n, fields)
}

pub(crate) fn reschedule(n: u128, from_min: i64, to_min: i64) -> Part {
    update(71, 0x710 + n, span(from_min, to_min))
}

/// What the server says about each booking.
pub(crate) fn states(records: &[Record]) -> Vec<(u128, String)> {
    let mut states: Vec<_> = records
        .iter()
        .filter(|record| record.kind == 71)
        .map(|record| {
            let part = record.part().unwrap();
            let state = part.fields.iter().find(|(id, _)| *id == 16).unwrap();
            (record.id.0.as_u128() - 0x710, state.1.as_text().unwrap().to_owned())
        })
        .collect();
    states.sort_unstable();
    states
}
