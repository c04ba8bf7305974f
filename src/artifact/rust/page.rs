//! The text of the files.

use std::fmt::Write as _;

use super::{
    Rust,
    catalogue::{Catalogue, Event, Names, identifier_of},
    name::{Case, identifiers},
    scenario::Named,
    text::{arm, below, code, field, literal, prose, rename, variant},
};
use crate::event::vocabulary::{ContractKind, ScenarioKind};

const COMPARED: &str = "Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash";

/// What warnings of rustc and clippy are about that the model decides: what is
/// used, how names are chosen, how many there are.
const ALLOWED: &str = "#[allow(dead_code, clippy::pedantic, clippy::style)]\n";

/// The file that leads to all others. It can be included, so it begins with
/// neither a documentation comment nor an attribute of its own.
pub(super) fn root(catalogue: &Catalogue<'_>) -> String {
    let mut page = format!(
        "// The event model of {} for programs.\n\n",
        code(catalogue.project)
    );
    for (module, what) in [
        ("command", "The commands."),
        ("command_error", "The errors of commands."),
        ("event", "The events."),
        ("scenario", "The scenarios."),
        ("slice", "The slices."),
        ("stream", "The streams."),
        ("unknown_name", "A name that the model does not have."),
        ("workflow", "The workflows."),
    ] {
        let _ = write!(page, "/// {what}\n{ALLOWED}pub mod {module};\n\n");
    }
    page.push_str("/// What each workflow has of its own.\n");
    page.push_str(ALLOWED);
    if catalogue.modules.is_empty() {
        page.push_str("pub mod workflows {}\n");
    } else {
        page.push_str("pub mod workflows {\n");
        let modules: Vec<String> = catalogue
            .modules
            .iter()
            .map(|(slug, module)| {
                format!(
                    "    /// The workflow {}.\n    pub mod {module};\n",
                    code(slug)
                )
            })
            .collect();
        page.push_str(&modules.join("\n"));
        page.push_str("}\n");
    }
    for exported in [
        "command::Command",
        "command_error::CommandError",
        "event::{Event, EventName}",
        "scenario::{Scenario, ScenarioKind}",
        "slice::Slice",
        "stream::Stream",
        "unknown_name::UnknownName",
        "workflow::Workflow",
    ] {
        let _ = write!(
            page,
            "\n#[allow(unused_imports)]\npub use self::{exported};\n"
        );
    }
    page
}

/// The error of a name that is not known.
pub(super) const UNKNOWN_NAME: &str = "\
//! A name that the model does not have.

/// A text that names nothing of its kind in the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// What was looked for.
    pub kind: &'static str,
    /// The text.
    pub name: String,
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, \"the model has no {} `{}`\", self.kind, self.name)
    }
}

impl std::error::Error for UnknownName {}
";

/// An enum of names: `kind` as people say it, `name` as Rust does.
pub(super) fn names(kind: &str, name: &str, names: &Names<'_>) -> String {
    let mut page = String::new();
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "An"
    } else {
        "A"
    };
    let _ = writeln!(
        page,
        "/// {article} {kind} of the model.\n#[derive({COMPARED})]"
    );
    if names.is_empty() {
        let _ = writeln!(page, "pub enum {name} {{}}");
    } else {
        let _ = writeln!(page, "pub enum {name} {{");
        for (wire, (identifier, told)) in names {
            let _ = writeln!(page, "    /// {}", code(wire));
            for line in told {
                let _ = writeln!(page, "    ///\n    /// {line}");
            }
            let _ = writeln!(page, "    {identifier},");
        }
        page.push_str("}\n");
    }
    let _ = writeln!(page, "\nimpl {name} {{\n    /// Every {kind}, by name.");
    all(&mut page, names);
    let _ = write!(
        page,
        "\n    /// The name in the model.\n    #[must_use]\n    pub const fn wire_name(self) -> &'static str {{\n"
    );
    matching(
        &mut page,
        "self",
        names
            .iter()
            .map(|(wire, (identifier, _))| (format!("Self::{identifier}"), literal(wire))),
    );
    let _ = write!(
        page,
        "    }}
}}

