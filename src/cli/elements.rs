//! `cargo emc add`, `update`, `remove` and `connect`: one subcommand for each
//! kind of element, with the flags that its fields make.

use clap::{
    Arg, ArgAction, ArgMatches, Args as _, Command, FromArgMatches, Subcommand,
    builder::{BoolishValueParser, PossibleValue, PossibleValuesParser},
};
use serde_json::Value;

use super::{
    Exit,
    args::{Extent, Global},
    edit,
    screen::{Screen, Verbosity},
};
use crate::{
    authoring::{
        Request,
        edit::{Field, Fields, Form, Kind, Scope, edits},
        plan::Action,
    },
    diagnostic::{Diagnostic, codes::manifest::USAGE},
    document::{Document, Model},
    event::Text,
};

/// Declare the verbs, each with its subcommands: what a person types, and the
/// kind that it is about.
macro_rules! verbs {
    ($( $(#[$doc:meta])* $name:ident $action:ident $words:ident )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(ArgMatches);

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok(Self(matches.clone()))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                self.0 = matches.clone();
                Ok(())
            }
        }

        impl Subcommand for $name {
            fn augment_subcommands(command: Command) -> Command {
                let defined = $words().map(|(word, kind)| {
                    let about = format!("{} {}", stringify!($name), article(kind));
                    // Flags are made when they are asked for.
                    Command::new(word).about(about).aliases(peer_words(kind)).defer(|command| {
                        let kind = $words().find(|(word, _)| *word == command.get_name());
                        match kind {
                            Some((_, kind)) => flags(command, kind, Action::$action),
                            None => command,
                        }
                    })
                });
                command.subcommand_required(true).arg_required_else_help(true).subcommands(defined)
            }

            fn augment_subcommands_for_update(command: Command) -> Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                $words().any(|(word, _)| word == name)
            }
        }

        impl $name {
            /// Run the verb.
            pub fn run(&self, global: &Global, screen: &mut Screen) -> Result<Exit, Vec<Diagnostic>> {
                let Some((word, matches)) = self.0.subcommand() else {
                    return Ok(Exit::Usage);
                };
                let kind = $words().find(|(name, _)| *name == word);
                match kind {
                    Some((_, Element::Kind(kind))) => run(Action::$action, kind, matches, global, screen),
                    Some((_, Element::Project)) => rename(matches, global, screen),
                    None => Ok(Exit::Usage),
                }
            }
        }
    )*};
}

/// What a subcommand is about.
#[derive(Clone, Copy)]
enum Element {
    Kind(Kind),
    Project,
}

verbs! {
    /// Add an element
    Add Add kinds
    /// Change an element
    Update Update kinds_and_project
    /// Remove an element
    Remove Remove kinds
    /// Connect a workflow
    Connect Add connections
}

fn kinds() -> impl Iterator<Item = (&'static str, Element)> {
    Kind::ALL
        .iter()
        .map(|kind| (kind.as_str(), Element::Kind(*kind)))
}

fn kinds_and_project() -> impl Iterator<Item = (&'static str, Element)> {
    [("project", Element::Project)].into_iter().chain(kinds())
}

fn connections() -> impl Iterator<Item = (&'static str, Element)> {
    [("workflow", Element::Kind(Kind::Transition))].into_iter()
}

/// The words of the peer tool for a kind.
fn peer_words(element: Element) -> &'static [&'static str] {
    match element {
        Element::Kind(Kind::WorkflowError) => &["workflow-command-error"],
        Element::Kind(Kind::OwnedDefinition) => &["workflow-owned-definition"],
        Element::Kind(Kind::TransitionEvidence) => &["workflow-transition-evidence"],
        _ => &[],
    }
}

fn article(element: Element) -> String {
    match element {
        Element::Project => "the name of the project".to_owned(),
        Element::Kind(kind) => {
            let noun = kind.as_str().replace('-', " ");
            let article = if noun.starts_with(['a', 'e', 'i', 'o']) {
                "an"
            } else {
                "a"
            };
            format!("{article} {noun}")
        }
    }
}

fn flags(command: Command, element: Element, action: Action) -> Command {
    let kind = match element {
        Element::Kind(kind) => kind,
        Element::Project => {
            let name = Arg::new("name").long("name").value_name("TEXT");
            let name = name.required(true).help("Its new name");
            return with_extent(command.arg(name));
        }
    };
    let mut command = command;
    let owner = match kind.scope() {
        Scope::Model => None,
        Scope::Workflow => Some("workflow"),
        Scope::Slice => Some("slice"),
    };
    if let Some(owner) = owner {
        command = command.arg(
            Arg::new(owner)
                .long(owner)
                .value_name("SLUG")
                .help(format!("The {owner} it belongs to")),
        );
    }
    for container in kind.containers() {
        let arg = Arg::new(container)
            .long(kebab(container))
            .value_name("NAME")
            .help(format!("The {} it stands in", container.replace('_', " ")));
        command = command.arg(match container {
            "payload" => arg.alias("external-payload"),
            _ => arg,
        });
    }
    for field in kind.fields() {
        if action == Action::Remove && !(field.is_own() && field.is_plain()) {
            continue;
        }
        let arg = flag(&field, action);
        command = match (action, field.addresses(kind)) {
            (Action::Update, true) => command.arg(arg).arg(
                flag(&field, action)
                    .id(format!("new_{}", field.key))
                    .long(format!("new-{}", kebab(&field.key)))
                    .alias(None)
                    .help(format!("{}, from now on", field.about))
                    .help_heading("What changes"),
            ),
            (Action::Update, false) => {
                let heading = match field.member() {
                    Some(member) => format!("One {member}"),
                    None => "What changes".to_owned(),
                };
                command.arg(
                    arg.alias(format!("new-{}", kebab(&field.key)))
                        .help_heading(heading),
                )
            }
            _ => command.arg(match field.member() {
                Some(member) => arg.help_heading(format!("One {member}")),
                None => arg,
            }),
        };
    }
    let json = Arg::new("json")
        .long("json")
        .value_name("OBJECT")
        .help("The same fields as a JSON object; flags come first");
    with_extent(command.arg(json))
}

