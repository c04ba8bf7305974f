//! Whole processes, side by side, on synthetic stores: ours, `git status` on
//! the same tree, and the floor of looking at the files at all. With the path
//! of the peer's binary in `EMC_PEER`, also the peer.
//!
//! `cargo bench --bench whole_process [-- TRANSACTIONS...]`
//! `cargo bench --bench whole_process -- agent TRANSACTIONS...`
//!
//! Every number is the median of several runs on a warm page cache; compare
//! numbers of one run only.

mod agent;
mod measure;
mod synthetic;

use std::{cell::RefCell, env, fs, io, path::Path, process::Command};

use measure::{Measured, alternate, git, ours, peer};
use synthetic::{Size, Synthetic};

fn main() -> io::Result<()> {
    // `-- write FOLDER TRANSACTIONS` only writes a store, to look at.
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [word, folder, transactions] = words.as_slice()
        && word == "write"
    {
        let size = size_of(transactions.parse().map_err(io::Error::other)?);
        Synthetic::write(Path::new(folder), size, false)?;
        println!("{} transactions in {folder}", size.transactions());
        return Ok(());
    }
    // `-- agent TRANSACTIONS...` compares with calls over the protocol for agents.
    if words.first().is_some_and(|word| word == "agent") {
        println!("| slices | what | command line, s | over MCP, s | difference |");
        println!("|---:|---|---:|---:|---:|");
        for transactions in words.iter().skip(1).filter_map(|word| word.parse().ok()) {
            agent::measure(size_of(transactions))?;
        }
        return Ok(());
    }
    // cargo passes `--bench`.
    let sizes: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000]
    } else {
        sizes
    };
    println!("| transactions | slices | what | seconds | peak MB |");
    println!("|---:|---:|---|---:|---:|");
    for transactions in sizes {
        let size = size_of(transactions);
        measure_size(size)?;
    }
    Ok(())
}

/// About this many transactions, with nine facts a slice and ten slices a workflow.
fn size_of(transactions: usize) -> Size {
    let slices = 10;
    let facts = 9;
    Size {
        workflows: (transactions / (1 + slices * (1 + facts))).max(1),
        slices,
        facts,
    }
}

fn row(size: Size, what: &str, measured: &Measured) {
    let memory = measured
        .peak_megabytes
        .map_or_else(|| "-".to_owned(), |peak| peak.to_string());
    println!(
        "| {} | {} | {what} | {:.4} | {memory} |",
        size.transactions(),
        size.workflows * size.slices,
        measured.median.as_secs_f64(),
    );
}

fn measure_size(size: Size) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let mut store = Synthetic::write(root, size, false)?;
    row(
        size,
        "stat every transaction file",
        &measure::stat_all(root)?,
    );
    row(
        size,
        "read every transaction file",
        &measure::read_all(root)?,
    );
    let repeats = if size.transactions() > 20_000 { 3 } else { 7 };

    row(
        size,
        "build from nothing",
        &measure::repeat(repeats, || forget(root), || ours(root, &["build"]))?,
    );
    row(
        size,
        "check",
        &measure::repeat(repeats, || Ok(()), || ours(root, &["check", "--diff=none"]))?,
    );

    git(root, &["init", "--quiet"])?;
    git(root, &["add", "--all"])?;
    git(
        root,
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@localhost",
            "commit",
            "--quiet",
            "--message",
            "all",
        ],
    )?;
    // Times of the last checkout are racy; the second look has settled them.
    ours(root, &["build"]).status()?;
    std::thread::sleep(std::time::Duration::from_millis(100));
    ours(root, &["build"]).status()?;
    git(root, &["status"])?;
    let git_status = || {
        let mut command = Command::new("git");
        command.current_dir(root).args(["status", "--porcelain"]);
        command
    };
    let (noop, status) = alternate(15, || ours(root, &["build"]), git_status)?;
    row(size, "build with nothing to do", &noop);
    row(size, "git status", &status);

    let mut edits = 0;
    let edit = measure::repeat(
        15,
        || {
            edits += 1;
            store.edit(edits % size.workflows, edits % size.slices)
        },
        || ours(root, &["build"]),
    )?;
    row(size, "build after one edit", &edit);

    let watched = measure::watched(root, 15, || {
        edits += 1;
        store.edit(edits % size.workflows, edits % size.slices)
    })?;
    row(
        size,
        "from an edit to the end of its build, under watch",
        &watched,
    );

    // The first one makes the store this working copy's own.
    edits = 0;
    let edit = measure::repeat(
        15,
        || {
            edits += 1;
            fs::write(root.join("target/slice.json"), said(&described(edits)))
        },
        || ours(root, &["apply", "target/slice.json"]),
    )?;
    row(size, "edit through the store", &edit);
    row(
        size,
        "FileEventStore::open alone",
        &measure::open_store(root)?,
    );

    if let Some(binary) = env::var_os("EMC_PEER") {
        measure_peer(Path::new(&binary), size)?;
    }
    Ok(())
}

/// The peer, on a store of this size.
fn measure_peer(binary: &Path, size: Size) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    Synthetic::write(root, size, true)?;
    row(
        size,
        "peer: sync",
        &measure::repeat(3, || forget(root), || peer(binary, root, &["sync"]))?,
    );
    row(
        size,
        "peer: check",
        &measure::repeat(3, || Ok(()), || peer(binary, root, &["check"]))?,
    );
    let mut edits = 0;
    let words = RefCell::new(String::new());
    let edit = measure::repeat(
        3,
        || {
            edits += 1;
            *words.borrow_mut() = described(edits);
            Ok(())
        },
        || {
            let mut command = peer(binary, root, &["update", "slice"]);
            command.args(["--slug", "slice-0-0", "--description"]);
            command.arg(&*words.borrow());
            command
        },
    )?;
    row(size, "peer: edit", &edit);
    Ok(())
}

fn described(number: usize) -> String {
    format!("Said for the {number}th time.")
}

/// A slice of the synthetic store with another description.
fn said(description: &str) -> String {
    format!(
        r#"{{"slice": "slice-0-0", "workflow": "workflow-0", "name": "Slice 0 0", "kind": "state_change", "description": "{description}"}}"#
    )
}

/// Remove everything that is generated.
fn forget(root: &Path) -> io::Result<()> {
    for generated in [
        "target",
        "model/lean",
        "model/quint",
        "model/review",
        "reviews",
    ] {
        match fs::remove_dir_all(root.join(generated)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
    }
    Ok(())
}
