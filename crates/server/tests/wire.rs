//! Clients that say nothing, half of something, too much or too slowly do not keep the server from its work.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use server::wire::{Answer, Ask, Service, WireLimits, router, serve};
use sync::protocol::{BadFrame, Limits, decode, encode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Echoes, unpacks, sleeps or panics.
struct Parrot;

const LONGEST: usize = 64 * 1024;

impl Service for Parrot {
    fn longest_body(&self, method: &Method, path: &str) -> Option<usize> {
        match (method.as_str(), path) {
            ("GET", "/health") => Some(0),
            ("POST", "/echo" | "/unpack" | "/slow" | "/panic") => Some(LONGEST),
            ("POST", "/large") => Some(64 << 20),
            _ => None,
        }
    }

    fn answer(&self, ask: Ask) -> Answer {
        let (status, body) = match ask.path.as_str() {
            "/unpack" => match decode::<Vec<u8>>(&ask.body, Limits { packed: LONGEST, plain: 1 << 20 }) {
                Ok(plain) => (StatusCode::OK, plain),
                Err(BadFrame::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, Vec::new()),
                Err(_) => (StatusCode::BAD_REQUEST, Vec::new()),
            },
            "/slow" => {
                std::thread::sleep(Duration::from_millis(700));
                (StatusCode::OK, b"at last".to_vec())
            }
            "/large" => (StatusCode::OK, vec![7; 32 << 20]),
            "/panic" => panic!("planted"),
            _ => (StatusCode::OK, ask.body.to_vec()),
        };
        Answer { status, media_type: "application/octet-stream", body }
    }
}

/// As patient as a test can afford.
const HASTY: WireLimits = WireLimits {
    connections: 64,
    calls: 4,
    turn: Duration::from_secs(5),
    first_byte: Duration::from_millis(300),
    idle: Duration::from_millis(300),
    head: Duration::from_millis(300),
    body: Duration::from_millis(400),
    stall: Duration::from_millis(300),
    farewell: Duration::from_secs(2),
};
/// A limit of `HASTY` has surely passed.
const SURELY: Duration = Duration::from_secs(3);

struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

async fn start(limits: WireLimits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async move { drop(stopped.await) };
    let serving = tokio::spawn(serve(listener, router(Arc::new(Parrot), limits), limits, stopped));
    Running { address, stop: Some(stop), serving }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn post(&self, path: &str, body: Vec<u8>) -> reqwest::Response {
        reqwest::Client::new().post(self.url(path)).body(body).send().await.unwrap()
    }
}

/// Everything the server still says on a connection until it closes it.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // A reset is a way of closing, too.
    drop(timeout(SURELY, stream.read_to_end(&mut said)).await.expect("the server closes the connection"));
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_requests_are_answered_on_one_connection() {
    let server = start(HASTY).await;
    let client = reqwest::Client::new();

    for round in 0..3_u8 {
        let answer = client.post(server.url("/echo")).body(vec![round; 1000]).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "application/octet-stream");
        assert_eq!(answer.bytes().await.unwrap(), vec![round; 1000]);
    }
    assert_eq!(client.get(server.url("/health")).send().await.unwrap().status(), 200);
    assert_eq!(client.get(server.url("/echo")).send().await.unwrap().status(), 404, "another method is another route");
    // A small body: one that is still being sent when the answer comes may meet a closed connection first.
    assert_eq!(server.post("/nowhere", vec![0; 100]).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_is_hung_up_on() {
    let server = start(HASTY).await;
    let started = Instant::now();
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(server.connect().await);
    }

    for stream in &mut silent {
        assert_eq!(until_closed(stream).await, "");
    }

    assert!(started.elapsed() >= HASTY.first_byte, "but not at once");
    assert_eq!(server.post("/echo", vec![1]).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_head_is_not_waited_for_however_it_trickles() {
    let server = start(HASTY).await;
    let mut half = server.connect().await;
    half.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut trickle = server.connect().await;
    let started = Instant::now();
    let (mut reading, mut writing) = trickle.split();
    let trickling = async {
        for byte in b"POST /echo HTTP/1.1\r\nhost: x\r\nx-long: ".iter().chain(std::iter::repeat_n(&b'a', 1000)) {
            if writing.write_all(&[*byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let mut said = Vec::new();

    tokio::select! {
        () = trickling => panic!("the server listened to the whole trickle"),
        _closed = reading.read_to_end(&mut said) => {}
    }

    assert!(started.elapsed() < SURELY);
    until_closed(&mut half).await;
    assert_eq!(server.post("/echo", vec![1]).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_falls_silent_after_a_request_is_hung_up_on() {
    let server = start(HASTY).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();

    let said = until_closed(&mut stream).await;

    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_a_timeout() {
    let server = start(HASTY).await;
    let mut stream = server.connect().await;
    stream.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nonly this").await.unwrap();

    let said = until_closed(&mut stream).await;

    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_too_long_is_refused_unread_and_also_when_it_does_not_say_how_long_it_is() {
    let server = start(HASTY).await;
    let mut announced = server.connect().await;
    announced.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1099511627776\r\n\r\n").await.unwrap();
    let mut chunked = server.connect().await;
    chunked.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
    for _ in 0..5 {
        chunked.write_all(b"4000\r\n").await.unwrap();
        chunked.write_all(&[b'a'; 0x4000]).await.unwrap();
        chunked.write_all(b"\r\n").await.unwrap();
    }

    for stream in [&mut announced, &mut chunked] {
        let said = until_closed(stream).await;
        assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    }
    assert_eq!(server.post("/echo", vec![1; LONGEST]).await.status(), 200, "the longest allowed is allowed");
    assert_eq!(server.post("/echo", vec![1; LONGEST + 1]).await.status(), 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_refused_by_its_decompressed_size() {
    let server = start(HASTY).await;
    let bomb = zstd::bulk::compress(&vec![0; 256 << 20], 3).unwrap();
    assert!(bomb.len() < LONGEST, "256 MiB of nothing fit below the limit for bytes as sent");

    let started = Instant::now();
    let answer = server.post("/unpack", bomb).await;

    assert_eq!(answer.status(), 413);
    assert!(started.elapsed() < Duration::from_secs(2));
    let fair = encode(&vec![5_u8; 1000]).unwrap();
    assert_eq!(server.post("/unpack", fair).await.bytes().await.unwrap(), vec![5; 1000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_too_large_is_refused() {
    let server = start(HASTY).await;
    for head in [format!("x-long: {}\r\n", "a".repeat(20_000)), "x-many: 1\r\n".repeat(70)] {
        let mut stream = server.connect().await;
        stream.write_all(format!("GET /health HTTP/1.1\r\nhost: x\r\n{head}\r\n").as_bytes()).await.unwrap();
        let said = until_closed(&mut stream).await;
        assert!(said.starts_with("HTTP/1.1 431"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_longer_than_the_idle_limit_is_not_cut_off() {
    let server = start(HASTY).await;

    let answer = server.post("/slow", Vec::new()).await;

    assert_eq!(answer.text().await.unwrap(), "at last");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_the_answer_is_hung_up_on() {
    let server = start(WireLimits { connections: 1, ..HASTY }).await;
    let mut deaf = server.connect().await;
    deaf.write_all(b"POST /large HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").await.unwrap();

    // The one place is free again once the server has given up on the deaf one.
    let started = Instant::now();
    loop {
        sleep(Duration::from_millis(100)).await;
        let mut next = server.connect().await;
        next.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.ok();
        let said = until_closed(&mut next).await;
        if said.starts_with("HTTP/1.1 200") {
            break;
        }
        assert!(started.elapsed() < SURELY, "{said}");
    }
    drop(deaf);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_cap_one_is_told_to_come_back() {
    let patient = WireLimits { connections: 3, first_byte: Duration::from_mins(1), ..HASTY };
    let server = start(patient).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(server.connect().await);
    }
    sleep(Duration::from_millis(100)).await;

    let started = Instant::now();
    let said = until_closed(&mut server.connect().await).await;

    assert!(said.starts_with("HTTP/1.1 503") && said.contains("retry-after"), "{said}");
    assert!(started.elapsed() < Duration::from_millis(500));
    drop(held);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(server.post("/echo", vec![1]).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_one_answer_and_nothing_else() {
    let server = start(WireLimits { calls: 1, ..HASTY }).await;

    assert_eq!(server.post("/panic", Vec::new()).await.status(), 500);

    assert_eq!(server.post("/echo", vec![1]).await.status(), 200, "the turn was given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn good_clients_are_served_while_hostile_ones_hold_on() {
    let server = start(WireLimits { connections: 400, ..HASTY }).await;
    let mut hostile = Vec::new();
    for n in 0..300 {
        let mut stream = server.connect().await;
        if n % 2 == 0 {
            stream.write_all(b"POST /echo HTTP/1.1\r\nhost:").await.unwrap();
        }
        hostile.push(stream);
    }

    let client = reqwest::Client::new();
    for _ in 0..50 {
        let answer = client.post(server.url("/echo")).body(vec![3; 100]).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    for stream in &mut hostile {
        until_closed(stream).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_the_request_under_way_end_and_takes_no_other() {
    let mut server = start(HASTY).await;
    let idle = server.connect().await;
    let url = server.url("/slow");
    let under_way =
        tokio::spawn(async move { reqwest::Client::new().post(url).send().await.unwrap().text().await.unwrap() });
    sleep(Duration::from_millis(200)).await;

    server.stop.take().unwrap().send(()).unwrap();

    assert_eq!(under_way.await.unwrap(), "at last");
    timeout(SURELY, server.serving).await.expect("it ends").unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
    drop(idle);
}
