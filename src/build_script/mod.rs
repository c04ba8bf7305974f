//! What a build.rs calls: three lines that keep a program and its model together.
//!
//! ```no_run
//! use emc::build_script::{Model, Stale};
//!
//! Model::here().on_stale(Stale::Fail).generate(["rust"]).run();
//! ```
//!
//! It reads the committed transactions, compares the committed artifacts with
//! what the model says, writes the families that are asked for below `OUT_DIR`,
//! and tells cargo what to watch. It never writes to the source tree, never
//! starts a program and never opens the store for writing, so it works from a
//! read-only checkout and from a package. The families `lean`, `quint` and `review` are
//! there with the features of these names; one that is to be compared and is not
//! compiled in is told. The rules of the model are for
//! `cargo emc check` to tell: they do not keep a program from being built.

mod directives;
mod generate;
mod seen;

use std::{
    collections::BTreeSet,
    env,
    ffi::OsString,
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::{
    artifact::Family,
    diagnostic::{
        Diagnostic, Level, Place,
        codes::{
            artifacts::UNKNOWN_FAMILY,
            manifest::{NO_BUILD_SCRIPT, NOT_COMPILED, NOT_PACKAGED, UNKNOWN_VALUE},
        },
    },
    digest::Digest,
    disk::{
        Failure,
        discover::{self, Surroundings},
        scan::{self, Listing},
        stamp::Moment,
    },
    manifest::FAMILIES,
    ops::{
        compare, known,
        project::Project,
        reading::{self, Reading},
    },
    rel_path::RelPath,
};
pub use directives::Directives;
use seen::Seen;

/// The variable that overrules [`Model::on_stale`] for one build: `ignore`,
/// `warn` or `fail`.
pub const ON_STALE: &str = "EMC_ON_STALE";

/// The variable that the program finds with `env!`: the digest of the
/// transactions that its model was read from, in hex.
pub const MODEL_DIGEST: &str = "EMC_MODEL_DIGEST";

/// What an artifact that is not what the model says does to the build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stale {
    /// Nothing: artifacts are not looked at.
    Ignore,
    /// It is told, and the build goes on.
    #[default]
    Warn,
    /// It ends the build.
    Fail,
}

/// The model beside a package, for its build script.
#[derive(Clone, Debug)]
#[must_use = "nothing happens before `run`"]
pub struct Model {
    manifest: Option<PathBuf>,
    on_stale: Stale,
    generate: BTreeSet<String>,
    emit_rerun: bool,
}

impl Model {
    /// The model of the project that the package lies in: the nearest emc.toml,
    /// or the one that `metadata.emc.config` of a Cargo.toml names, as
    /// `cargo emc` finds it.
    pub fn here() -> Self {
        Self {
            manifest: None,
            on_stale: Stale::default(),
            generate: BTreeSet::new(),
            emit_rerun: true,
        }
    }

    /// The model with this manifest, relative to the package.
    pub fn at(manifest: impl Into<PathBuf>) -> Self {
        Self {
            manifest: Some(manifest.into()),
            ..Self::here()
        }
    }

    /// What a committed artifact that is not what the model says does; without
    /// this it warns.
    pub fn on_stale(mut self, stale: Stale) -> Self {
        self.on_stale = stale;
        self
    }

    /// Write these families below `OUT_DIR`, each in a folder of its name,
    /// whether or not they are committed: `["rust"]`.
    pub fn generate<N: Into<String>>(mut self, families: impl IntoIterator<Item = N>) -> Self {
        self.generate.extend(families.into_iter().map(Into::into));
        self
    }

    /// Whether to tell cargo what to watch. Without any such line from the whole
    /// script, cargo watches every file of the package.
    pub fn emit_rerun(mut self, emit: bool) -> Self {
        self.emit_rerun = emit;
        self
    }

    /// Do it, and end the process with 1 if the build must not go on.
    pub fn run(self) {
        let directives = self.directives(&|name| env::var_os(name));
        // Nobody is there to be told that cargo has gone.
        let _ = std::io::stdout()
            .lock()
            .write_all(directives.to_string().as_bytes());
        if directives.failed() {
            std::process::exit(1);
        }
    }

    /// Do it, and give what is to be said to cargo instead of saying it.
    /// `variables` is the environment of a build script.
    pub fn directives(&self, variables: &dyn Fn(&str) -> Option<OsString>) -> Directives {
        let mut directives = Directives::default();
        let path = |name: &str| variables(name).map(PathBuf::from);
        let (Some(package), Some(out)) = (path("CARGO_MANIFEST_DIR"), path("OUT_DIR")) else {
            directives.finding(
                &Diagnostic::new(
                    &NO_BUILD_SCRIPT,
                    "CARGO_MANIFEST_DIR and OUT_DIR are not set",
                )
                .help("call this from build.rs"),
                "",
            );
            return directives;
        };
        let mut script = Script {
            model: self,
            on_stale: self.on_stale,
            package: &package,
            out: &out,
            packaged: is_packaged(&package),
            awaited: false,
            directives,
        };
        if let Some(value) = variables(ON_STALE).filter(|value| !value.is_empty()) {
            match value.to_str() {
                Some("ignore") => script.on_stale = Stale::Ignore,
                Some("warn") => script.on_stale = Stale::Warn,
                Some("fail") => script.on_stale = Stale::Fail,
                _ => script.directives.finding(
                    &Diagnostic::new(
                        &UNKNOWN_VALUE,
                        format!("{ON_STALE} does not know `{}`", value.display()),
                    )
                    .help("set it to ignore, warn or fail, or not at all"),
                    "",
                ),
            }
        }
        let surroundings = Surroundings {
            current_dir: &package,
            variables,
        };
        if let Err(finding) = script.open(&surroundings) {
            script.directives.finding(&finding, "");
        }
        script.directives
    }
}

