//! The inputs that the fuzzer found worth keeping, and those that once broke
//! something, through the checks of the fuzz targets.

use std::{fs, path::Path};

#[path = "../../fuzz/src/lib.rs"]
mod checks;

/// Run a check with every input of its corpus.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut inputs: Vec<_> = fs::read_dir(&folder)
        .expect("a corpus")
        .map(|entry| entry.expect("an input").path())
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 10, "{} holds too little", folder.display());
    for input in inputs {
        // Told when a check fails.
        println!("{}", input.display());
        check(&fs::read(&input).expect("an input"));
    }
}

#[test]
fn transactions() {
    replay("transactions", checks::transactions::check);
}

#[test]
fn manifest() {
    replay("manifest", checks::manifest::check);
}

#[test]
fn document() {
    replay("document", checks::document::check);
}

#[test]
fn cache() {
    replay("cache", checks::cache::check);
}

#[test]
fn escaping() {
    replay("escaping", checks::escaping::check);
}

#[cfg(feature = "mcp")]
#[test]
fn json_rpc() {
    replay("json_rpc", checks::json_rpc::check);
}
