//! Others at the same files: `ninja`, which every build tool is measured by, and
//! the peer.

use std::{
    cell::RefCell,
    env,
    fmt::Write as _,
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use super::{
    described, forgetting,
    measure::{self, Measured},
    synthetic::{Size, Synthetic},
};

/// The peer's edits and its look for conflicts grow faster than its store, so it
/// is not asked about larger ones: `EMC_PEER_LIMIT` in transactions.
const PEER_LIMIT: usize = 1_100;

/// Below the folder that git does not look at.
const NINJA: &str = "target/ninja";

/// Write a ninja file with every transaction as input of one file, and run it.
pub fn prepare_ninja(root: &Path) -> io::Result<()> {
    fs::create_dir_all(root.join(NINJA))?;
    let mut rules = format!("rule look\n  command = touch $out\nbuild {NINJA}/stamp: look");
    for entry in fs::read_dir(root.join("model/events/events"))? {
        let name = entry?.file_name();
        let _ = write!(rules, " model/events/events/{}", name.display());
    }
    rules.push('\n');
    fs::write(root.join(NINJA).join("build.ninja"), rules)?;
    match command(root).stdout(Stdio::null()).status() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        status => status.map(drop),
    }
}

/// `ninja` with nothing to do; none where it is not installed.
pub fn ninja(root: &Path) -> io::Result<Option<Measured>> {
    if let Err(cause) = command(root).stdout(Stdio::null()).status() {
        return match cause.kind() {
            io::ErrorKind::NotFound => Ok(None),
            _ => Err(cause),
        };
    }
    measure::repeat(15, || Ok(()), || command(root)).map(Some)
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("ninja");
    command
        .current_dir(root)
        .args(["-f", &format!("{NINJA}/build.ninja")]);
    command
}

/// The peer, on a store of this size.
pub fn peer(
    binary: &Path,
    root: &Path,
    size: Size,
    row: &mut dyn FnMut(&str, Measured),
) -> io::Result<()> {
    let limit = env::var("EMC_PEER_LIMIT")
        .ok()
        .and_then(|limit| limit.parse().ok());
    if size.transactions() > limit.unwrap_or(PEER_LIMIT) {
        return Ok(());
    }
    fs::create_dir(root)?;
    Synthetic::write(root, size, true)?;
    let mut forget = forgetting(root);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(binary);
        command.current_dir(root).args(arguments);
        command
    };
    row(
        "peer: sync",
        measure::repeat(3, &mut forget, || run(&["sync"]))?
            .writing(root, &mut forget, || run(&["sync"]))?,
    );
    row(
        "peer: check",
        measure::repeat(3, || Ok(()), || run(&["check"]))?,
    );
    row(
        "peer: list conflicts",
        measure::repeat(3, || Ok(()), || run(&["list", "conflicts"]))?,
    );
    let mut edits = 0;
    let words = RefCell::new(String::new());
    let mut describe = || {
        edits += 1;
        *words.borrow_mut() = described(edits);
        Ok(())
    };
    let edit = || {
        run(&[
            "update",
            "slice",
            "--slug",
            "slice-0-0",
            "--description",
            &words.borrow(),
        ])
    };
    row(
        "peer: edit",
        measure::repeat(3, &mut describe, edit)?.writing(root, &mut describe, edit)?,
    );
    Ok(())
}
