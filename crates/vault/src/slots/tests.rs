#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::*;
use crate::KeychainError;

const CHEAP: KdfCost = KdfCost { memory_kib: 64, passes: 1, lanes: 1 };
const ANA: Uuid = Uuid::from_u128(0xA);
const RUI: Uuid = Uuid::from_u128(0xB);

fn seeded(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut stream =
        blake3::Hasher::new_derive_key("praxis vault test entropy").update(&seed.to_le_bytes()).finalize_xof();
    move |bytes: &mut [u8]| stream.fill(bytes)
}

fn folder_of(seed: u64) -> (DataKey, KeySlots, impl FnMut(&mut [u8])) {
    let mut entropy = seeded(seed);
    let key = DataKey::generate(&mut entropy);
    let slots = KeySlots::new(&key, &mut entropy);
    (key, slots, entropy)
}

#[derive(Default)]
struct Drawer {
    kept: RefCell<BTreeMap<String, Secret>>,
    broken: RefCell<Option<KeychainError>>,
    forgetful: bool,
}

impl Keychain for Drawer {
    fn get(&self, account: &str) -> Result<Option<Secret>, KeychainError> {
        self.broken.borrow().clone().map_or_else(|| Ok(self.kept.borrow().get(account).cloned()), Err)
    }
    fn set(&self, account: &str, secret: &Secret) -> Result<(), KeychainError> {
        if let Some(error) = self.broken.borrow().clone() {
            return Err(error);
        }
        if !self.forgetful {
            self.kept.borrow_mut().insert(account.to_owned(), secret.clone());
        }
        Ok(())
    }
    fn delete(&self, account: &str) -> Result<(), KeychainError> {
        self.kept.borrow_mut().remove(account);
        Ok(())
    }
}

#[test]
fn every_way_in_yields_the_same_key_after_a_round_trip_to_disk() {
    let dir = tempfile::tempdir().unwrap();
    let (key, mut slots, mut entropy) = folder_of(1);
    let keychain = Drawer::default();
    slots.add_password(&key, ANA, "Ana", "são joão", CHEAP, &mut entropy).unwrap();
    slots.add_password(&key, RUI, "Rui", "são joão", CHEAP, &mut entropy).unwrap();
    let code = slots.add_recovery(&key, CHEAP, &mut entropy).unwrap();
    slots.add_keychain(&key, &keychain, &mut entropy).unwrap();
    slots.write(dir.path()).unwrap();

    let read = KeySlots::read(dir.path()).unwrap();

    for opened in [
        read.by_password(ANA, "são joão"),
        read.by_password(RUI, "sa\u{303}o joa\u{303}o"),
        read.by_recovery(&code),
        read.by_keychain(&keychain),
    ] {
        assert_eq!(opened.unwrap().expose(), key.expose());
    }
    assert_eq!(read.users().collect::<Vec<_>>(), [(ANA, "Ana"), (RUI, "Rui")]);
    assert!(read.has_recovery() && read.has_keychain());
}

#[test]
fn a_wrong_secret_is_told_from_a_missing_slot() {
    let (key, mut slots, mut entropy) = folder_of(2);
    slots.add_password(&key, ANA, "Ana", "right", CHEAP, &mut entropy).unwrap();

    assert!(matches!(slots.by_password(ANA, "Right"), Err(OpenError::WrongPassword)));
    assert!(matches!(slots.by_password(RUI, "right"), Err(OpenError::NoSuchSlot)));
    let code = RecoveryCode::generate(&mut entropy);
    assert!(matches!(slots.by_recovery(&code), Err(OpenError::NoSuchSlot)));
    slots.add_recovery(&key, CHEAP, &mut entropy).unwrap();
    assert!(matches!(slots.by_recovery(&code), Err(OpenError::WrongPassword)));
}

#[test]
fn a_keychain_that_lost_it_falls_back_to_the_password() {
    let (key, mut slots, mut entropy) = folder_of(3);
    let keychain = Drawer::default();
    slots.add_password(&key, ANA, "Ana", "right", CHEAP, &mut entropy).unwrap();
    slots.add_keychain(&key, &keychain, &mut entropy).unwrap();

    for error in [KeychainError::NoService, KeychainError::NoAccess, KeychainError::Failed("bus".to_owned())] {
        keychain.broken.replace(Some(error.clone()));
        match slots.by_keychain(&keychain) {
            Err(OpenError::KeychainEntryGone(Some(why))) => assert_eq!(why, error),
            other => panic!("{other:?}"),
        }
    }
    keychain.broken.replace(None);
    keychain.set(&slots.account(), &Secret::new(vec![1; 32])).unwrap();
    assert!(matches!(slots.by_keychain(&keychain), Err(OpenError::KeychainEntryGone(None))), "another secret");
    keychain.delete(&slots.account()).unwrap();
    assert!(matches!(slots.by_keychain(&keychain), Err(OpenError::KeychainEntryGone(None))), "no entry");
    assert!(slots.by_password(ANA, "right").is_ok());
}

