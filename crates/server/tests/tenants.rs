//! What keeps organizations apart in one database, without the server's own care.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests"
)]

#[path = "contract/desk.rs"]
mod desk;
mod postgres;

use desk::{Desk, ORG, OWNER, booking, organization, patient, room, user};
use domain::{
    canonical::{Op, Part},
    id::{OrgId, RecordId, Uuid},
    time::Timestamp,
};
use postgres::{Database, connect, random};
use server::core::{Backend, Contact, Invite, Postgres, PostgresError, ReceiptKey, Site, push};
use tokio_postgres::Client;

const NOW: Timestamp = Timestamp::from_millis(1_795_262_400_000);
const OTHER: &str = "00000000-0000-0000-0000-0000000000ee";

/// A database in which every table has rows of one organization, and the names of those tables.
fn filled() -> (Database, Postgres, Vec<String>) {
    let database = Database::new();
    let data = database.open();
    data.found(&organization()).unwrap();
    let mut one = Desk::new(1);
    data.enrol(&one.device()).unwrap();
    one.write(OWNER, 0, vec![user(OWNER, "owner"), room(), patient(1, "Ana"), booking(1, 0, 60)]);
    let fields = vec![(10, Uuid::from_u128(0x501).into()), (11, "cpf".into()), (12, "12345678909".into())];
    let cpf = Part { kind: 51, record: RecordId(Uuid::from_u128(0x901)), op: Op::Insert, fields };
    one.write(OWNER, 0, vec![cpf]);
    push(&data, ORG, one.request(1), &ReceiptKey([5; 32]), NOW).unwrap().unwrap();
    data.invite(&Invite {
        org: ORG,
        name: "AAAAAA".to_owned(),
        key: [7; 32],
        user: OWNER,
        expires_ms: 5,
        tries_left: 5,
        used_by: None,
    })
    .unwrap();
    let contact = Contact { org: ORG, device: one.device, nonce: [1; 16], at_ms: 5, forget_ms: 0 };
    assert!(data.first_contact(&contact).unwrap());
    assert!(!data.first_contact(&contact).unwrap(), "once");
    let tables = database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        let rows = client
            .query("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace", &[])
            .await
            .unwrap();
        rows.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>()
    });
    let theirs = tables.into_iter().filter(|table| table != "directory" && table != "schema_version").collect();
    (database, data, theirs)
}

async fn count(client: &Client, table: &str) -> i64 {
    client.query_one(&format!("select count(*) from {table}"), &[]).await.unwrap().get(0)
}

async fn within(client: &Client, org: &str) {
    client.batch_execute("begin").await.unwrap();
    client.query("select set_config('praxis.org', $1, true)", &[&org]).await.unwrap();
}

#[test]
fn a_transaction_sees_the_organization_it_named_and_nothing_when_it_named_none() {
    let (database, _data, tables) = filled();
    assert_eq!(tables.len(), 10, "{tables:?}");
    database.runtime().block_on(async {
        // Also the owner of the tables is held.
        for url in [database.app(), database.owner()] {
            let client = connect(&url).await;
            for table in &tables {
                assert_eq!(count(&client, table).await, 0, "{table}, no organization named");
            }
            within(&client, OTHER).await;
            for table in &tables {
                assert_eq!(count(&client, table).await, 0, "{table}, another's organization");
            }
            client.batch_execute("commit").await.unwrap();
            within(&client, &ORG.0.to_string()).await;
            for table in &tables {
                assert!(count(&client, table).await > 0, "{table} has rows, so the zeros above mean something");
            }
            client.batch_execute("commit").await.unwrap();
            for table in &tables {
                assert_eq!(count(&client, table).await, 0, "{table}, after that transaction");
            }
        }
    });
}

#[test]
fn another_organization_can_neither_write_nor_take_nor_learn() {
    let (database, _data, tables) = filled();
    database.runtime().block_on(async {
        let client = connect(&database.app()).await;
        let org = ORG.0;
        for table in &tables {
            within(&client, OTHER).await;
            let stolen = client.execute(&format!("update {table} set org_id = org_id"), &[]).await;
            assert!(stolen.is_err() || stolen.unwrap() == 0, "{table}: a row of another's was changed");
            client.batch_execute("rollback").await.unwrap();
            within(&client, OTHER).await;
            let gone = client.execute(&format!("delete from {table}"), &[]).await;
            assert!(gone.is_err() || gone.unwrap() == 0, "{table}: a row of another's was deleted");
            client.batch_execute("rollback").await.unwrap();
        }
        within(&client, OTHER).await;
        let planted = client
            .execute("insert into contact (org_id, device_id, nonce, at) values ($1, $1, '\\x00', 1)", &[&org])
            .await
            .unwrap_err();
        assert_eq!(planted.code().unwrap().code(), "42501", "a row in another's name");
        client.batch_execute("rollback").await.unwrap();
        within(&client, OTHER).await;
        let head = client.query("select seq from organization where org_id = $1 for update", &[&org]).await.unwrap();
        assert!(head.is_empty(), "another's head cannot be held");
        client.batch_execute("rollback").await.unwrap();
    });
}

