//! The door for agents that find the server running. Host and Origin are checked
//! by the SDK, behind the token.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Full, Limited, combinators::BoxBody};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{AUTHORIZATION, CONNECTION, HeaderMap, HeaderValue, WWW_AUTHENTICATE},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use subtle::ConstantTimeEq as _;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    server::{Endpoint, Server},
    turns::{Turns, signal},
};
use crate::{
    digest::Digest,
    ops::session::{Http, Session, Token},
};

/// The path of the endpoint.
const PATH: &str = "/mcp";

/// The largest request: far more than the document of a large model.
pub const BODY: usize = 16 << 20;

/// Connections at a time; others wait to be accepted.
const CONNECTIONS: usize = 256;

/// How long the head of a request may take, and a connection may be idle.
const HEAD: Duration = Duration::from_secs(30);

/// How long the body of a request may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// How long answers may take to be sent when the server ends.
const FLUSH: Duration = Duration::from_millis(300);

type Body = BoxBody<Bytes, Infallible>;

/// Serve until a signal.
pub async fn serve(session: &Session, http: &Http, tell: &dyn Fn(&str)) -> io::Result<()> {
    let listener = TcpListener::bind(http.address).await?;
    let address = listener.local_addr()?;
    let turns = Turns::new();
    let server = Server::new(session.clone(), turns.clone());
    let door = Arc::new(Door {
        token: http.token.as_ref().map(digest),
        endpoint: Endpoint::new(server, &hosts(http, address), &http.origins),
    });
    tell(&format!("http://{address}{PATH}"));
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut asked = pin!(signal());
    loop {
        let accepted = tokio::select! {
            () = &mut asked => break,
            accepted = accept(&listener, &room) => accepted,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, place)) => {
                let door = Arc::clone(&door);
                connections.spawn(async move {
                    door.connection(stream).await;
                    drop(place);
                });
            }
            // Too many open files, a client that is gone: the next one may fit.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    turns.end();
    turns.last().await;
    sleep(FLUSH).await;
    door.endpoint.close();
    let _ = timeout(FLUSH, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Option<tokio::sync::OwnedSemaphorePermit>)> {
    // It is never closed.
    let place = Arc::clone(room).acquire_owned().await.ok();
    let (stream, _) = listener.accept().await?;
    // Answers are small and waited for.
    let _ = stream.set_nodelay(true);
    Ok((stream, place))
}

/// The names by which a request may call this host.
fn hosts(http: &Http, address: SocketAddr) -> Vec<String> {
    let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    // That of every address says nothing of the name that a client uses.
    if !address.ip().is_unspecified() {
        hosts.push(address.ip().to_string());
    }
    hosts.extend(http.hosts.iter().cloned());
    hosts
}

struct Door {
    /// The digest of the token: of one length, whatever is compared with it.
    token: Option<Digest>,
    endpoint: Endpoint,
}

impl Door {
    async fn connection(&self, stream: TcpStream) {
        let answer =
            service_fn(|request| async { Ok::<_, Infallible>(self.answer(request).await) });
        // What is wrong with a connection concerns its client, which knows.
        let _ = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(TokioIo::new(stream), answer)
            .await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        if !self.admits(request.headers()) {
            let mut refused = said(StatusCode::UNAUTHORIZED, "a token is needed\n");
            let challenge = HeaderValue::from_static("Bearer realm=\"cargo-emc\"");
            refused.headers_mut().insert(WWW_AUTHENTICATE, challenge);
            return refused;
        }
        if request.uri().path() != PATH {
            return said(StatusCode::NOT_FOUND, "the endpoint is /mcp\n");
        }
        let (head, body) = request.into_parts();
        match timeout(BODY_TIME, Limited::new(body, BODY).collect()).await {
            Ok(Ok(body)) => {
                let whole = Request::from_parts(head, Full::new(body.to_bytes()));
                self.endpoint.handle(whole).await
            }
            Ok(Err(_)) => said(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large\n"),
            Err(_) => said(StatusCode::REQUEST_TIMEOUT, "the request took too long\n"),
        }
    }

    /// Whether a request bears the token. How long it takes to say no tells
    /// nothing of the token.
    fn admits(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else {
            return true;
        };
        let borne = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.as_bytes().split_at_checked("Bearer ".len()))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"Bearer "))
            .map(|(_, borne)| borne);
        borne.is_some_and(|borne| {
            let borne = Digest::of(borne);
            bool::from(borne.as_bytes().ct_eq(token.as_bytes()))
        })
    }
}

fn digest(token: &Token) -> Digest {
    Digest::of(token.0.as_bytes())
}

/// A refusal; the rest of the request is not waited for.
pub fn said(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())).boxed());
    *response.status_mut() = status;
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response
}
