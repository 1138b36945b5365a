//! The accept loop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::WireLimits;
use super::patience::{Counted, Patient, UnderWay};

/// Request heads: ours have a dozen headers and are under 2 KiB.
const MOST_HEADERS: usize = 64;
/// hyper's buffer, which bounds a head as well.
const MOST_HEAD: usize = 16 * 1024;
/// What one connection beyond the cap is told.
const COME_BACK: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n";

/// Serves `router` on `listener` until `stop` resolves, then lets requests under way end, within the farewell.
///
/// The peer's address is in each request as `ConnectInfo<SocketAddr>`.
pub async fn serve(listener: TcpListener, router: Router, limits: WireLimits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: closing connections frees some. A tight loop would not help.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let connection = connection(stream, peer, router.clone(), limits);
                let watched = graceful.watch(connection);
                tokio::spawn(async move {
                    if let Err(error) = watched.await {
                        tracing::debug!(%peer, %error, "a connection ended early");
                    }
                    drop(place);
                });
            }
            Err(_full) => drop(tokio::spawn(turn_away(stream))),
        }
    }
    drop(listener);
    if timeout(limits.farewell, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were cut off at shutdown");
    }
}

/// One connection: patient stream, header timeout, requests counted while they are under way.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: WireLimits,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    // A small answer must not wait for the client's acknowledgement; that it cannot be set harms nothing.
    stream.set_nodelay(true).ok();
    let under_way = UnderWay::default();
    let io = TokioIo::new(Patient::new(stream, under_way.clone(), limits));
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let guard = under_way.one();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.call(request);
        async move { answer.await.map(|answer| answer.map(|body| Body::new(Counted::new(body, guard)))) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEAD)
        .serve_connection(io, service)
}

/// Tells a connection beyond the cap to come back, without reading a byte of it.
async fn turn_away(mut stream: TcpStream) {
    let said = async {
        stream.write_all(COME_BACK).await?;
        stream.shutdown().await
    };
    // Whether it listens is its own affair.
    drop(timeout(Duration::from_millis(100), said).await);
}
