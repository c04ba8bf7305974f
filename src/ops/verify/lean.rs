//! Lean, a module at a time in import order.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    Work,
    cache::Cache,
    plan::{self, Module},
    said,
    step::{Done, Outcome},
    tool::{Found, unfinished},
};
use crate::{
    artifact::{Artifact, Family as _, Scope, lean::Lean},
    diagnostic::{Diagnostic, Level, Place, codes::environment::TOOL_FAILED},
    disk::{Failure, fs, output},
    model::Model,
    rel_path::RelPath,
    tools::End,
};

/// Verify what is wanted of the package.
pub(super) fn verify(
    work: &mut Work<'_>,
    lean: &Lean,
    tool: &Found,
    model: &Model,
) -> Result<(), Failure> {
    let artifacts: Vec<Artifact> = lean.render(model, Scope::Everything);
    let modules = plan::modules(&artifacts, &lean.folder, tool.key("emc verify lean 1"));
    let parts = lean.modules(model);
    let wanted = work.options.part.paths(&parts);
    let run = Run {
        lean,
        tool,
        cache: Cache::in_folder(work.cache.join("lean")),
        compiled: work.scratch.join("lean"),
    };
    let believed = work.options.cached;
    let due = plan::due(
        &modules,
        |module| {
            wanted
                .as_ref()
                .is_none_or(|paths| paths.contains(&module.path))
        },
        |module| believed && run.cache.get(module.key).is_some(),
        |module| believed && run.cache.module(module.key).is_some(),
    );
    work.planned(due.iter().filter(|due| due.run || due.wanted).count());
    let mut without: BTreeSet<usize> = BTreeSet::new();
    for (position, (module, due)) in modules.iter().zip(&due).enumerate() {
        if due.run {
            let step = format!("lean {}", module.name);
            if work.is_over() {
                return Ok(());
            }
            if module.imports.iter().any(|import| without.contains(import)) {
                without.insert(position);
                work.done(Done::now(step, Outcome::Skipped));
            } else if !run.module(work, module, &step)? {
                without.insert(position);
            }
            continue;
        }
        if due.loaded && !run.stage(module)? {
            // Somebody took it away since it was looked for.
            without.insert(position);
        }
        if due.wanted
            && let Some(passed) = run.cache.get(module.key)
        {
            let findings = said::findings(&passed.said, &lean.folder);
            work.findings.extend(judged(work, findings));
            work.done(Done::now(
                format!("lean {}", module.name),
                Outcome::Unchanged,
            ));
        }
    }
    Ok(())
}

/// Lean on one package.
struct Run<'a> {
    lean: &'a Lean,
    tool: &'a Found,
    cache: Cache,
    /// Where the compiled modules are for Lean to find.
    compiled: PathBuf,
}

impl Run<'_> {
    fn olean(&self, module: &Module) -> PathBuf {
        let mut path = self.compiled.clone();
        path.extend(module.name.split('.'));
        path.set_extension("olean");
        path
    }

    /// The place of a compiled module, with nothing there.
    fn clear(&self, module: &Module) -> Result<PathBuf, Failure> {
        let path = self.olean(module);
        let failed = |cause| Failure::new("make the folder", &self.compiled, cause);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::new("remove the file", &path, cause))
            }
            _ => Ok(path),
        }
    }

    /// Take a compiled module from the cache. False when it is not there.
    fn stage(&self, module: &Module) -> Result<bool, Failure> {
        let Some(bytes) = self.cache.module(module.key) else {
            return Ok(false);
        };
        output::keep(&self.clear(module)?, &bytes)?;
        Ok(true)
    }

    /// Let Lean compile a module. Whether others can import it.
    fn module(&self, work: &mut Work<'_>, module: &Module, step: &str) -> Result<bool, Failure> {
        let target = self.clear(module)?;
        let arguments = [
            "-R".into(),
            ".".into(),
            "-o".into(),
            target.clone().into_os_string(),
            module.file.clone().into(),
        ];
        let folder = work.project.root.join(self.lean.folder.as_str());
        let variables = vec![("LEAN_PATH", self.compiled.clone().into_os_string())];
        work.started(step);
        let options = work.options;
        let ran = self.tool.run(
            &folder,
            &arguments,
            variables,
            options.timeout,
            &options.interrupt,
        );
        let ran = match ran {
            Ok(ran) => ran,
            Err(finding) => {
                work.findings.push(at(finding, &module.path));
                work.done(Done::now(step.to_owned(), Outcome::Failed));
                return Ok(false);
            }
        };
        let said = ran.output.text();
        let findings = said::findings(&said, &self.lean.folder);
        let broken = findings.iter().any(|finding| finding.level == Level::Error);
        let passed = ran.end == End::Code(0) && !broken && target.is_file();
        work.findings.extend(judged(work, findings));
        if passed {
            // Only what was said whole can be said again.
            if !ran.output.is_cut() {
                self.cache.put(module.key, step, &said, Some(&target))?;
            }
        } else if ran.end == End::Code(0) && !broken {
            let finding = Diagnostic::new(
                &TOOL_FAILED,
                format!("`{step}` ended well and wrote no compiled module"),
            )
            .help("`cargo emc verify --list` tells which program it is: is that Lean?");
            work.findings.push(at(finding, &module.path));
        } else if !(broken && matches!(ran.end, End::Code(_))) {
            let finding = unfinished(step, ran.end, &ran, options.timeout);
            work.findings.push(at(finding, &module.path));
        }
        let outcome = if passed {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        work.done(Done {
            step: step.to_owned(),
            outcome,
            took: ran.took,
        });
        Ok(passed)
    }
}

/// The findings as the manifest wants them told: what it allows is left out, and
/// what it denies is an error, although Lean only warns of it.
fn judged(work: &Work<'_>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let rules = &work.project.manifest.rules;
    let judged = findings.into_iter().filter_map(|finding| {
        if finding.level == Level::Error {
            return Some(finding);
        }
        let judged = rules.judge(finding.clone())?;
        Some(Diagnostic {
            level: judged.level.min(finding.level),
            ..finding
        })
    });
    judged.collect()
}

fn at(finding: Diagnostic, path: &RelPath) -> Diagnostic {
    finding.at(Place::file(path.as_str()))
}
