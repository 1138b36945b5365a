//! A paper is what was sealed, by whom the organization vouches for, or it is refused.
#![allow(clippy::unwrap_used, reason = "tests")]

mod forge;

use ed25519_dalek::{Signer, SigningKey};
use forge::{DEVICE, NOON, ORGANIZATION, certificate, device_key, root, seal};
use verify::{Certificate, Id, Trust, UnsealedReason, Untrusted, check_seal};

const PAPER: &[u8] = b"%PDF-1.7 a consent form";

fn trust() -> Trust {
    Trust::new(Id(ORGANIZATION), root().verifying_key().to_bytes())
}

fn sealed() -> Vec<u8> {
    seal(PAPER, NOON + 1, &certificate(&root(), DEVICE, &device_key()), &device_key())
}

#[test]
fn the_golden_certificate_is_made_and_read_as_its_writer_does() {
    let (root, device) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let mut bytes = vec![1];
    for id in 1..=3_u128 {
        bytes.extend(id.to_be_bytes());
    }
    bytes.extend(b"\x01A");
    bytes.extend(device.verifying_key().to_bytes());
    bytes.extend(NOON.to_be_bytes());
    bytes.extend(root.verifying_key().to_bytes());
    bytes.extend(root.sign(&[b"praxis certificate v1".as_slice(), &bytes].concat()).to_bytes());

    let golden = include_str!("../../domain/src/certificate.golden.txt");
    assert_eq!(blake3::hash(&bytes).to_hex().as_str(), golden.trim());

    let read = Certificate::read(&bytes).unwrap();
    let mut trust = Trust::new(Id(1_u128.to_be_bytes()), root.verifying_key().to_bytes());
    trust.believe(&read).unwrap();
    assert_eq!((read.prefix.as_str(), read.device), ("A", Id(2_u128.to_be_bytes())));
}

#[test]
fn a_seal_says_what_was_sealed_when_and_by_whom() {
    let made = certificate(&root(), DEVICE, &device_key());
    let read = Certificate::read(&made).unwrap();

    assert_eq!((read.device, read.prefix.as_str(), read.valid_from_ms), (Id(DEVICE), "A1", NOON));
    let accepted = check_seal(PAPER, &sealed(), &trust()).unwrap();
    assert_eq!((accepted.document, accepted.at_ms), (Id([0x0D; 16]), NOON + 1));
    assert_eq!(accepted.certificate, read);
}

#[test]
fn one_changed_byte_of_the_paper_is_refused() {
    for byte in 0..PAPER.len() {
        let mut changed = PAPER.to_vec();
        *changed.get_mut(byte).unwrap() ^= 1;
        assert_eq!(check_seal(&changed, &sealed(), &trust()), Err(UnsealedReason::PaperChanged));
    }
    assert_eq!(check_seal(&[PAPER, b"\n"].concat(), &sealed(), &trust()), Err(UnsealedReason::PaperChanged));
}

#[test]
fn every_changed_bit_of_the_seal_is_refused() {
    let whole = sealed();
    for bit in 0..whole.len() * 8 {
        let mut changed = whole.clone();
        *changed.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
        assert!(check_seal(PAPER, &changed, &trust()).is_err(), "bit {bit}");
    }
    for length in 0..whole.len() {
        assert!(check_seal(PAPER, whole.get(..length).unwrap(), &trust()).is_err(), "{length} bytes");
    }
}

#[test]
fn a_seal_needs_a_device_that_the_organization_vouches_for() {
    let stranger = SigningKey::from_bytes(&[0xEE; 32]);

    let own = seal(PAPER, NOON, &certificate(&stranger, DEVICE, &stranger), &stranger);
    assert_eq!(check_seal(PAPER, &own, &trust()), Err(UnsealedReason::Device(Untrusted::Issuer)));
    let borrowed = seal(PAPER, NOON, &certificate(&root(), DEVICE, &device_key()), &stranger);
    assert_eq!(check_seal(PAPER, &borrowed, &trust()), Err(UnsealedReason::Signature));
    let elsewhere = Trust::new(Id([0x77; 16]), root().verifying_key().to_bytes());
    assert_eq!(check_seal(PAPER, &sealed(), &elsewhere), Err(UnsealedReason::Device(Untrusted::OtherOrganization)));
    let early = seal(PAPER, NOON - 1, &certificate(&root(), DEVICE, &device_key()), &device_key());
    assert_eq!(check_seal(PAPER, &early, &trust()), Err(UnsealedReason::TooEarly));
}

#[test]
fn a_server_may_vouch_for_desks_and_a_desk_may_not() {
    let (server, desk) = (SigningKey::from_bytes(&[0x51; 32]), SigningKey::from_bytes(&[0x52; 32]));
    let of_server = Certificate::read(&certificate(&root(), [0x51; 16], &server)).unwrap();
    let paper = seal(PAPER, NOON, &certificate(&server, [0x52; 16], &desk), &desk);

    assert_eq!(check_seal(PAPER, &paper, &trust()), Err(UnsealedReason::Device(Untrusted::Issuer)));
    let mut adopted = trust();
    adopted.believe_server(&of_server).unwrap();
    check_seal(PAPER, &paper, &adopted).unwrap();

    let second = Certificate::read(&certificate(&server, [0x53; 16], &SigningKey::from_bytes(&[0x53; 32]))).unwrap();
    assert_eq!(adopted.believe_server(&second), Err(Untrusted::Issuer), "a server makes no servers");
}

#[test]
fn a_folder_believes_the_server_it_was_certified_by_and_no_desk_in_its_place() {
    let forge = forge::Forge::new();
    let (server, desk) = (SigningKey::from_bytes(&[0x51; 32]), SigningKey::from_bytes(&[0x52; 32]));
    let paper = seal(PAPER, NOON, &certificate(&server, [0x52; 16], &desk), &desk);
    let by_folder = || check_seal(PAPER, &paper, &Trust::of_folder(&forge.writer).unwrap().unwrap());
    let remember = |certificate: Vec<u8>| {
        let sql = "insert or replace into local_fact values ('server_certificate', ?1)";
        forge.writer.execute(sql, [certificate]).unwrap();
    };

    assert_eq!(by_folder(), Err(UnsealedReason::Device(Untrusted::Issuer)), "no server yet");
    remember(certificate(&root(), [0x51; 16], &server));
    assert_eq!(by_folder(), Err(UnsealedReason::Device(Untrusted::Issuer)), "a desk is no server");
    remember(certificate(&server, [0; 16], &server));
    assert_eq!(by_folder(), Err(UnsealedReason::Device(Untrusted::Issuer)), "who vouches for itself is no server");
    remember(certificate(&root(), [0; 16], &server));
    by_folder().unwrap();
}