impl std::fmt::Display for {name} {{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{
        f.write_str(self.wire_name())
    }}
}}

impl std::str::FromStr for {name} {{
    type Err = super::unknown_name::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {{
        let mut all = Self::ALL.iter().copied();
        all.find(|name| name.wire_name() == text)
            .ok_or_else(|| super::unknown_name::UnknownName {{
                kind: \"{kind}\",
                name: text.to_owned(),
            }})
    }}
}}
"
    );
    page
}

fn all(page: &mut String, names: &Names<'_>) {
    if names.is_empty() {
        page.push_str("    pub const ALL: &'static [Self] = &[];\n");
        return;
    }
    page.push_str("    pub const ALL: &'static [Self] = &[\n        // One a line.\n");
    for (identifier, _) in names.values() {
        let _ = writeln!(page, "        Self::{identifier},");
    }
    page.push_str("    ];\n");
}

/// A match of a method body, of everything or of nothing.
fn matching(page: &mut String, value: &str, arms: impl Iterator<Item = (String, String)>) {
    let arms: String = arms
        .map(|(pattern, value)| arm(12, &pattern, &value))
        .collect();
    if arms.is_empty() {
        let value = if value == "self" { "self" } else { "*self" };
        let _ = writeln!(page, "        match {value} {{}}");
    } else {
        let _ = write!(page, "        match self {{\n{arms}        }}\n");
    }
}

/// The slices, with their workflows.
pub(super) fn slices(catalogue: &Catalogue<'_>) -> String {
    let mut page = String::from("//! The slices.\n\nuse super::workflow::Workflow;\n\n");
    page.push_str(&names("slice", "Slice", &catalogue.slices));
    page.push_str("\nimpl Slice {\n    /// The workflow that it is a step of.\n    #[must_use]\n    pub const fn workflow(self) -> Workflow {\n");
    matching(
        &mut page,
        "self",
        catalogue.slices.iter().map(|(slug, (identifier, _))| {
            let home = catalogue.homes.get(slug).copied().unwrap_or_default();
            let workflow = identifier_of(&catalogue.workflows, home);
            (
                format!("Self::{identifier}"),
                format!("Workflow::{workflow}"),
            )
        }),
    );
    page.push_str("    }\n}\n");
    page
}

const EVENT_STREAM: &str = "
    /// The stream that it is recorded in.
    #[must_use]
    pub const fn stream(&self) -> Stream {
        self.name().stream()
    }
";

