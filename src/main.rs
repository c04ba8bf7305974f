//! `cargo emc`: the binary.

use std::process::ExitCode;

/// What stands behind `cargo emc mcp`.
const SERVE: Option<emc::cli::Serve> = {
    #[cfg(feature = "mcp")]
    {
        Some(emc::mcp::serve)
    }
    #[cfg(not(feature = "mcp"))]
    {
        None
    }
};

#[cfg(feature = "allocator")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    emc::cli::run(std::env::args_os(), SERVE)
}
