//! What a backend must do that a whole server stands on.

use domain::{
    canonical::{Op, Part},
    id::{RecordId, UserId, Uuid},
};
use server::core::{Device, Invite, Key, Site};

use crate::{
    ORG, OWNER, accepted, clinic,
    desk::{Desk, patient},
    give, postgres,
};

fn invitation(name: &str) -> Invite {
    Invite {
        org: ORG,
        name: name.to_owned(),
        key: [7; 32],
        user: OWNER,
        expires_ms: 5_000,
        tries_left: 5,
        used_by: None,
    }
}

fn newcomer(number: u8, prefix: &str) -> Device {
    Device { prefix: prefix.to_owned(), ..Desk::new(number).device() }
}

fn a_code_is_found_counted_down_and_used_once<S: Site>(site: &S) {
    clinic(site);
    let invite = invitation("AAAAAA");
    assert_eq!(site.find_invite("AAAAAA").unwrap(), None);
    assert_eq!(site.find_invite("A\0' or 1=1 --").unwrap(), None);
    site.invite(&invite).unwrap();
    assert_eq!(site.find_invite("AAAAAA").unwrap(), Some(invite.clone()));

    assert_eq!([(); 6].map(|()| site.fail_invite(&invite).unwrap()), [4, 3, 2, 1, 0, 0]);
    let renewed = Invite { user: UserId(Uuid::from_u128(9)), ..invite };
    site.invite(&renewed).unwrap();
    assert_eq!(site.find_invite("AAAAAA").unwrap(), Some(renewed.clone()));

    let third = newcomer(3, "C");
    site.redeem(&renewed, &third).unwrap();
    assert_eq!(site.device(ORG, third.device, third.generation).unwrap(), Some(third.clone()));
    assert_eq!(site.find_invite("AAAAAA").unwrap().unwrap().used_by, Some(third.device));
    assert!(site.redeem(&renewed, &newcomer(4, "D")).is_err(), "a code is good for one desk");
    assert_eq!(site.devices(ORG).unwrap().len(), 3);
}

fn two_desks_that_were_offered_one_prefix_do_not_both_get_it<S: Site>(site: &S) {
    clinic(site);
    for name in ["AAAAAA", "BBBBBB"] {
        site.invite(&invitation(name)).unwrap();
    }
    site.redeem(&invitation("AAAAAA"), &newcomer(3, "C")).unwrap();
    assert!(site.redeem(&invitation("BBBBBB"), &newcomer(4, "C")).is_err());
    assert_eq!(site.find_invite("BBBBBB").unwrap().unwrap().used_by, None, "and the code is still good");
    site.redeem(&invitation("BBBBBB"), &newcomer(4, "D")).unwrap();
}

fn who_bears_an_identifier_is_found_however_it_is_written<S: Site>(site: &S) {
    let (mut one, _) = clinic(site);
    let cpf = |op, id: u128, value: &str, deleted: Option<i64>| {
        let mut fields = vec![(10, Uuid::from_u128(0x501).into()), (11, "cpf".into()), (12, value.into())];
        fields.extend(deleted.map(|at| (5, at.into())));
        Part { kind: 51, record: RecordId(Uuid::from_u128(id)), op, fields }
    };
    one.write(OWNER, 1, vec![patient(1, "Ana"), cpf(Op::Insert, 0x901, "12345678909", None)]);
    one.write(OWNER, 1, vec![cpf(Op::Insert, 0x902, "123.456.789-09", None)]);
    accepted(&give(site, &one, 2).unwrap());
    let bearers = |identifier| {
        let found = site.bearers(ORG, identifier).unwrap();
        found.iter().map(|(kind, record): &Key| (*kind, record.0.as_u128())).collect::<Vec<_>>()
    };
    assert_eq!(bearers("123 456 789 09"), [(51, 0x901), (51, 0x902)]);
    assert_eq!(bearers("12345678908"), []);

    one.write(OWNER, 3, vec![cpf(Op::Update, 0x901, "98765432100", None)]);
    one.write(OWNER, 3, vec![cpf(Op::Update, 0x902, "123.456.789-09", Some(5))]);
    accepted(&give(site, &one, 4).unwrap());
    assert_eq!(bearers("12345678909"), [], "one was corrected, one was struck out");
    assert_eq!(bearers("987.654.321-00"), [(51, 0x901)]);
}

fn a_site_knows_its_organizations_and_derives_keys_for_each_purpose<S: Site>(site: &S) {
    assert_eq!(site.organizations().unwrap(), []);
    clinic(site);
    assert_eq!(site.organizations().unwrap(), [ORG]);
    assert_ne!(site.derive("one"), site.derive("two"));
    assert_eq!(site.derive("one"), site.derive("one"));
    assert_eq!(site.find_invite("AAAAAA").unwrap(), None);
    assert!(site.digest(domain::id::OrgId(Uuid::from_u128(99))).is_err());
}

macro_rules! contract {
    ($($promise:ident),+ $(,)?) => {
        mod on_a_file { $(#[test] fn $promise() { crate::on_a_file(|site| super::$promise(site)); })+ }
        mod on_postgresql {
            $(#[test] fn $promise() { super::$promise(&super::postgres::Database::new().open()); })+
        }
    };
}

contract!(
    a_code_is_found_counted_down_and_used_once,
    two_desks_that_were_offered_one_prefix_do_not_both_get_it,
    who_bears_an_identifier_is_found_however_it_is_written,
    a_site_knows_its_organizations_and_derives_keys_for_each_purpose,
);