/// The enums of the events: with and without what they hold.
pub(super) fn events(rust: &Rust, catalogue: &Catalogue<'_>) -> String {
    let mut page = String::from("//! The events.\n\nuse super::stream::Stream;\n");
    if !catalogue.events.is_empty() {
        page.push_str("use super::workflows as of;\n");
    }
    page.push('\n');
    page.push_str(&names("event", "EventName", &catalogue.event_names()));
    let events = || catalogue.events.iter();
    page.push_str("\nimpl EventName {\n    /// The stream that it is recorded in.\n    #[must_use]\n    pub const fn stream(self) -> Stream {\n");
    matching(
        &mut page,
        "self",
        events().map(|(_, event)| {
            let stream = identifier_of(&catalogue.streams, event.stream);
            (
                format!("Self::{}", event.identifier),
                format!("Stream::{stream}"),
            )
        }),
    );
    page.push_str("    }\n}\n\n/// An event with what it holds.\n");
    page.push_str(rust.derives());
    if catalogue.events.is_empty() {
        page.push_str("pub enum Event {}\n");
    } else {
        page.push_str("pub enum Event {\n");
        for (name, event) in events() {
            let _ = writeln!(page, "    /// {}", code(name));
            if rust.has_serde() && event.identifier != **name {
                page.push_str(&rename(4, name));
            }
            let module = catalogue.module(event.workflow);
            let identifier = &event.identifier;
            page.push_str(&variant(
                4,
                identifier,
                &format!("of::{module}::{identifier}"),
            ));
        }
        page.push_str("}\n");
    }
    page.push_str("\nimpl Event {\n    /// Its name.\n    #[must_use]\n    pub const fn name(&self) -> EventName {\n");
    matching(
        &mut page,
        "&self",
        events().map(|(_, event)| {
            let identifier = &event.identifier;
            (
                format!("Self::{identifier}(_)"),
                format!("EventName::{identifier}"),
            )
        }),
    );
    page.push_str("    }\n");
    if !catalogue.events.is_empty() {
        page.push_str(EVENT_STREAM);
    }
    page.push_str("}\n");
    if rust.eventcore {
        page.push_str("\nimpl ::eventcore::Event for Event {\n    fn stream_id(&self) -> &::eventcore::StreamId {\n");
        matching(
            &mut page,
            "&self",
            events().map(|(_, event)| {
                (
                    format!("Self::{}(event)", event.identifier),
                    "&event.stream_id".to_owned(),
                )
            }),
        );
        page.push_str(
            "    }\n\n    fn event_type_name() -> &'static str {\n        \"Event\"\n    }\n}\n",
        );
    }
    page
}

/// The struct of an event.
fn structure(page: &mut String, rust: &Rust, name: &str, event: &Event<'_>) {
    let _ = writeln!(
        page,
        "\n/// {} of the stream {}.",
        code(name),
        code(event.stream)
    );
    for line in event.told() {
        let _ = writeln!(page, "///\n/// {line}");
    }
    page.push_str(rust.derives());
    if event.attributes.is_empty() && !rust.eventcore {
        let _ = writeln!(page, "pub struct {} {{}}", event.identifier);
        return;
    }
    let _ = writeln!(page, "pub struct {} {{", event.identifier);
    let wires = event.attributes.iter().map(|attribute| attribute.name);
    let fields = identifiers(wires, Case::Snake, &["stream_id"]);
    let named = |wire: &str| {
        event
            .attributes
            .iter()
            .any(|attribute| attribute.name == wire)
    };
    if rust.eventcore {
        page.push_str("    /// The stream that it is recorded in.\n");
        let mut key = "stream_id".to_owned();
        while named(&key) {
            key.push('_');
        }
        if key != "stream_id" {
            page.push_str(&rename(4, &key));
        }
        page.push_str("    pub stream_id: ::eventcore::StreamId,\n");
    }
    for field in &event.attributes {
        let Some(identifier) = fields.get(field.name) else {
            continue;
        };
        let encoding = field
            .encoding
            .map(|encoding| format!(": {}", prose(encoding)))
            .unwrap_or_default();
        let _ = writeln!(page, "    /// {}{encoding}", code(field.name));
        if rust.has_serde() && identifier != field.name {
            page.push_str(&rename(4, field.name));
        }
        let own = rust.type_of(field.encoding);
        page.push_str(&below(4, &format!("pub {identifier}:"), own, ","));
    }
    page.push_str("}\n");
}

