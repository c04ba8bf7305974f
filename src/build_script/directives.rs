//! Lines for cargo.

use std::{fmt, path::Path};

use crate::{
    diagnostic::{Diagnostic, Level, Options, printable, short},
    digest::Digest,
};

/// How many findings are told one by one.
const TOLD: usize = 20;

/// What a build script says to cargo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    lines: Vec<String>,
    findings: usize,
    failed: bool,
}

impl Directives {
    /// The lines, in order: `cargo::rerun-if-changed=emc.toml`.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether the build must not go on.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Whether nothing was found.
    pub(super) fn is_quiet(&self) -> bool {
        self.findings == 0
    }

    /// Tell a finding, with its next step, in one line.
    pub(super) fn finding(&mut self, finding: &Diagnostic, prefix: &str) {
        let error = finding.level == Level::Error;
        self.failed |= error;
        self.findings += 1;
        let kind = if error { "error" } else { "warning" };
        if self.findings > TOLD {
            if self.findings == TOLD + 1 {
                self.lines.push(format!(
                    "cargo::{kind}=there is more: run `cargo emc check`"
                ));
            }
            return;
        }
        let options = Options {
            color: false,
            limit: None,
            prefix,
            ..Options::default()
        };
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = short::render(std::slice::from_ref(finding), &options, &mut text);
        let mut text = text.trim_end().to_owned();
        for note in &finding.notes {
            text.push_str(&format!("; {}", printable(note)));
        }
        for help in &finding.help {
            text.push_str(&format!("; help: {}", printable(help)));
        }
        self.lines
            .push(format!("cargo::{kind}={}", one_line(&text)));
    }

    /// Let cargo run the script again when this variable changes.
    pub(super) fn variable(&mut self, name: &str) {
        self.lines
            .push(format!("cargo::rerun-if-env-changed={name}"));
    }

    /// Let cargo run the script again when this path changes, which is there. A
    /// path that a line cannot hold is left out.
    pub(super) fn path(&mut self, path: &Path, package: &Path) {
        // Relative to the package, as cargo reads it: the package may move.
        let path = path.strip_prefix(package).unwrap_or(path);
        if let Some(text) = path.to_str().filter(|text| !text.contains('\n')) {
            self.lines.push(format!("cargo::rerun-if-changed={text}"));
        }
    }

    /// Give the program the digest of its model.
    pub(super) fn digest(&mut self, digest: Digest) {
        self.lines
            .push(format!("cargo::rustc-env={}={digest}", super::MODEL_DIGEST));
    }
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

impl fmt::Display for Directives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
