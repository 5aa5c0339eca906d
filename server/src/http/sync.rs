//! `/sync/{board}`: the WebSocket, or without an upgrade the board's state.
//!
//! Owns the handshake: subprotocol, frame cap. warp's own upgrade answers no subprotocol
//! and keeps 128 KiB per connection, so the upgrade is made here.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use board::id::{BoardId, InvalidId};
use board::protocol::{CloseCode, SUBPROTOCOL};
use hyper::upgrade::{OnUpgrade, Parts};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tracing::Instrument as _;
use warp::Reply;
use warp::http::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use warp::http::{Method, StatusCode};
use warp::reply::Response;

use super::request::Request;
use super::{Context, boards, no_board, refusal, state};
use crate::accept::Watched;
use crate::addresses::Place;
use crate::connection::{self, Line};
use crate::metrics::{Counted, Metrics};
use crate::principal::Principal;
use crate::rooms::Closed;

/// A connection's places among those that the server allows, in all and for its address; given back
/// when the last clone is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    /// Where the connection comes from, which may be a proxy.
    peer: IpAddr,
    /// Whether it speaks TLS.
    tls: bool,
    /// It comes by the operator's own door.
    operator: bool,
    #[allow(dead_code, reason = "held, never read")]
    held: Arc<(Option<OwnedSemaphorePermit>, Option<Place>, Counted)>,
}

impl Admission {
    /// From what was given to a connection.
    pub(crate) fn new(
        permit: OwnedSemaphorePermit,
        place: Option<Place>,
        (peer, tls): (IpAddr, bool),
        metrics: &Arc<Metrics>,
    ) -> Self {
        let counted = Counted::new(&metrics.connections);
        Self {
            peer,
            tls,
            operator: false,
            held: Arc::new((Some(permit), place, counted)),
        }
    }

    /// Of whoever has the data directory, to whom no bound applies.
    pub(crate) fn operator(metrics: &Arc<Metrics>) -> Self {
        Self {
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
            tls: false,
            operator: true,
            held: Arc::new((None, None, Counted::new(&metrics.connections))),
        }
    }

    pub(super) fn is_operators(&self) -> bool {
        self.operator
    }

    pub(super) fn peer(&self) -> IpAddr {
        self.peer
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.tls
    }
}

/// Who joins which board, or what they are told instead.
type Joining = Result<(BoardId, Principal), (CloseCode, String)>;

/// Answers with the board: the socket to it, or its state.
pub(super) async fn answer(
    context: &Context,
    request: &Request,
    board: BoardId,
    principal: Principal,
) -> Response {
    if wants_websocket(&request.headers) {
        return websocket(context, request, Ok((board, principal)));
    }
    match context.rooms.lease(&board) {
        Ok(lease) => state::answer(context, &board, lease, &request.headers).await,
        Err(Closed::Deleted) => boards::deleted(),
        Err(full @ Closed::Full) => {
            context.metrics.refused("boards");
            let text = format!("The server is busy: {full}.");
            refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", &text)
        }
    }
}

/// Answers to an address that names no possible board.
pub(super) fn misnamed(context: &Context, request: &Request, error: &InvalidId) -> Response {
    if wants_websocket(&request.headers) && request.method == Method::GET {
        let why = (CloseCode::NoSuchBoard, super::misnamed(error));
        return websocket(context, request, Err(why));
    }
    no_board(error)
}

/// Answers where a deleted board was.
pub(super) fn deleted(context: &Context, request: &Request) -> Response {
    if wants_websocket(&request.headers) {
        let why = (CloseCode::Deleted, Closed::Deleted.to_string());
        return websocket(context, request, Err(why));
    }
    boards::deleted()
}

