//! What both HTTP listeners serve: the page and `/ws`.

use std::sync::Arc;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use host::{Host, Via};
use model::{DeviceKind, HostKey, limits};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;
use wire::{ByeReason, CloseCode, Version};

use crate::accept::{Arrived, Shown};
use crate::gate::{Ticket, TurnedAway};
use crate::origin::Names;
use crate::page;
use crate::pump::{pump, turn_away};

/// The host, once it runs. Listeners are bound before, so that it starts knowing its addresses.
pub(crate) type HostSlot = watch::Receiver<Option<Host>>;

#[derive(Clone)]
pub(crate) struct Site {
    pub names: Arc<Names>,
    pub host: HostSlot,
    /// Sockets that are still to say goodbye.
    pub open: TaskTracker,
}

impl Site {
    pub fn router(self) -> Router {
        Router::new()
            .route("/ws", any(upgrade))
            .route("/peer/{host}", any(upgrade_elsewhere))
            .fallback(page::serve)
            .layer(from_fn_with_state(self.clone(), guard))
            .with_state(self)
    }

    /// Pages can't hide their origin and programs have none: so a browser is told from a peer (PA11).
    fn via(&self, (ticket, shown): (&Ticket, Shown), headers: &HeaderMap) -> Via {
        let kind = match (headers.contains_key(header::ORIGIN), shown) {
            (true, Shown::Trusted) => DeviceKind::VerifiedBrowser,
            (true, Shown::Own) => DeviceKind::Browser,
            (false, Shown::Own | Shown::Trusted) => DeviceKind::Peer,
        };
        match *self.names {
            Names::Loopback { .. } => Via::Loopback,
            Names::Guests => Via::Tls { from: ticket.from, kind },
        }
    }
}

pub(crate) async fn running(slot: &mut HostSlot) -> Option<Host> {
    slot.wait_for(Option::is_some).await.ok().and_then(|host| host.clone())
}

async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let authority = site.names.authority(request.headers()).map(str::to_owned);
    let mut response = match &authority {
        Some(_) => next.run(request).await,
        None => (StatusCode::FORBIDDEN, "This host does not go by that name.\n").into_response(),
    };
    page::guard(&site.names, authority.as_deref().unwrap_or_default(), response.headers_mut());
    response
}

async fn upgrade(
    State(site): State<Site>,
    Extension(arrived): Extension<Arrived>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    open_socket(site, arrived, &headers, (socket, None)).await
}

/// The owner's page goes to another host through this one. Nobody else's page does: on the guests' port
/// there is nothing here.
async fn upgrade_elsewhere(
    State(site): State<Site>,
    Path(host): Path<String>,
    Extension(arrived): Extension<Arrived>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    match *site.names {
        Names::Loopback { .. } => open_socket(site, arrived, &headers, (socket, Some(HostKey(host)))).await,
        Names::Guests => (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response(),
    }
}

async fn open_socket(
    mut site: Site,
    Arrived { ticket, shown }: Arrived,
    headers: &HeaderMap,
    (socket, elsewhere): (WebSocketUpgrade, Option<HostKey>),
) -> Response {
    if !site.names.admits(headers) {
        return (StatusCode::FORBIDDEN, "Pages of other origins may not talk to this host.\n")
            .into_response();
    }
    let socket = socket.max_message_size(MOST_READ).max_frame_size(MOST_READ);
    let socket = socket.read_buffer_size(READ_AT_ONCE);
    let offered = headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|it| it.to_str().ok());
    let (socket, refusal) = match Version::negotiate(offered.unwrap_or_default()) {
        Some(version) => (socket.protocols([version.sub_protocol()]), turned_away(&ticket)),
        None => (echo(socket), Some(NO_VERSION)),
    };
    if let Some(refusal) = refusal {
        return socket.on_upgrade(move |socket| turn_away(socket, refusal, ticket));
    }
    let via = site.via((&ticket, shown), headers);
    let Some(host) = running(&mut site.host).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "The host is stopping.\n").into_response();
    };
    let open = site.open.clone();
    socket.on_upgrade(move |socket| {
        let connection = match elsewhere {
            None => host.connect(via),
            Some(other) => host.connect_elsewhere(via, other),
        };
        open.track_future(pump(socket, connection, ticket))
    })
}

/// A frame that is too large is read to its end before it is refused: a socket closed with bytes
/// unread is reset, and the client learns no reason. Beyond this it is reset.
const MOST_READ: usize = 2 * limits::FRAME_BYTES;

/// The library zeroes as much before each read, which at its usual 128 KiB costs more than all the
/// rest of a frame. What clients send is small, and a larger frame takes some more reads.
const READ_AT_ONCE: usize = 4 * 1024;

/// A last word and its close code.
pub(crate) type Refusal = (ByeReason, &'static str, CloseCode);

const NO_VERSION: Refusal = (
    ByeReason::Version,
    "We have no version in common. Update Conclave on the older side.",
    CloseCode::Version,
);
const FULL: Refusal =
    (ByeReason::Rate, "All places at this host are taken. Try again in a moment.", CloseCode::Rate);
const WAIT: Refusal = (
    ByeReason::Rate,
    "There were too many failed attempts from your address. Try again later.",
    CloseCode::Rate,
);

fn turned_away(ticket: &Ticket) -> Option<Refusal> {
    match ticket.upgrade() {
        Ok(()) => None,
        Err(TurnedAway::Full) => Some(FULL),
        Err(TurnedAway::Wait) => Some(WAIT),
    }
}

/// A browser drops a socket without a word when none of its sub-protocols is taken up, and would not
/// learn the close code. So one is, for as long as it takes to say goodbye.
fn echo(mut socket: WebSocketUpgrade) -> WebSocketUpgrade {
    let first: Option<HeaderValue> = socket.requested_protocols().next().cloned();
    if let Some(first) = first {
        socket.set_selected_protocol(first);
    }
    socket
}