#[test]
fn a_keychain_that_does_not_keep_gets_no_slot() {
    let (key, mut slots, mut entropy) = folder_of(4);
    let forgetful = Drawer { forgetful: true, ..Drawer::default() };

    assert!(matches!(slots.add_keychain(&key, &forgetful, &mut entropy), Err(SlotError::Keychain(_))));

    assert!(!slots.has_keychain());
}

#[test]
fn a_new_password_replaces_the_old_one_and_the_last_way_in_stays() {
    let (key, mut slots, mut entropy) = folder_of(5);
    slots.add_password(&key, ANA, "Ana", "old", CHEAP, &mut entropy).unwrap();
    slots.add_password(&key, ANA, "Ana", "new", CHEAP, &mut entropy).unwrap();
    slots.add_keychain(&key, &Drawer::default(), &mut entropy).unwrap();

    assert!(matches!(slots.by_password(ANA, "old"), Err(OpenError::WrongPassword)));
    assert!(slots.by_password(ANA, "new").is_ok());
    assert!(matches!(slots.remove_password(ANA), Err(SlotError::LastWayIn)), "a keychain is no way in");
    assert!(matches!(slots.remove_password(RUI), Err(SlotError::NotFound)));
    slots.add_recovery(&key, CHEAP, &mut entropy).unwrap();
    slots.remove_password(ANA).unwrap();
    assert!(matches!(slots.by_password(ANA, "new"), Err(OpenError::NoSuchSlot)));
}

#[test]
fn another_folders_key_or_slot_is_refused() {
    let (key, mut slots, mut entropy) = folder_of(6);
    let (other_key, mut other, _) = folder_of(7);
    slots.add_password(&key, ANA, "Ana", "right", CHEAP, &mut entropy).unwrap();

    let refused = slots.add_password(&other_key, RUI, "Rui", "x", CHEAP, &mut entropy);
    assert!(matches!(refused, Err(SlotError::OtherKey)));

    other.slots.clone_from(&slots.slots);
    assert!(matches!(other.by_password(ANA, "right"), Err(OpenError::WrongPassword)), "bound to its folder");
    if let Some(slot) = slots.slots.first_mut() {
        slot.kind = Kind::Password { user: RUI, label: "Rui".to_owned() };
    }
    assert!(matches!(slots.by_password(RUI, "right"), Err(OpenError::WrongPassword)), "bound to its user");
}

#[test]
fn absurd_costs_are_refused_both_ways() {
    let dir = tempfile::tempdir().unwrap();
    let (key, mut slots, mut entropy) = folder_of(8);
    let absurd = KdfCost { memory_kib: u32::MAX, passes: 1, lanes: 1 };
    assert!(matches!(slots.add_password(&key, ANA, "", "x", absurd, &mut entropy), Err(SlotError::Cost)));
    slots.add_password(&key, ANA, "", "x", CHEAP, &mut entropy).unwrap();
    slots.write(dir.path()).unwrap();
    let path = dir.path().join(KEY_SLOTS);

    let tampered = fs::read_to_string(&path).unwrap().replace("\"memory_kib\": 64", "\"memory_kib\": 4000000000");
    fs::write(&path, tampered).unwrap();

    assert!(matches!(KeySlots::read(dir.path()), Err(OpenError::KeySlotsMissing { damaged: true })));
}

#[test]
fn a_revoked_folder_has_no_slot_left_and_takes_none() {
    let dir = tempfile::tempdir().unwrap();
    let (key, mut slots, mut entropy) = folder_of(9);
    slots.add_password(&key, ANA, "Ana", "right", CHEAP, &mut entropy).unwrap();
    slots.write(dir.path()).unwrap();

    KeySlots::revoke(dir.path(), 42).unwrap();
    KeySlots::revoke(dir.path(), 99).unwrap();

    let mut read = KeySlots::read(dir.path()).unwrap();
    assert!(read.slots.is_empty());
    assert!(matches!(read.by_password(ANA, "right"), Err(OpenError::DeskRevoked { at_ms: 42 })));
    let refused = read.add_password(&key, ANA, "Ana", "right", CHEAP, &mut entropy);
    assert!(matches!(refused, Err(SlotError::Revoked)));
}

#[test]
fn a_newer_format_is_named_and_nonsense_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(KEY_SLOTS);

    fs::write(&path, r#"{"format": 2, "rings": []}"#).unwrap();
    assert!(matches!(KeySlots::read(dir.path()), Err(OpenError::SchemaNewer { found: 2, known: 1 })));
    fs::write(&path, "{").unwrap();
    assert!(matches!(KeySlots::read(dir.path()), Err(OpenError::KeySlotsMissing { damaged: true })));
}

#[test]
fn the_standard_cost_is_what_was_promised_and_works() {
    let (key, mut slots, mut entropy) = folder_of(10);
    assert_eq!(KdfCost::STANDARD, KdfCost { memory_kib: 65_536, passes: 3, lanes: 1 });

    slots.add_password(&key, ANA, "Ana", "right", KdfCost::STANDARD, &mut entropy).unwrap();

    assert!(slots.by_password(ANA, "right").is_ok());
    assert!(matches!(slots.by_password(ANA, "wrong"), Err(OpenError::WrongPassword)));
}