/// Opens the socket to a board for somebody, or one that only says why there is none.
fn websocket(context: &Context, request: &Request, joining: Joining) -> Response {
    let headers = &request.headers;
    let Some(upgrade) = request.upgrade.clone() else {
        let text = "This connection cannot be upgraded.";
        return refusal::page(StatusCode::BAD_REQUEST, "No WebSocket", text);
    };
    if !request.is_welcome(context) {
        context.metrics.refused("origin");
        let text = "Pages of other sites may not connect here. The operator can allow them with \
                    --allow-origin.";
        return refusal::page(StatusCode::FORBIDDEN, "Foreign origin", text);
    }
    let Some(key) = headers.get(SEC_WEBSOCKET_KEY) else {
        let text = "The WebSocket handshake is incomplete.";
        return refusal::page(StatusCode::BAD_REQUEST, "No WebSocket", text);
    };
    if headers
        .get(SEC_WEBSOCKET_VERSION)
        .is_none_or(|version| version != "13")
    {
        let mut response = StatusCode::UPGRADE_REQUIRED.into_response();
        let version = HeaderValue::from_static("13");
        response
            .headers_mut()
            .insert(SEC_WEBSOCKET_VERSION, version);
        return response;
    }
    let visitor = match Visitor::admit(context, request) {
        Some(visitor) => visitor,
        None => {
            context.metrics.refused("address");
            let text = "Your address has as many connections as one may have. Try again.";
            return refusal::page(StatusCode::TOO_MANY_REQUESTS, "Too many connections", text);
        }
    };
    let protocol = subprotocol(headers);
    let own = protocol
        .as_ref()
        .is_some_and(|chosen| chosen == SUBPROTOCOL);
    let named = joining.as_ref().map_or("", |(board, _)| board.as_str());
    // At info it would be entered and left for every frame that is sent.
    let span = tracing::debug_span!("connection", board = named, address = %visitor.address);
    let serving = converse(context.clone(), joining, own, upgrade, visitor);
    context.sockets.spawn(serving.instrument(span));
    switching(key, protocol)
}

/// Who a WebSocket is for: held as long as it is open.
struct Visitor {
    address: IpAddr,
    #[allow(dead_code, reason = "held, never read")]
    places: (Option<Admission>, Option<Place>),
}

impl Visitor {
    /// `None` when a proxy's client has too many connections; others were counted at the door.
    fn admit(context: &Context, request: &Request) -> Option<Self> {
        let (peer, address) = (request.peer(), request.address(context));
        let place = match context.addresses.is_proxy(peer) {
            true => Some(context.addresses.admit(address)?),
            false => None,
        };
        Some(Self {
            address,
            places: (request.admission.clone(), place),
        })
    }
}

async fn converse(
    context: Context,
    joining: Joining,
    own: bool,
    upgrade: OnUpgrade,
    visitor: Visitor,
) {
    let upgraded = match upgrade.await {
        Ok(upgraded) => upgraded,
        Err(error) => return tracing::debug!(%error, "an upgrade failed"),
    };
    let (intake, address) = (context.intake.clone(), visitor.address);
    match upgraded.downcast::<TokioIo<Watched<TcpStream>>>() {
        Ok(plain) => {
            let Parts { io, read_buf, .. } = plain;
            let line = Line::plain(io.into_inner().into_inner(), &read_buf, intake);
            // A part of the buffer that the handshake was read into.
            drop(read_buf);
            Box::pin(seat(&context, joining, address, own, line)).await;
        }
        Err(upgraded) => {
            let line = Line::split(TokioIo::new(upgraded), intake);
            Box::pin(seat(&context, joining, address, own, line)).await;
        }
    }
    drop(visitor);
}

async fn seat<R, W>(
    context: &Context,
    joining: Joining,
    address: IpAddr,
    own: bool,
    line: Line<R, W>,
) where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    match joining {
        Ok((board, principal)) => match context.rooms.lease(&board) {
            Ok(lease) => connection::serve(line, lease.for_address(address), own, principal).await,
            Err(closed) => {
                context.metrics.refused("boards");
                connection::refuse(line, closed.code(), &closed.to_string()).await;
            }
        },
        // Refusing the handshake instead would make y-websocket try again for ever.
        Err((code, reason)) => {
            context.metrics.closed(code);
            connection::refuse(line, code, &reason).await;
        }
    }
}

fn switching(key: &HeaderValue, protocol: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accept) = HeaderValue::try_from(derive_accept_key(key.as_bytes())) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    if let Some(protocol) = protocol {
        headers.insert(SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    response
}

fn wants_websocket(headers: &HeaderMap) -> bool {
    let value = headers.get(UPGRADE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Drawbridge's own if it is offered, else the first: a browser drops a connection that answers
/// none of those it offered.
fn subprotocol(headers: &HeaderMap) -> Option<HeaderValue> {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL).into_iter();
    let offered: Vec<&str> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let own = offered.iter().find(|name| **name == SUBPROTOCOL);
    let chosen = own.or(offered.first())?;
    HeaderValue::from_str(chosen).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_own_subprotocol_is_picked_wherever_it_stands() {
        let chosen = |offer| subprotocol(&headers(&[("sec-websocket-protocol", offer)]));
        assert_eq!(chosen("x, drawbridge.1").unwrap(), "drawbridge.1");
        assert_eq!(chosen("x, y").unwrap(), "x");
        assert_eq!(subprotocol(&HeaderMap::new()), None);
    }
}