/// The flags of every edit; what the command says of itself stays.
fn with_extent(command: Command) -> Command {
    let about = command.get_about().cloned().unwrap_or_default();
    Extent::augment_args(command).about(about).long_about(None)
}

fn flag(field: &Field, action: Action) -> Arg {
    let needed = field.required && action == Action::Add && !field.is_settled();
    let help = match (needed, field.member().is_some()) {
        (true, false) => format!("{} [required]", field.about),
        _ => field.about.to_owned(),
    };
    let names = field.aliases.iter().map(|alias| kebab(alias));
    let arg = Arg::new(field.key.clone())
        .long(kebab(&field.key))
        .aliases(names)
        .help(help);
    match &field.form {
        Form::Text => arg.value_name("TEXT"),
        Form::Word(words) => {
            let mut values: Vec<PossibleValue> = words.iter().map(PossibleValue::new).collect();
            // Takes an optional field away.
            values.push(PossibleValue::new("").hide(true));
            arg.value_name("WORD")
                .value_parser(PossibleValuesParser::new(values))
        }
        Form::Flag => arg
            .value_name("true|false")
            .num_args(0..=1)
            .default_missing_value("true")
            .value_parser(BoolishValueParser::new()),
        Form::List => arg
            .value_name("TEXT,...")
            .value_delimiter(',')
            .action(ArgAction::Append),
    }
}

fn kebab(key: &str) -> String {
    key.replace('_', "-")
}

/// The flags as flat fields.
fn flat(action: Action, kind: Kind, matches: &ArgMatches) -> Result<Fields, Vec<Diagnostic>> {
    let mut flat = match matches.get_one::<String>("json") {
        None => Fields::new(),
        Some(text) => serde_json::from_str(text).map_err(|error| {
            vec![
                Diagnostic::new(&USAGE, format!("`--json` is not a JSON object: {error}"))
                    .help("write it as `--json '{\"name\": \"...\"}'`"),
            ]
        })?,
    };
    let text = |id: &str| matches.get_one::<String>(id).cloned().map(Value::String);
    let owner = match kind.scope() {
        Scope::Model => None,
        Scope::Workflow => Some("workflow"),
        Scope::Slice => Some("slice"),
    };
    for id in owner.into_iter().chain(kind.containers()) {
        if let Some(value) = text(id) {
            flat.insert(id.to_owned(), value);
        }
    }
    for field in kind.fields() {
        if action == Action::Remove && !(field.is_own() && field.is_plain()) {
            continue;
        }
        let mut ids = vec![field.key.clone()];
        if action == Action::Update && field.addresses(kind) {
            ids.push(format!("new_{}", field.key));
        }
        for id in ids {
            let value = match field.form {
                Form::Text | Form::Word(_) => text(&id),
                Form::Flag => matches.get_one::<bool>(&id).copied().map(Value::Bool),
                Form::List => matches.get_many::<String>(&id).map(|items| {
                    Value::Array(items.map(|item| Value::String(item.clone())).collect())
                }),
            };
            if let Some(value) = value {
                flat.insert(id, value);
            }
        }
    }
    Ok(flat)
}

fn run(
    action: Action,
    kind: Kind,
    matches: &ArgMatches,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let flat = flat(action, kind, matches)?;
    let edits = edits(action, kind, flat).map_err(|refused| refused.0)?;
    let request = Request::Edit(edits);
    let extent = extent(matches);
    super::one(global, screen, |project, screen| {
        edit::run(project, &request, extent, screen)
    })
}

fn extent(matches: &ArgMatches) -> Extent {
    Extent {
        dry_run: matches.get_flag("dry_run"),
        no_build: matches.get_flag("no_build"),
    }
}

/// `cargo emc update project`
fn rename(
    matches: &ArgMatches,
    global: &Global,
    screen: &mut Screen,
) -> Result<Exit, Vec<Diagnostic>> {
    let name = matches.get_one::<String>("name").map_or("", String::as_str);
    let name = Text::new(name)
        .map_err(|error| vec![Diagnostic::new(&USAGE, format!("`--name`: {error}"))])?;
    let request = Request::Apply {
        document: Box::new(Document::Model(Model {
            project: Some(name.clone()),
            workflows: Vec::new(),
        })),
        prune: false,
    };
    super::one(global, screen, |project, screen| {
        let exit = edit::run(project, &request, extent(matches), screen)?;
        let own = &project.manifest.project.name;
        if **own != *name {
            let text = format!("{} calls the project `{own}`", project.place);
            screen.line(Verbosity::Normal, "Note", &text);
        }
        Ok(exit)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_kind_makes_flags_that_do_not_collide() {
        super::super::Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_says_what_it_is() {
        for kind in Kind::ALL {
            for field in kind.fields() {
                assert!(!field.about.is_empty(), "{} {}", kind.as_str(), field.key);
            }
        }
    }
}