/// The file of a workflow: its events and its scenarios.
pub(super) fn workflow(rust: &Rust, catalogue: &Catalogue<'_>, slug: &str) -> String {
    let mut page = format!("//! The workflow {}.\n", code(slug));
    let scenarios: Vec<&Named<'_>> = catalogue
        .scenarios
        .iter()
        .filter(|named| named.workflow == slug)
        .collect();
    if scenarios.is_empty() {
        page.push_str("\nuse super::super::scenario::Scenario;\n");
    } else {
        page.push_str("\nuse super::super::scenario::{Scenario, ScenarioKind};\nuse super::super::slice::Slice;\nuse super::super::workflow::Workflow;\n");
    }
    for (name, event) in &catalogue.events {
        if event.workflow == slug {
            structure(&mut page, rust, name, event);
        }
    }
    page.push_str("\n/// The scenarios of the workflow, by slice and name.\n");
    if scenarios.is_empty() {
        page.push_str("pub static SCENARIOS: &[Scenario] = &[];\n");
        return page;
    }
    page.push_str("pub static SCENARIOS: &[Scenario] = &[\n    // One for each test.\n");
    for named in scenarios {
        let scenario = named.scenario;
        let own = identifier_of(&catalogue.workflows, slug);
        let slice = identifier_of(&catalogue.slices, named.slice);
        let covers = scenario.covered_definition.as_deref().unwrap_or_default();
        page.push_str("    Scenario {\n");
        let _ = writeln!(page, "        workflow: Workflow::{own},");
        let _ = writeln!(page, "        slice: Slice::{slice},");
        page.push_str(&field(8, "name", &scenario.name));
        let _ = writeln!(page, "        kind: ScenarioKind::{},", kind(named));
        page.push_str(&field(8, "covers", covers));
        page.push_str(&field(8, "given", &scenario.given));
        page.push_str(&field(8, "when", &scenario.when));
        page.push_str(&field(8, "then", &scenario.then));
        page.push_str(&field(8, "test", &named.test()));
        page.push_str("    },\n");
    }
    page.push_str("];\n");
    page
}

fn kind(named: &Named<'_>) -> &'static str {
    match (named.scenario.kind, named.scenario.contract_kind) {
        (ScenarioKind::Acceptance, _) | (_, None) => "Acceptance",
        (_, Some(ContractKind::Projector)) => "Projector",
        (_, Some(ContractKind::Command)) => "Command",
        (_, Some(ContractKind::Automation)) => "Automation",
        (_, Some(ContractKind::Translation)) => "Translation",
        (_, Some(ContractKind::Derivation)) => "Derivation",
        (_, Some(ContractKind::Absence)) => "Absence",
        (_, Some(ContractKind::Transitive)) => "Transitive",
    }
}

const SCENARIO: &str = "\
//! The scenarios.

use super::{slice::Slice, workflow::Workflow};

/// A scenario of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The workflow.
    pub workflow: Workflow,
    /// The slice that it is an example of.
    pub slice: Slice,
    /// Its name in the model.
    pub name: &'static str,
    /// What it is for.
    pub kind: ScenarioKind,
    /// The definition whose contract it is; empty for acceptance.
    pub covers: &'static str,
    /// What has happened.
    pub given: &'static str,
    /// What is done.
    pub when: &'static str,
    /// What must follow.
    pub then: &'static str,
    /// How the path of its test ends, for `emc::conformance`.
    pub test: &'static str,
}

/// What a scenario is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScenarioKind {
    /// Somebody reaches a goal.
    Acceptance,
    /// The contract of a projection.
    Projector,
    /// The contract of a command.
    Command,
    /// The contract of an automation.
    Automation,
    /// The contract of a translation.
    Translation,
    /// The contract of a derived field.
    Derivation,
    /// The contract of a field that may be absent.
    Absence,
    /// The contract of a read model that follows a relationship.
    Transitive,
}

/// Every scenario.
pub fn scenarios() -> impl Iterator<Item = &'static Scenario> {
    SCENARIOS.iter().flat_map(|workflow| workflow.iter())
}

/// Every scenario, by workflow.
";

/// The file of the scenarios of all workflows.
pub(super) fn scenarios(catalogue: &Catalogue<'_>) -> String {
    let mut page = SCENARIO.to_owned();
    if catalogue.modules.is_empty() {
        page.push_str("pub static SCENARIOS: &[&[Scenario]] = &[];\n");
        return page;
    }
    page.push_str("pub static SCENARIOS: &[&[Scenario]] = &[\n    // One a workflow.\n");
    for module in catalogue.modules.values() {
        let _ = writeln!(page, "    super::workflows::{module}::SCENARIOS,");
    }
    page.push_str("];\n");
    page
}