/// Whether a folder is a package that cargo has packed or vendored.
fn is_packaged(package: &Path) -> bool {
    ["Cargo.toml.orig", ".cargo-checksum.json"]
        .iter()
        .any(|name| package.join(name).is_file())
}

/// One run of a build script.
struct Script<'a> {
    model: &'a Model,
    on_stale: Stale,
    package: &'a Path,
    out: &'a Path,
    packaged: bool,
    /// A folder of artifacts is not there yet.
    awaited: bool,
    directives: Directives,
}

impl Script<'_> {
    fn open(&mut self, surroundings: &Surroundings<'_>) -> Result<(), Box<Diagnostic>> {
        let found = match &self.model.manifest {
            Some(manifest) => discover::named(manifest, surroundings),
            None => discover::nearest(self.package, surroundings),
        };
        let found = match found {
            Ok(found) if self.packaged && !found.manifest_path.starts_with(self.package) => {
                return Err(self.not_packaged("emc.toml"));
            }
            Err(_) if self.packaged => return Err(self.not_packaged("emc.toml")),
            found => found?,
        };
        let prefix = prefix(&found.root, self.package);
        // The build state of a script lies where nobody else writes.
        match Project::open(&found, self.out) {
            Ok(project) => {
                for warning in &project.warnings {
                    self.directives.finding(warning, &prefix);
                }
                if let Err(failure) = self.look(&project, &found.manifest_path, &prefix) {
                    self.directives.finding(&failure.diagnostic(), &prefix);
                }
            }
            Err(findings) => {
                for finding in &findings {
                    self.directives.finding(finding, &prefix);
                }
            }
        }
        Ok(())
    }

    fn not_packaged(&self, what: &str) -> Box<Diagnostic> {
        Diagnostic::new(
            &NOT_PACKAGED,
            format!("the package does not hold its model: there is no {what} in it"),
        )
        .note(format!("the package lies in {}", self.package.display()))
        .help("put emc.toml and the folder of the transactions into the package, and into `include` in Cargo.toml if there is one")
        .into()
    }

    fn look(&mut self, project: &Project, manifest: &Path, prefix: &str) -> Result<(), Failure> {
        let events = project.events_folder();
        if scan::folder(&project.root, &project.events())?.is_none() {
            let finding = if self.packaged {
                *self.not_packaged(project.events().as_str())
            } else {
                reading::no_store(project)
            };
            self.directives.finding(&finding, prefix);
            return Ok(());
        }
        let checked = self.checked(project, prefix);
        let folders = checked.iter().filter_map(|family| {
            let settings = project.manifest.family(family.name())?;
            Some(project.root.join(settings.path.as_str()))
        });
        let folders: Vec<PathBuf> = folders.collect();
        let generated = self.model.generate.iter().map(|name| self.out.join(name));
        let looked = Moment::now();
        let listing = scan::list(&events)?;
        let state = seen::State {
            version: env!("CARGO_PKG_VERSION"),
            settings: format!(
                "{:?}",
                (&project.manifest, self.on_stale, &self.model.generate)
            ),
            transactions: &listing.files,
            folders: folders.iter().cloned().chain(generated).collect(),
            root: &project.root,
        };
        let remembered = Seen::of(self.out);
        if listing.strange.is_empty()
            && let Some(seen) = remembered
            && seen.holds(&state)
        {
            self.directives.digest(seen.digest);
            self.watch(project, manifest, &folders);
            return Ok(());
        }
        let quiet = self.directives.is_quiet();
        if let Some(digest) = self.read(project, &listing, &checked, prefix)? {
            self.directives.digest(digest);
            if quiet && self.directives.is_quiet() {
                Seen::keep(self.out, &state, looked, digest)?;
            }
        }
        self.watch(project, manifest, &folders);
        Ok(())
    }

    /// The enabled families whose artifacts are compared. In a package those that are
    /// not in it are not.
    fn checked(&mut self, project: &Project, prefix: &str) -> Vec<Box<dyn Family>> {
        if self.on_stale == Stale::Ignore {
            return Vec::new();
        }
        let enabled = project.manifest.enabled();
        let there = enabled
            .filter(|(_, folder)| !self.packaged || project.root.join(folder.as_str()).is_dir());
        let mut families = Vec::new();
        let mut missing = Vec::new();
        for (name, folder) in there {
            match project.family(name, folder) {
                Some(family) => families.push(family),
                None => missing.push(name),
            }
        }
        if !missing.is_empty() {
            let finding = not_compiled(&missing, "are not compared")
                .help("or call `on_stale(Stale::Ignore)` and leave it to `cargo emc check` in CI");
            self.stale(finding, prefix);
        }
        families
    }

    /// Tell cargo what to watch: paths that are there, and never the folder of
    /// the store itself, which eventcore writes to when it opens it.
    fn watch(&mut self, project: &Project, manifest: &Path, checked: &[PathBuf]) {
        // A folder that is to come cannot be watched: without any line cargo
        // watches the package. One that has nothing to hold may be missing.
        if self.awaited || !self.model.emit_rerun {
            return;
        }
        let folders = checked.iter().filter(|folder| folder.is_dir());
        self.directives.variable(ON_STALE);
        let events = project.events_folder();
        for path in [manifest, events.as_path()]
            .into_iter()
            .chain(folders.map(PathBuf::as_path))
        {
            self.directives.path(path, self.package);
        }
    }

    /// Tell that an artifact is not what it should be, as it was asked for.
    fn stale(&mut self, mut finding: Diagnostic, prefix: &str) {
        finding.level = match self.on_stale {
            Stale::Fail => Level::Error,
            Stale::Warn | Stale::Ignore => Level::Warning,
        };
        self.directives.finding(&finding, prefix);
    }

    /// Read the model, compare and write. The digest of the model, if there is one.
    fn read(
        &mut self,
        project: &Project,
        listing: &Listing,
        checked: &[Box<dyn Family>],
        prefix: &str,
    ) -> Result<Option<Digest>, Failure> {
        let files = listing.files.iter();
        let names: Vec<&str> = files.map(|(name, _)| name.as_str()).collect();
        let reading = Reading::of(project, &names, &listing.strange);
        let findings = reading.all_findings(false);
        let broken = findings.iter().any(|finding| finding.level == Level::Error);
        for finding in &findings {
            self.directives.finding(finding, prefix);
        }
        if broken {
            return Ok(None);
        }
        let mut generated = Vec::new();
        for name in &self.model.generate {
            let known = FAMILIES.iter().any(|family| family.name == name);
            let folder = RelPath::new(name).ok().filter(|_| known);
            match folder.map(|folder| (project.family(name, &folder), folder)) {
                Some((Some(family), folder)) => generated.push((family, folder)),
                Some((None, _)) => {
                    let finding = not_compiled(&[name], "are not generated");
                    self.directives.finding(&finding, "");
                }
                None => self.directives.finding(&unknown_family(name), ""),
            }
        }
        let mut wanted = checked
            .iter()
            .chain(generated.iter().map(|(family, _)| family));
        let breaches = if wanted.any(|family| family.tells_breaches()) {
            known::breaches(project, &reading)
        } else {
            known::Breaches::default()
        };
        known::with(&reading, &breaches, |known| -> Result<(), Failure> {
            for family in checked {
                let found = compare::family_findings(project, family.as_ref(), known)?;
                let folder = project.manifest.family(family.name());
                let is_there =
                    folder.is_some_and(|one| project.root.join(one.path.as_str()).is_dir());
                self.awaited |= found.rendered > 0 && !is_there;
                for finding in found.findings {
                    self.stale(finding, prefix);
                }
            }
            for (family, folder) in &generated {
                generate::family(family.as_ref(), known, folder, self.out)?;
            }
            Ok(())
        })?;
        Ok(Some(reading.digests.model))
    }
}