#[test]
fn every_table_is_held_every_unique_index_starts_with_the_organization_and_the_role_owns_nothing() {
    let (database, _data, tables) = filled();
    database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        let held = client
            .query(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                 and relrowsecurity and relforcerowsecurity",
                &[],
            )
            .await
            .unwrap();
        let mut held: Vec<String> = held.iter().map(|row| row.get(0)).collect();
        let mut tables = tables;
        held.sort();
        tables.sort();
        assert_eq!(held, tables, "every table but the directory and the schema's version");
        // A unique index over all organizations would tell one that another has a value.
        let oracles = client
            .query(
                "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                 where c.relnamespace = 'public'::regnamespace and i.indisunique and a.attname <> 'org_id'
                 and c.relname not in ('directory', 'schema_version')",
                &[],
            )
            .await
            .unwrap();
        assert!(oracles.is_empty());
        let owned: i64 = client
            .query_one("select count(*) from pg_class where relowner = 'praxis_app'::regrole", &[])
            .await
            .unwrap()
            .get(0);
        assert_eq!(owned, 0);
        let views: i64 =
            client.query_one("select count(*) from pg_views where schemaname = 'public'", &[]).await.unwrap().get(0);
        assert_eq!(views, 0, "a view would be read as its owner");

        let app = connect(&database.app()).await;
        for hostile in [
            "alter table entry disable row level security",
            "alter table entry no force row level security",
            "drop policy own on entry",
            "create policy all_of_it on entry using (true)",
            "alter role praxis_app bypassrls",
            "set role praxis_owner",
            "set session authorization postgres",
            "drop table entry",
            "create table public.mine (a integer)",
            "delete from entry",
            "delete from entry_part",
            "update entry_part set sealed = null",
            "delete from member",
            "truncate entry",
        ] {
            let refused = app.batch_execute(hostile).await.expect_err(hostile);
            assert_eq!(refused.code().unwrap().code(), "42501", "{hostile}: {refused}");
        }
        app.batch_execute("set row_security = off").await.unwrap();
        assert!(app.query("select seq from entry", &[]).await.is_err(), "switched off, it refuses instead of showing");
    });
}

#[test]
fn a_server_refuses_a_role_that_could_see_everything_a_database_of_another_key_and_one_nobody_prepared() {
    let database = Database::new();
    let runtime = database.runtime();
    let open = |url: String, data: std::path::PathBuf| {
        runtime.block_on(Postgres::open(&url, &data, runtime.handle().clone(), random)).err()
    };
    assert!(matches!(open(database.above(), database.data()), Some(PostgresError::Role { .. })));
    assert!(matches!(open(database.owner(), database.data()), Some(PostgresError::Role { .. })));
    let stranger = Database::new();
    assert!(matches!(open(database.app(), stranger.data()), Some(PostgresError::OtherKey)));
    let again = database.prepare_with(&stranger.data());
    assert!(matches!(again, Err(PostgresError::OtherKey)), "nor is it prepared anew");
    database.prepare_with(&database.data()).unwrap();
    let empty = Database::empty();
    assert!(matches!(open(empty.app(), database.data()), Some(PostgresError::Schema { found: 0, .. })));
    assert!(matches!(open(database.app(), database.data().join("nowhere")), Some(PostgresError::Key(_))));
    let far = "postgresql://praxis_app@db.example/praxis".to_owned();
    assert!(matches!(open(far, database.data()), Some(PostgresError::Plain)));
    assert!(open(database.app(), database.data()).is_none());
}

#[test]
fn a_row_that_was_moved_or_changed_does_not_open() {
    let (database, data, _) = filled();
    let org = OrgId(ORG.0);
    data.digest(org).unwrap();
    database.runtime().block_on(async {
        let client = connect(&database.above()).await;
        // Whoever can write the database swaps two patients' rows.
        client
            .batch_execute(
                "update record r set sealed = o.sealed, digest = o.digest from record o
                 where r.org_id = o.org_id and r.kind = 50 and o.kind = 30",
            )
            .await
            .unwrap();
    });
    let trouble = data.digest(org).unwrap_err().to_string();
    assert!(trouble.contains("does not open"), "{trouble}");
}
