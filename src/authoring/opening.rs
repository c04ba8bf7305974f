//! A store that is being opened on a thread of its own, so that other work goes
//! on meanwhile.

use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{self, JoinHandle},
};

use eventcore_fs::FileEventStore;
use tokio::runtime::Runtime;

use super::{Refused, store::failed};

/// eventcore-fs follows parents by recursion. Memory of a stack is used as far
/// as the recursion goes only.
const STACK: usize = 256 << 20;

/// What is to be done with the open store, or with the reason why it is not open.
type Job = Box<dyn FnOnce(Result<(&Runtime, &FileEventStore), Refused>) + Send>;

/// A store that is being opened. When it is dropped unused, the store is closed
/// before that ends.
pub(super) struct Opening {
    job: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Opening {
    /// Start to open a store.
    pub(super) fn start(
        open: impl FnOnce() -> Result<FileEventStore, Refused> + Send + 'static,
    ) -> io::Result<Self> {
        let (job, jobs) = channel();
        let thread = thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || run(open, &jobs))?;
        Ok(Self {
            job: Some(job),
            thread: Some(thread),
        })
    }

    /// Work with the store once it is open. It is being closed when this returns:
    /// all that the work wrote is written by then, its memory is yet to be given
    /// back, and its lock too.
    pub(super) fn work<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&Runtime, &FileEventStore) -> Result<T, Refused> + Send + 'static,
    ) -> Result<(T, Closing), Refused> {
        let (tell, told) = channel();
        let job: Job = Box::new(move |opened| {
            // Nobody has stopped listening: the answer is waited for below.
            let _ = tell.send(opened.and_then(|(runtime, store)| work(runtime, store)));
        });
        if let Some(jobs) = self.job.take() {
            // A thread that has died is told of below.
            let _ = jobs.send(job);
        }
        let thread = self.thread.take();
        match (told.recv(), thread) {
            (Ok(result), thread) => {
                let closing = Closing(thread);
                result.map(|value| (value, closing))
            }
            (Err(_), thread) => match thread.map(JoinHandle::join) {
                Some(Err(panic)) => std::panic::resume_unwind(panic),
                _ => Err(failed(&io::Error::other("the store was not opened")).into()),
            },
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        drop(self.job.take());
        drop(Closing(self.thread.take()));
    }
}

/// A store that is being closed. When it is dropped, the store is closed, and
/// others can open it.
#[derive(Debug)]
pub struct Closing(Option<JoinHandle<()>>);

impl Drop for Closing {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // Nothing is done with the store any more that could go wrong.
            let _ = thread.join();
        }
    }
}

fn run(open: impl FnOnce() -> Result<FileEventStore, Refused>, jobs: &Receiver<Job>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|error| Refused::from(vec![failed(&error)]));
    let opened = runtime.and_then(|runtime| Ok((runtime, open()?)));
    if let Ok(job) = jobs.recv() {
        match opened {
            Ok((runtime, store)) => job(Ok((&runtime, &store))),
            Err(refused) => job(Err(refused)),
        }
    }
}
