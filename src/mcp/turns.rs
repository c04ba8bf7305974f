//! Whose turn it is to write, and the end of all turns.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::tool::Turn;

/// One call writes at a time, and one verifies. Copies are one and the same.
#[derive(Clone, Debug)]
pub struct Turns {
    writing: Arc<Mutex<()>>,
    verifying: Arc<Mutex<()>>,
    over: watch::Sender<bool>,
}

/// A turn; it lasts as long as the value. None for who only reads.
pub type Taken = Option<OwnedMutexGuard<()>>;

/// No turn is given any more.
#[derive(Debug)]
pub struct Over;

impl Turns {
    /// Turns from now on.
    pub fn new() -> Self {
        Self {
            writing: Arc::default(),
            verifying: Arc::default(),
            over: watch::Sender::new(false),
        }
    }

    /// Wait for a turn. First come, first served.
    pub async fn take(&self, turn: Turn) -> Result<Taken, Over> {
        let lock = match turn {
            Turn::Reads => return Ok(None),
            Turn::Writes => &self.writing,
            Turn::Verifies => &self.verifying,
        };
        tokio::select! {
            biased;
            () = self.over() => Err(Over),
            taken = Arc::clone(lock).lock_owned() => Ok(Some(taken)),
        }
    }

    /// Give no turn any more.
    pub fn end(&self) {
        self.over.send_replace(true);
    }

    /// Until no turn is given any more.
    pub async fn over(&self) {
        // It cannot be dropped before this is.
        let _ = self.over.subscribe().wait_for(|over| *over).await;
    }

    /// Until the turns that were given are over.
    pub async fn last(&self) {
        let _writing = self.writing.lock().await;
        let _verifying = self.verifying.lock().await;
    }
}

/// Until somebody asks the process to end.
pub async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut signals: Vec<_> = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ]
        .into_iter()
        .filter_map(|kind| signal(kind).ok())
        .collect();
        std::future::poll_fn(|context| {
            let asked = signals
                .iter_mut()
                .any(|signal| signal.poll_recv(context).is_ready());
            if asked {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn run(work: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        runtime.expect("a runtime").block_on(work);
    }

    async fn waits(work: impl Future) -> bool {
        tokio::time::timeout(Duration::from_millis(20), work)
            .await
            .is_err()
    }

    #[test]
    fn one_writes_at_a_time_and_nobody_waits_to_read() {
        run(async {
            let turns = Turns::new();
            let first = turns.take(Turn::Writes).await.expect("a turn");
            assert!(waits(turns.take(Turn::Writes)).await);
            assert!(!waits(turns.take(Turn::Reads)).await);
            assert!(!waits(turns.take(Turn::Verifies)).await);
            drop(first);
            assert!(!waits(turns.take(Turn::Writes)).await);
        });
    }

    #[test]
    fn the_end_waits_for_who_writes_and_gives_no_turn() {
        run(async {
            let turns = Turns::new();
            let first = turns.take(Turn::Writes).await.expect("a turn");
            assert!(waits(turns.over()).await);
            turns.end();
            assert!(!waits(turns.over()).await);
            assert!(turns.take(Turn::Writes).await.is_err());
            assert!(waits(turns.last()).await);
            drop(first);
            assert!(!waits(turns.last()).await);
        });
    }
}
