//! Stand-ins for Lean and Quint, and a project that they verify.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use emc::ops::verify::{Options, Verified, verify};

use crate::project::{TestProject, copy};

/// Behaves like Lean, as far as it is asked to: notes what it is given in `runs`,
/// then does what `lean.behaviour` says, for all modules or for one.
const LEAN: &str = r#"#!/bin/bash
here=${0%/*}
if [[ $* == *--version* ]]; then
  [[ -f $here/lean.version ]] && cat "$here/lean.version" || echo "Lean (version 4.28.0, stand-in)"
  exit
fi
while [[ $1 != -o ]]; do shift; done
out=$2 module=$3
echo "lean $module" >>"$here/runs"
[[ -f $module ]] || { echo "no $module"; exit 1; }
if grep '^import [CER]' "$module" | sed 's/^import //; s|\.|/|g' | while read -r import; do
  [[ -f $LEAN_PATH/$import.olean ]] || { echo "$module:1:0: error: unknown module $import"; exit 1; }
done; then :; else exit 1; fi
[[ -f $here/lean.behaviour ]] && source "$here/lean.behaviour"
echo "compiled $module" >"$out"
"#;

/// Behaves like Quint: every test passes.
const QUINT: &str = r#"#!/bin/bash
here=${0%/*}
if [[ $1 == --version ]]; then
  [[ -f $here/quint.version ]] && cat "$here/quint.version" || echo 0.33.1
  exit
fi
echo "quint $1 $2" >>"$here/runs"
[[ -f $here/quint.behaviour ]] && source "$here/quint.behaviour"
[[ $1 == test ]] || exit 0
count=$(($(grep -c '^  run ' "$2") + 11))
for word in "$@"; do [[ $word == --out=* ]] && out=${word#--out=}; done
names=$(seq -s, -f '"t%g"' "$count")
echo "{\"passed\":[$names],\"failed\":[],\"ignored\":[]}" >"$out"
"#;

/// A project with stand-ins for its tools.
pub struct Fakes {
    pub project: TestProject,
    tools: tempfile::TempDir,
}

/// A moment that tests declare things at.
pub fn moment() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_792_935_123_007)
}

impl Fakes {
    /// cargo-emc's own model, which breaks no rule, with a manifest that ends so.
    pub fn with(more: &str) -> Self {
        let fakes = Self {
            project: TestProject::empty(),
            tools: tempfile::tempdir().expect("a folder"),
        };
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&own.join("model"), &fakes.project.root().join("model"));
        let manifest = fs::read_to_string(own.join("emc.toml")).expect("the manifest");
        let tool = |name: &str| fakes.tool(name).display().to_string();
        let verify = format!(
            "\n[verify]\nlean = [\"{}\"]\nquint = [\"{}\"]\n{more}",
            tool("lean"),
            tool("quint")
        );
        fakes
            .project
            .write("emc.toml", (manifest + &verify).as_bytes());
        fakes.install("lean", LEAN);
        fakes.install("quint", QUINT);
        fakes
    }

    pub fn new() -> Self {
        Self::with("")
    }

    fn tool(&self, name: &str) -> PathBuf {
        self.tools.path().join(name)
    }

    /// Put a program in the place of a tool.
    pub fn install(&self, name: &str, text: &str) {
        let path = self.tool(name);
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }

    /// Take a tool away.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.tool(name)).expect("removed");
    }

    /// A file beside the tools: what they do, or which version they say.
    pub fn set(&self, name: &str, text: &str) {
        fs::write(self.tool(name), text).expect("written");
    }

    /// The tools do what they do by themselves again.
    pub fn unset(&self, name: &str) {
        fs::remove_file(self.tool(name)).expect("removed");
    }

    /// A file beside the tools, as far as it is there.
    pub fn told(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.tool(name)).ok()
    }

    /// What the tools were given since this was asked last, the version aside.
    pub fn runs(&self) -> Vec<String> {
        let runs = fs::read_to_string(self.tool("runs")).unwrap_or_default();
        let _ = fs::remove_file(self.tool("runs"));
        runs.lines().map(str::to_owned).collect()
    }

    pub fn verify(&self) -> Verified {
        self.verify_with(Options::default())
    }

    pub fn verify_with(&self, options: Options) -> Verified {
        let options = Options {
            now: moment,
            ..options
        };
        verify(&self.project.open(), &options, &mut |_| {}).expect("no failure of the system")
    }
}

/// The codes of the findings.
pub fn codes(verified: &Verified) -> Vec<String> {
    let findings = verified.report.findings().iter();
    findings.map(|finding| finding.code.to_string()).collect()
}
