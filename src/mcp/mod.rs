//! The server that agents talk to, in the Model Context Protocol.
//!
//! | file | noun |
//! |---|---|
//! | `tool` | a tool as data, and what a call of it comes to |
//! | `tools` | the table of the tools |
//! | `resources`, `prompts` | what can be read, and what can be asked for |
//! | `turns` | whose turn it is to write, and the end of all turns |
//! | `server` | the SDK: nothing else names a type of it |
//! | `stdio`, `http` | the two doors |
//!
//! Everything that a call does is an operation of [`crate::ops`], on a thread of
//! its own; the threads of the protocol never wait for a file. One call writes at
//! a time, and a write that has begun is finished, whatever becomes of its client.

mod http;
mod prompts;
mod resources;
mod server;
mod stdio;
mod tool;
mod tools;
mod turns;

use std::io;

use crate::{
    diagnostic::{Diagnostic, codes::environment::SERVER_FAILED},
    ops::session::{Door, Session},
};

/// Stacks of the threads that calls run on: those of a main thread.
const STACK: usize = 8 << 20;

/// Serve a session until its client is gone, or until a signal ends the process.
/// `tell` says where it can be reached, when that is known.
///
/// # Errors
/// An address that cannot be listened at.
pub fn serve(session: &Session, door: &Door, tell: &dyn Fn(&str)) -> Result<(), Vec<Diagnostic>> {
    let failed = |error: &io::Error| {
        let finding = Diagnostic::new(&SERVER_FAILED, format!("the server cannot start: {error}"));
        vec![finding]
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
        .map_err(|error| failed(&error))?;
    let ended = runtime.block_on(async {
        match door {
            Door::Stdio => stdio::serve(session).await,
            Door::Http(http) => http::serve(session, http, tell).await,
        }
    });
    // A thread that reads the standard input cannot be ended; what it could
    // still read is wanted by nobody.
    runtime.shutdown_background();
    ended.map_err(|error| failed(&error))
}

/// Serve one client over two streams of lines until its input ends: for a client
/// in the same process, and for tests. It runs on a runtime of tokio with time;
/// threads that calls run on need stacks of 8 MiB.
pub async fn talk<R, W>(session: &Session, read: R, write: W)
where
    R: tokio::io::AsyncRead + Send + Unpin + 'static,
    W: tokio::io::AsyncWrite + Send + Unpin + 'static,
{
    stdio::talk(session, read, write, std::future::pending()).await;
}

/// The tools as JSON, as a client gets them: for documentation and tests.
pub fn catalogue() -> serde_json::Value {
    server::catalogue()
}
