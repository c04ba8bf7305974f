//! The door for an agent that has started the server.

use std::{
    io,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, ReadBuf, Stdin},
    sync::Notify,
    time::{sleep, timeout},
};

use super::{
    server::{Server, over},
    turns::{Turns, signal},
};
use crate::ops::session::Session;

/// How long calls go on after the end of the input. A write that has begun is
/// finished, however long it takes.
const GRACE: Duration = Duration::from_millis(700);

/// How long the answer to the last write may take to be sent.
const FLUSH: Duration = Duration::from_millis(150);

/// Serve one client until its input ends, or until a signal.
pub async fn serve(session: &Session) -> io::Result<()> {
    let turns = Turns::new();
    let server = Server::new(session.clone(), turns.clone());
    let end = Arc::new(Notify::new());
    let input = Input {
        inner: tokio::io::stdin(),
        end: Arc::clone(&end),
    };
    let mut served = pin!(over(server, input, tokio::io::stdout()));
    let ended = tokio::select! {
        () = &mut served => true,
        () = signal() => false,
        () = async { end.notified().await; sleep(GRACE).await } => false,
    };
    turns.end();
    turns.last().await;
    if !ended {
        // What is not sent by then is wanted by nobody.
        let _ = timeout(FLUSH, served).await;
    }
    Ok(())
}

/// The standard input, which tells when it ends.
struct Input {
    inner: Stdin,
    end: Arc<Notify>,
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        let over = match &polled {
            Poll::Ready(Ok(())) => buffer.filled().len() == before,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        };
        if over {
            self.end.notify_one();
        }
        polled
    }
}
