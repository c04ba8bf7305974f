//! Whole processes, side by side, on synthetic stores: ours, `git status` and a
//! `ninja` with nothing to do on the same files, and the floor of looking at the
//! files at all. With the path of the peer's binary in `EMC_PEER`, also the peer.
//!
//! `cargo bench --bench whole_process [-- TRANSACTIONS...]`
//! `cargo bench --bench whole_process -- report FILE TRANSACTIONS...`
//! `cargo bench --bench whole_process -- agent TRANSACTIONS...`
//!
//! Every number is the median of several runs on a warm page cache; compare
//! numbers of one run only.

mod agent;
mod measure;
mod report;
mod rivals;
mod synthetic;

use std::{env, fs, io, path::Path, process::Command};

use measure::{Measured, alternate, git, ours};
use report::Report;
use synthetic::{Size, Synthetic};
use tempfile::TempDir;

fn main() -> io::Result<()> {
    // cargo passes `--bench`.
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let sizes = |words: &[String]| -> io::Result<Vec<Size>> {
        words.iter().map(|word| size_of(word)).collect()
    };
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        // Only a store, to look at.
        ["write", folder, transactions] => {
            let size = size_of(transactions)?;
            Synthetic::write(Path::new(folder), size, false)?;
            println!("{} transactions in {folder}", size.transactions());
        }
        // Compared with calls over the protocol for agents.
        ["agent", ..] => {
            println!("| slices | what | command line, s | over MCP, s | difference |");
            println!("|---:|---|---:|---:|---:|");
            for size in sizes(&words[1..])? {
                agent::measure(size)?;
            }
        }
        // The tables of a page, between its two marks.
        ["report", file, ..] => {
            let report = measured(&sizes(&words[2..])?)?;
            report.write_into(Path::new(file))?;
        }
        [] => drop(measured(&[size_of("1000")?, size_of("10000")?])?),
        _ => drop(measured(&sizes(&words)?)?),
    }
    Ok(())
}

fn measured(sizes: &[Size]) -> io::Result<Report> {
    println!("| transactions | slices | what | seconds | peak MB | written KB |");
    println!("|---:|---:|---|---:|---:|---:|");
    let mut report = Report::default();
    // ext4 searches long for an inode that was not deleted in the last minutes: what
    // files cost that are written after many were removed says nothing of a build. So
    // nothing is removed before the end.
    let mut folders = Vec::with_capacity(sizes.len());
    for size in sizes {
        let folder = tempfile::tempdir()?;
        measure_size(*size, &folder, &mut report)?;
        folders.push(folder);
    }
    Ok(report)
}

/// About this many transactions, with nine facts a slice and ten slices a workflow.
fn size_of(transactions: &str) -> io::Result<Size> {
    let transactions: usize = transactions
        .parse()
        .map_err(|_| io::Error::other(format!("{transactions} is no number of transactions")))?;
    let slices = 10;
    let facts = 9;
    Ok(Size {
        workflows: (transactions / (1 + slices * (1 + facts))).max(1),
        slices,
        facts,
    })
}

fn measure_size(size: Size, folder: &TempDir, report: &mut Report) -> io::Result<()> {
    let root = &folder.path().join("project");
    fs::create_dir(root)?;
    let mut forget = forgetting(root);
    let mut store = Synthetic::write(root, size, false)?;
    let mut row = |what: &str, measured: Measured| report.row(size, what, measured);
    row("stat every transaction file", measure::stat_all(root)?);
    row("read every transaction file", measure::read_all(root)?);
    let repeats = if size.transactions() > 20_000 { 3 } else { 7 };
    let build = || ours(root, &["build"]);

    row(
        "build from nothing",
        measure::repeat(repeats, &mut forget, build)?.writing(root, &mut forget, build)?,
    );
    let generated = GENERATED.iter().map(|name| root.join(name));
    row(
        "write every generated file",
        measure::write_all(
            generated.filter(|one| one.is_dir()),
            folder.path(),
            written_out,
        )?,
    );
    row(
        "check",
        measure::repeat(repeats, || Ok(()), || ours(root, &["check", "--diff=none"]))?,
    );
    row(
        "list conflicts",
        measure::repeat(repeats, || Ok(()), || ours(root, &["list", "conflicts"]))?,
    );

    git(root, &["init", "--quiet"])?;
    // Nothing is packed behind our back.
    git(root, &["config", "gc.auto", "0"])?;
    git(root, &["config", "maintenance.auto", "false"])?;
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
    rivals::prepare_ninja(root)?;
    // Times of the last checkout are racy; the second look has settled them.
    build().status()?;
    std::thread::sleep(std::time::Duration::from_millis(100));
    build().status()?;
    git(root, &["status"])?;
    let git_status = || {
        let mut command = Command::new("git");
        command.current_dir(root).args(["status", "--porcelain"]);
        command
    };
    let (noop, status) = alternate(15, build, git_status)?;
    row(
        "build with nothing to do",
        noop.writing(root, || Ok(()), build)?,
    );
    row("git status", status);
    if let Some(ninja) = rivals::ninja(root)? {
        row("ninja with nothing to do", ninja);
    }

    let mut edits = 0;
    let mut edit = || {
        edits += 1;
        store.edit(edits % size.workflows, edits % size.slices)
    };
    row(
        "build after one edit",
        measure::repeat(15, &mut edit, build)?.writing(root, &mut edit, build)?,
    );
    row(
        "from an edit to the end of its build, under watch",
        measure::watched(root, 15, &mut edit)?,
    );

    // The first one makes the store this working copy's own.
    let mut edits = 0;
    let mut describe = || {
        edits += 1;
        fs::write(root.join("target/slice.json"), said(&described(edits)))
    };
    let apply = || ours(root, &["apply", "target/slice.json"]);
    row(
        "edit through the store",
        measure::repeat(15, &mut describe, apply)?.writing(root, &mut describe, apply)?,
    );
    row("FileEventStore::open alone", measure::open_store(root)?);

    if let Some(binary) = env::var_os("EMC_PEER") {
        let folder = &folder.path().join("peer");
        rivals::peer(Path::new(&binary), folder, size, &mut row)?;
    }
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

/// Moves everything that is generated out of the way, each time it is called, and
/// waits until what was written before is on the disk: bringing it there takes the
/// processor too, and is none of the next build's.
fn forgetting(root: &Path) -> impl FnMut() -> io::Result<()> {
    let mut times = 0;
    move || {
        times += 1;
        forget(root, &root.with_extension(format!("forgotten-{times}")))?;
        written_out();
        Ok(())
    }
}

/// Until what was written is on the disk.
fn written_out() {
    // Where there is no such command the numbers are noisier.
    let _ = Command::new("sync").status();
}

/// The folders that hold nothing but what builds write.
const GENERATED: [&str; 5] = [
    "target",
    "model/lean",
    "model/quint",
    "model/review",
    "reviews",
];

fn forget(root: &Path, aside: &Path) -> io::Result<()> {
    fs::create_dir(aside)?;
    for (number, generated) in GENERATED.into_iter().enumerate() {
        match fs::rename(root.join(generated), aside.join(number.to_string())) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
    }
    Ok(())
}
