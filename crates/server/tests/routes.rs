//! The real server on a port of its own, spoken to over the wire.
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
#[path = "contract/line.rs"]
mod line;
mod postgres;

use desk::{ORG, OWNER, patient};
use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, Uuid},
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use line::{Line, Voice, signed};
use postgres::Database;
use sync::protocol::{
    AdoptReply, CONTACT_HEADER, DigestReply, Exchange, ExchangeReply, ExchangeRequest, FeedToken, InviteReply,
    InviteRequest, JoinCode, Limits, Newcomer, PullPage, PullRequest, PushReply, RefusalReply, RegisterReply,
    RegisterRequest, SCOPE_FULL, decode, encode, joining_proof,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

struct Running {
    line: Line,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    storage: server::Storage,
    folder: tempfile::TempDir,
    database: Option<Database>,
}

impl std::ops::Deref for Running {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.line
    }
}

async fn server_on_a_file() -> Running {
    let folder = tempfile::tempdir().unwrap();
    let storage = server::Storage::from(&folder.path().join("server"));
    running(storage, folder, None).await
}

async fn server_on_postgresql() -> Running {
    let database = tokio::task::spawn_blocking(Database::new).await.unwrap();
    running(database.storage(), tempfile::tempdir().unwrap(), Some(database)).await
}

async fn running(storage: server::Storage, folder: tempfile::TempDir, database: Option<Database>) -> Running {
    let (at, stop, serving) = serve(&storage).await;
    Running { line: Line::to(at), stop: Some(stop), serving, storage, folder, database }
}

async fn serve(storage: &server::Storage) -> (String, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let storage = storage.clone();
    let serving = tokio::spawn(async move {
        server::run(storage, listener, async { drop(stopped.await) }).await.unwrap();
    });
    (at, stop, serving)
}

impl Running {
    async fn end(mut self) {
        drop(self.stop.take());
        self.serving.await.unwrap();
    }

    async fn invite(&self, voice: &Voice) -> JoinCode {
        let question = InviteRequest { actor: OWNER, user: OWNER };
        let invited: InviteReply = self.say(voice, "/v1/invite", &question).await.unwrap();
        JoinCode::of_groups(invited.code).unwrap()
    }

    /// What a newcomer says in the end, and the key it came to.
    async fn registration(&self, code: &JoinCode, voice: &Voice) -> (RegisterRequest, [u8; 32]) {
        let desk =
            Newcomer { device: voice.device, generation: voice.generation, key: voice.key.verifying_key().to_bytes() };
        let (side, said) = Exchange::of_desk(&code.key(), &desk, &self.health().await.server_key, &[3; 32]);
        let exchange = ExchangeRequest { name: code.name(), desk, said };
        let heard: ExchangeReply =
            self.post("/v1/exchange", None, encode(&exchange).unwrap()).await.unwrap_or(ExchangeReply { said: vec![] });
        let shared = side.finish(&heard.said).unwrap_or_default();
        let proof = joining_proof(&shared, "register", &[&exchange.said, &heard.said]);
        (RegisterRequest { exchange, proof }, shared)
    }

    async fn register(&self, request: &RegisterRequest) -> Result<RegisterReply, (u16, RefusalReply)> {
        self.post("/v1/register", None, encode(request).unwrap()).await
    }
}

/// Another code of the same name: a guess.
fn namesake(code: &JoinCode) -> JoinCode {
    let [one, two, three, four, five, six, seven, _] = code.groups();
    let mut tries =
        (0..4096).filter_map(|last| JoinCode::of_groups([one, two, three ^ 1, four, five, six, seven, last]));
    tries.next_back().unwrap()
}

fn newcomer(n: u8) -> Voice {
    Voice {
        device: DeviceId(Uuid::from_u128(0x900 + u128::from(n))),
        generation: GenerationId(Uuid::from_u128(0xA00 + u128::from(n))),
        key: SigningKey::from_bytes(&[n; 32]),
    }
}

fn everything() -> PullRequest {
    PullRequest { scope: SCOPE_FULL.to_owned(), after: FeedToken::after(0), limit: 100, seen: None }
}