/// Families that are not compiled in, and what of theirs is not done.
fn not_compiled(families: &[&str], what: &str) -> Diagnostic {
    let features: Vec<String> = families.iter().map(|name| format!("\"{name}\"")).collect();
    let features = features.join(", ");
    Diagnostic::new(
        &NOT_COMPILED,
        format!(
            "the artifacts of {} {what}: cargo-emc is compiled without",
            families.join(", ")
        ),
    )
    .at(Place::file("Cargo.toml"))
    .help(format!(
        "add `features = [{features}]` to cargo-emc in `[build-dependencies]`"
    ))
}

fn unknown_family(name: &str) -> Diagnostic {
    let known: Vec<_> = FAMILIES.iter().map(|family| family.name).collect();
    Diagnostic::new(&UNKNOWN_FAMILY, format!("there is no family `{name}`"))
        .at(Place::file("build.rs"))
        .help(format!("the families are {}", known.join(", ")))
}

/// What leads from the package, where cargo shows messages, to the project.
fn prefix(root: &Path, package: &Path) -> String {
    match root.strip_prefix(package) {
        Ok(below) if below.as_os_str().is_empty() => String::new(),
        Ok(below) => format!("{}/", below.display()).replace('\\', "/"),
        Err(_) => format!("{}/", root.display()),
    }
}
