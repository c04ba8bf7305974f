//! `cargo emc`: the binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    emc::cli::run(std::env::args_os())
}