async fn a_desk_joins_with_a_code_and_finds_what_the_first_one_wrote(running: Running) {
    let (_, first) = running.adopted().await;
    let code = running.invite(&first).await;

    let second = newcomer(2);
    let (request, shared) = running.registration(&code, &second).await;
    let joined = running.register(&request).await.unwrap();
    let parts = [&joined.certificate[..], &joined.server_certificate, &joined.root_key];
    assert_eq!(joined.proof, joining_proof(&shared, "registered", &parts), "the server knew the code as well");
    let root = VerifyingKey::from_bytes(&joined.root_key).unwrap();
    let server = Certificate::decode(&joined.server_certificate).unwrap();
    server.verify(&root).unwrap();
    let own = Certificate::decode(&joined.certificate).unwrap();
    own.verify(&server.device_key().unwrap()).unwrap();
    assert_eq!((own.prefix.as_str(), joined.user, joined.org), ("B", OWNER, ORG));
    let again = running.register(&request).await.unwrap();
    assert_eq!(again.certificate, joined.certificate, "a lost answer is given again");

    let page: PullPage = running.say(&second, "/v1/pull", &everything()).await.unwrap();
    assert_eq!((page.records.len(), page.up_to_date, page.next.position), (2, true, 2));
    let (other, _) = running.registration(&code, &newcomer(3)).await;
    let refused = running.register(&other).await.unwrap_err();
    assert_eq!((refused.0, refused.1.code.as_str()), (403, "code_expired"), "a code is good for one desk");
    running.end().await;
}

async fn a_code_bears_five_wrong_tries_and_then_nothing(running: Running) {
    let (_, first) = running.adopted().await;
    let code = running.invite(&first).await;
    let guess = namesake(&code);
    let (wrong, _) = running.registration(&guess, &newcomer(2)).await;
    for left in (0..5).rev() {
        let refused = running.register(&wrong).await.unwrap_err();
        assert_eq!((refused.1.code.as_str(), refused.1.tries_left), ("code_wrong", Some(left)));
    }
    let (right, _) = running.registration(&code, &newcomer(2)).await;
    let refused = running.register(&right).await.unwrap_err();
    assert_eq!(refused.1.code, "code_expired");
    running.end().await;
}

async fn whoever_stands_between_desk_and_server_joins_with_nothing_they_heard(running: Running) {
    let (_, first) = running.adopted().await;
    let code = running.invite(&first).await;
    let (heard, _) = running.registration(&code, &newcomer(2)).await;

    let mut own_key = heard.clone();
    own_key.exchange.desk.key = newcomer(9).key.verifying_key().to_bytes();
    let mut own_desk = heard.clone();
    own_desk.exchange.desk.device = newcomer(9).device;
    let mut own_words = heard.clone();
    own_words.exchange.said = running.registration(&namesake(&code), &newcomer(2)).await.0.exchange.said;
    let mut garbled = heard.clone();
    garbled.exchange.said = vec![0x41; 33];
    for (left, stolen) in (1..5).rev().zip([own_key, own_desk, own_words, garbled]) {
        let refused = running.register(&stolen).await.unwrap_err();
        assert_eq!((refused.1.code.as_str(), refused.1.tries_left), ("code_wrong", Some(left)));
    }

    running.register(&heard).await.expect("the desk itself joins with the last try");
    running.end().await;
}

async fn nothing_is_given_to_the_unsigned_the_late_the_replayed_and_the_unknown(running: Running) {
    let (_, voice) = running.adopted().await;
    let body = encode(&everything()).unwrap();
    let code = |refused: Result<PullPage, (u16, RefusalReply)>| refused.unwrap_err().1.code;

    assert_eq!(code(running.post("/v1/pull", None, body.clone()).await), "unsigned");
    let now = running.health().await.now_ms;
    let late = signed(&voice, "POST", "/v1/pull", &body, now - 600_000);
    assert_eq!(code(running.post("/v1/pull", Some(late), body.clone()).await), "too_old");
    let good = signed(&voice, "POST", "/v1/pull", &body, now);
    running.post::<PullPage>("/v1/pull", Some(good.clone()), body.clone()).await.unwrap();
    assert_eq!(code(running.post("/v1/pull", Some(good), body.clone()).await), "replayed");
    let elsewhere = signed(&voice, "POST", "/v1/push", &body, now);
    assert_eq!(code(running.post("/v1/pull", Some(elsewhere), body.clone()).await), "unsigned");
    let stranger = signed(&newcomer(9), "POST", "/v1/pull", &body, now);
    assert_eq!(code(running.post("/v1/pull", Some(stranger), body).await), "unknown_desk");

    let guest = domain::id::UserId(Uuid::from_u128(5));
    let invite = InviteRequest { actor: guest, user: guest };
    let refused = running.say::<InviteReply>(&voice, "/v1/invite", &invite).await.unwrap_err();
    assert_eq!(refused.1.code, "not_permitted");
    running.end().await;
}

