//! What there is once in a project: the library, the package, the root module.

use crate::facts::Project;

use super::{Enforcement, code::Code, name::Names, workflow::certificates};

/// The library by path below the folder of the package.
pub(super) const LIBRARY: &[(&str, &str)] = &[
    ("Emc.lean", include_str!("library/Emc.lean")),
    ("Emc/Basic.lean", include_str!("library/Emc/Basic.lean")),
    (
        "Emc/BoardRules.lean",
        include_str!("library/Emc/BoardRules.lean"),
    ),
    ("Emc/Check.lean", include_str!("library/Emc/Check.lean")),
    ("Emc/Index.lean", include_str!("library/Emc/Index.lean")),
    ("Emc/Model.lean", include_str!("library/Emc/Model.lean")),
    (
        "Emc/ProjectRules.lean",
        include_str!("library/Emc/ProjectRules.lean"),
    ),
    ("Emc/Report.lean", include_str!("library/Emc/Report.lean")),
    (
        "Emc/SliceRules.lean",
        include_str!("library/Emc/SliceRules.lean"),
    ),
    ("Emc/Sound.lean", include_str!("library/Emc/Sound.lean")),
    ("Emc/Traced.lean", include_str!("library/Emc/Traced.lean")),
    (
        "Emc/Warnings.lean",
        include_str!("library/Emc/Warnings.lean"),
    ),
    (
        "Emc/WorkflowRules.lean",
        include_str!("library/Emc/WorkflowRules.lean"),
    ),
];

/// The version of Lean that elan takes.
pub(super) const TOOLCHAIN: &str = "leanprover/lean4:v4.28.0\n";

/// What a certified project gives those who import it.
const BOUGHT: &str = "
/-- Every attribute of every event has a complete way back to original sources. -/
theorem attr_traced : ∀ s, s ∈ project.slices → ∀ e, e ∈ s.events → ∀ a, a ∈ e.attrs →
    Traced project.slices (.attr s e a) :=
  certified.attr_traced slices_certified.sound

/-- Every field shown to a person has a complete way back to original sources. -/
theorem displayed_traced : ∀ s, s ∈ project.slices → ∀ v, v ∈ s.views → ∀ d, d ∈ v.shows →
    ∃ r, r ∈ s.readModels ∧ d.readModel = r.name ∧
    ∃ f, f ∈ r.fields ∧ d.field = f.name ∧ Traced project.slices (.field s r f) :=
  certified.displayed_traced slices_certified.sound
";

/// `lakefile.toml`: the library and the project. The name of the root module is
/// ASCII letters, digits and `_`.
pub(super) fn lakefile(root: &str) -> String {
    format!(
        "name = \"{root}\"\ndefaultTargets = [\"{root}\"]\n\n[[lean_lib]]\nname = \"Emc\"\n\n[[lean_lib]]\nname = \"{root}\"\n"
    )
}

/// The body of the root module. `whole`: all modules below are certified.
pub(super) fn body(
    root: &str,
    names: &Names,
    enforcement: Enforcement,
    whole: bool,
    project: &Project<'_>,
) -> String {
    let workflows: Vec<String> = names
        .workflows
        .iter()
        .map(|(module, _)| module.clone())
        .collect();
    let mut code = Code::new();
    code.raw("import Emc\n");
    for module in &workflows {
        code.raw("import ")
            .raw(root)
            .raw(".Workflows.")
            .raw(module)
            .raw("\n");
    }
    code.raw("\n");
    if workflows.len() > 60 {
        code.raw("set_option maxRecDepth 16384\n\n");
    }
    code.raw("namespace ")
        .raw(root)
        .raw("\nopen Emc Data\n\nnoncomputable def project : Project where\n  name :=");
    code.id(project.name);
    code.raw("\n  workflows := [\n");
    for module in &workflows {
        code.raw("    Workflows.").raw(module).raw(".workflow,\n");
    }
    code.raw("  ]\n");
    match enforcement {
        Enforcement::Deny => {
            code.raw(
                "\nemc_report project\n\ntheorem certified : project.Clean := by emc_certify\n",
            );
            if whole {
                code.raw("\n/-- The certificates of the slices of all workflows. -/\n");
                code.raw("theorem slices_certified : AllWorkflows project.workflows :=\n  ");
                certificates(&mut code, &workflows, "Workflows.", ".slices_certified");
                code.raw(BOUGHT);
            }
        }
        Enforcement::Warn => {
            code.raw("\nemc_advise project\n");
        }
    }
    code.raw("\nend ").raw(root).raw("\n");
    code.finish()
}
