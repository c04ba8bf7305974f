//! The `cargo-emc` binary.
fn main() {}