async fn a_server_is_adopted_by_one_organization_and_only_with_its_root_key(running: Running) {
    let (_, voice) = running.adopted().await;
    let root = SigningKey::from_bytes(&[77; 32]);
    let again = running.adoption(&root, &voice).await;
    running.say::<AdoptReply>(&voice, "/v1/adopt", &again).await.unwrap();

    let other = running.adoption(&SigningKey::from_bytes(&[78; 32]), &voice).await;
    let refused = running.say::<AdoptReply>(&voice, "/v1/adopt", &other).await.unwrap_err();
    assert_eq!(refused.1.code, "already_adopted");
    let mut mixed = running.adoption(&root, &voice).await;
    mixed.server_certificate.clone_from(&other.server_certificate);
    let refused = running.say::<AdoptReply>(&voice, "/v1/adopt", &mixed).await.unwrap_err();
    assert_eq!(refused.1.code, "bad_certificate");
    running.end().await;
}

async fn a_stopped_server_goes_on_with_its_key_its_desks_and_its_data(mut running: Running) {
    let (mut desk, voice) = running.adopted().await;
    let key = running.health().await.server_key;
    drop(running.stop.take());
    (&mut running.serving).await.unwrap();

    let (at, stop, serving) = serve(&running.storage).await;
    (running.line.at, running.stop, running.serving) = (at, Some(stop), serving);

    assert_eq!(running.health().await.server_key, key);
    desk.write(OWNER, 2, vec![patient(2, "Bia")]);
    let pushed: PushReply = running.say(&voice, "/v1/push", &desk.request(1)).await.unwrap();
    assert_eq!((pushed.outcomes.len(), pushed.expected_seq), (3, 4), "known ones are answered again");
    let now = running.health().await.now_ms;
    let header = signed(&voice, "GET", "/v1/digest", b"", now);
    let digest =
        running.http.get(format!("{}/v1/digest", running.at)).header(CONTACT_HEADER, header).send().await.unwrap();
    let digest: DigestReply = decode(&digest.bytes().await.unwrap(), Limits::SMALL).unwrap();
    assert_eq!(digest.position, 3);
    assert!(digest.digest.ends_with(":3"), "{}", digest.digest);
    running.end().await;
}

macro_rules! on_both {
    ($($promise:ident),+ $(,)?) => {
        mod on_a_file { $(#[tokio::test] async fn $promise() { super::$promise(super::server_on_a_file().await).await; })+ }
        mod on_postgresql {
            $(#[tokio::test] async fn $promise() { super::$promise(super::server_on_postgresql().await).await; })+
        }
    };
}

on_both!(
    a_desk_joins_with_a_code_and_finds_what_the_first_one_wrote,
    a_code_bears_five_wrong_tries_and_then_nothing,
    whoever_stands_between_desk_and_server_joins_with_nothing_they_heard,
    nothing_is_given_to_the_unsigned_the_late_the_replayed_and_the_unknown,
    a_server_is_adopted_by_one_organization_and_only_with_its_root_key,
    a_stopped_server_goes_on_with_its_key_its_desks_and_its_data,
);

#[tokio::test]
async fn two_processes_on_one_database_are_one_server() {
    let one = server_on_postgresql().await;
    let (mut desk, voice) = one.adopted().await;
    let two = running(one.storage.clone(), tempfile::tempdir().unwrap(), None).await;
    assert_eq!(one.health().await.server_key, two.health().await.server_key);

    // What one took in the other serves, and positions go on.
    desk.write(OWNER, 2, vec![patient(2, "Bia")]);
    let pushed: PushReply = two.say(&voice, "/v1/push", &desk.only(3)).await.unwrap();
    assert_eq!(pushed.expected_seq, 4);
    let page: PullPage = one.say(&voice, "/v1/pull", &everything()).await.unwrap();
    assert_eq!((page.records.len(), page.next.position), (3, 3));

    // A contact that one has heard the other does not hear again.
    let body = encode(&everything()).unwrap();
    let header = signed(&voice, "POST", "/v1/pull", &body, one.health().await.now_ms);
    one.post::<PullPage>("/v1/pull", Some(header.clone()), body.clone()).await.unwrap();
    let refused = two.post::<PullPage>("/v1/pull", Some(header), body).await.unwrap_err();
    assert_eq!(refused.1.code, "replayed");

    // A code that one gave the other redeems, also when the key exchange began at the first.
    let code = one.invite(&voice).await;
    let second = newcomer(2);
    let (request, _) = one.registration(&code, &second).await;
    assert_eq!(two.register(&request).await.unwrap().org, ORG);
    let page: PullPage = one.say(&second, "/v1/pull", &everything()).await.unwrap();
    assert_eq!(page.records.len(), 3);
    two.end().await;
    one.end().await;
}
