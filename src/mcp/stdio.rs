//! The door for an agent that has started the server.

use std::{
    io,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
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
    talk(session, tokio::io::stdin(), tokio::io::stdout(), signal()).await;
    Ok(())
}

/// Serve one client over two streams until its input ends, or until `stop` does.
pub async fn talk<R, W>(session: &Session, read: R, write: W, stop: impl Future<Output = ()>)
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let turns = Turns::new();
    let server = Server::new(session.clone(), turns.clone());
    let end = Arc::new(Notify::new());
    let input = Input {
        inner: read,
        end: Arc::clone(&end),
    };
    let mut served = pin!(over(server, input, write));
    let ended = tokio::select! {
        () = &mut served => true,
        () = stop => false,
        () = async { end.notified().await; sleep(GRACE).await } => false,
    };
    turns.end();
    turns.last().await;
    if !ended {
        // What is not sent by then is wanted by nobody.
        let _ = timeout(FLUSH, served).await;
    }
}

/// An input that tells when it ends.
struct Input<R> {
    inner: R,
    end: Arc<Notify>,
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
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
