//! From a request of bounded size to the service, and back.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::WireLimits;

/// A whole request.
#[derive(Debug)]
pub struct Ask {
    /// The method.
    pub method: Method,
    /// The path, without the query; queries are not used.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it was sent, no longer than the service allowed. Decompressing it, within limits of its own, is
    /// the service's work.
    pub body: Bytes,
    /// Who is at the other end of the connection: a proxy, often.
    pub peer: SocketAddr,
}

/// What is answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The media type of the body.
    pub media_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

/// The server's work below its wire: bytes in, bytes out.
pub trait Service: Send + Sync + 'static {
    /// The longest body this route takes, in bytes as sent; `None`: there is no such route. Asked before a byte
    /// of the body is read.
    fn longest_body(&self, method: &Method, path: &str) -> Option<usize>;

    /// Answers. May block; it runs on a thread of its own.
    fn answer(&self, ask: Ask) -> Answer;
}

/// All requests to one service.
struct Desk<S> {
    service: Arc<S>,
    turns: Arc<Semaphore>,
    limits: WireLimits,
}

/// A router that hands every request to `service`.
pub fn router<S: Service>(service: Arc<S>, limits: WireLimits) -> Router {
    let desk = Desk { service, turns: Arc::new(Semaphore::new(limits.calls)), limits };
    Router::new().fallback(hand_over::<S>).with_state(Arc::new(desk))
}

async fn hand_over<S: Service>(
    State(desk): State<Arc<Desk<S>>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response<Body> {
    match take_in(&desk, peer, request).await {
        Ok(ask) => work(&desk, ask).await,
        Err(status) => refusal(status),
    }
}

/// Reads the body, within the route's length and the wire's patience.
async fn take_in<S: Service>(desk: &Desk<S>, peer: SocketAddr, request: Request<Body>) -> Result<Ask, StatusCode> {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let longest = desk.service.longest_body(&head.method, &path).ok_or(StatusCode::NOT_FOUND)?;
    // What already says that it is too long is not read at all.
    if body.size_hint().lower() > longest as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match timeout(desk.limits.body, Limited::new(body, longest).collect()).await {
        Ok(Ok(body)) => Ok(Ask { method: head.method, path, headers: head.headers, body: body.to_bytes(), peer }),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_broken_off)) => Err(StatusCode::BAD_REQUEST),
        Err(_late) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

async fn work<S: Service>(desk: &Desk<S>, ask: Ask) -> Response<Body> {
    let Ok(Ok(turn)) = timeout(desk.limits.turn, Arc::clone(&desk.turns).acquire_owned()).await else {
        return refusal(StatusCode::SERVICE_UNAVAILABLE);
    };
    let service = Arc::clone(&desk.service);
    let (method, path) = (ask.method.clone(), ask.path.clone());
    // The turn is given back when the work ends, also when the client went away meanwhile.
    let worked = tokio::task::spawn_blocking(move || {
        let answer = service.answer(ask);
        drop(turn);
        answer
    });
    match worked.await {
        Ok(answer) => {
            tracing::debug!(%method, path, status = answer.status.as_u16(), "answered");
            let mut response = Response::new(Body::from(answer.body));
            *response.status_mut() = answer.status;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media_type));
            response
        }
        Err(error) => {
            tracing::error!(%method, path, %error, "the service gave up on a request");
            refusal(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// A refusal by the wire: a status and nothing else, and no further request on this connection, whose body may
/// not have been read.
fn refusal(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}
