//! What a document names twice. A store may hold two elements of one name, where
//! branches met; a document may name both of those, and no other two.

use std::collections::BTreeMap;

use super::fact::{Element, Fact as _};
use crate::{
    authoring::Refused,
    diagnostic::{Diagnostic, Place, Source, codes::authoring::NAMED_TWICE},
    document::{self, Control, Document, Model, Slice, Step, View, ViewField, Workflow},
    event::Text,
};

/// Refuse what `document` names more often than once and than `current` does.
pub(super) fn refuse(current: &Model, document: &Document) -> Result<(), Refused> {
    let named = Names::of(document);
    let twins = named.twins();
    if twins.is_empty() {
        return Ok(());
    }
    let present = Names::of_model(current);
    let present = present.by_identity();
    let problems: Vec<Diagnostic> = twins
        .iter()
        .filter(|(identity, twins)| {
            let have = present.get(identity).map_or(0, Vec::len);
            twins.len() > have.max(1)
        })
        .filter_map(|(_, twins)| Some(twins.first()?.told(twins.len())))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}

/// The same findings, those of a name that stands twice with the places of both
/// in `text`, which `document` was read from; `file` is what findings call it.
pub fn placed(
    findings: Vec<Diagnostic>,
    document: &Document,
    file: &str,
    text: &str,
) -> Vec<Diagnostic> {
    if findings.iter().all(|finding| finding.code != &NAMED_TWICE) {
        return findings;
    }
    let source = Source::new(text, file);
    let named = Names::of(document);
    let twins = named.twins();
    let place = |finding: Diagnostic| {
        let spans: Vec<_> = twins
            .iter()
            .find(|(_, twins)| {
                finding.code == &NAMED_TWICE
                    && twins.first().map(|twin| twin.element()) == finding.element
            })
            .into_iter()
            .flat_map(|(_, twins)| twins)
            .filter_map(|twin| document::span(text, &twin.path))
            .collect();
        let [first, .., last] = spans.as_slice() else {
            return finding;
        };
        let there = source.finding(finding.code, last.clone(), "", String::new());
        let first = source.place(first.start);
        let lines = |place: &Place| place.line.unwrap_or_default();
        // What is offered again in an editor has more lines on top.
        let note = match there.place.as_ref().map_or(0, lines) - lines(&first) {
            0 => format!(
                "the first one is in column {} of the same line",
                first.column.unwrap_or_default()
            ),
            1 => "the first one is one line above".to_owned(),
            above => format!("the first one is {above} lines above"),
        };
        Diagnostic {
            place: there.place,
            snippet: there.snippet,
            ..finding.note(note)
        }
    };
    findings.into_iter().map(place).collect()
}

/// An element that has lists of its own, and which of that name: `slice s` and 0.
type Owner = (String, usize);

/// Something that a document names.
struct Name {
    owner: Owner,
    /// What a person calls its kind.
    noun: &'static str,
    /// What a person calls it.
    label: String,
    /// All that it says, of an element that is known by that; else nothing.
    said: String,
    /// Where it stands.
    path: Vec<Step>,
    /// What to do about two.
    help: &'static str,
}

/// What two names have in common when they are one.
type Identity<'a> = (&'a (String, usize), &'static str, &'a str, &'a str);

impl Name {
    fn identity(&self) -> Identity<'_> {
        (&self.owner, self.noun, &self.label, &self.said)
    }

    /// As findings call it.
    fn element(&self) -> String {
        let own = format!("{} {}", self.noun, self.label);
        match self.owner.0.as_str() {
            "" => own,
            owner => format!("{owner}, {own}"),
        }
    }

    fn told(&self, times: usize) -> Diagnostic {
        let times = match times {
            2 => "twice".to_owned(),
            more => format!("{more} times"),
        };
        let message = format!(
            "the document has the {} `{}` {times}",
            self.noun, self.label
        );
        Diagnostic::new(&NAMED_TWICE, message)
            .about(self.element())
            .help(self.help)
    }
}

/// All that a document names, in its order.
#[derive(Default)]
struct Names {
    all: Vec<Name>,
    /// Where the search is.
    path: Vec<Step>,
    /// How many elements of each name it has met that have lists of their own.
    owners: BTreeMap<String, usize>,
}

impl Names {
    fn of(document: &Document) -> Self {
        let mut names = Self::default();
        match document {
            Document::Model(model) => return Self::of_model(model),
            Document::Workflow(workflow) => names.workflow(workflow),
            Document::Slice(slice) => names.slice(slice),
        }
        names
    }

    fn of_model(model: &Model) -> Self {
        let mut names = Self::default();
        let root = (String::new(), 0);
        for (at, workflow) in model.workflows.iter().enumerate() {
            names.within("workflows", at, |names| {
                names.add(&root, "workflow", workflow.slug.to_string(), RENAME);
                names.workflow(workflow);
            });
        }
        names
    }

    /// Names with the same identity, in the order of the first.
    fn by_identity(&self) -> BTreeMap<Identity<'_>, Vec<&Name>> {
        let mut groups: BTreeMap<Identity<'_>, Vec<&Name>> = BTreeMap::new();
        for name in &self.all {
            groups.entry(name.identity()).or_default().push(name);
        }
        groups
    }

    /// Those that stand there more than once, in the order of their last.
    fn twins(&self) -> Vec<(Identity<'_>, Vec<&Name>)> {
        let mut twins: Vec<_> = self.by_identity().into_iter().collect();
        twins.retain(|(_, twins)| twins.len() > 1);
        twins.sort_by_key(|(_, twins)| twins.last().map(|twin| &twin.path));
        twins
    }

    /// Search what stands at a place of a list.
    fn within(&mut self, list: &'static str, at: usize, search: impl FnOnce(&mut Self)) {
        self.path.extend([Step::Key(list), Step::At(at)]);
        search(self);
        self.path.truncate(self.path.len() - 2);
    }

    fn add(&mut self, owner: &Owner, noun: &'static str, label: String, help: &'static str) {
        self.all.push(Name {
            owner: owner.clone(),
            noun,
            label,
            said: String::new(),
            path: self.path.clone(),
            help,
        });
    }

    /// An element that has lists of its own.
    fn owner(&mut self, element: String) -> Owner {
        let met = self.owners.entry(element.clone()).or_default();
        *met += 1;
        (element, *met - 1)
    }

    fn list<E: Element>(
        &mut self,
        owner: &Owner,
        list: &'static str,
        elements: &[E],
        mut members: impl FnMut(&mut Self, &E, &Owner),
    ) {
        for (at, element) in elements.iter().enumerate() {
            self.within(list, at, |names| {
                names.add(owner, E::NOUN, element.label(), E::TWICE);
                if let (true, Some(name)) = (E::Fact::BY_VALUE, names.all.last_mut()) {
                    // Documents hold nothing that JSON cannot.
                    name.said = serde_json::to_string(element).unwrap_or_default();
                }
                let itself = format!("{}, {} {}", owner.0, E::NOUN, element.label());
                let itself = names.owner(itself);
                members(names, element, &itself);
            });
        }
    }

    fn members<T>(
        &mut self,
        owner: &Owner,
        list: &'static str,
        noun: &'static str,
        members: &[T],
        name: fn(&T) -> &Text,
    ) {
        for (at, member) in members.iter().enumerate() {
            self.within(list, at, |names| {
                names.add(owner, noun, name(member).to_string(), RENAME);
            });
        }
    }

    fn workflow(&mut self, workflow: &Workflow) {
        let owner = self.owner(format!("workflow {}", workflow.slug));
        let w = workflow;
        self.list(
            &owner,
            "entry_lifecycle_states",
            &w.entry_lifecycle_states,
            alone,
        );
        self.list(&owner, "transitions", &w.transitions, alone);
        self.list(
            &owner,
            "transition_evidences",
            &w.transition_evidences,
            alone,
        );
        self.list(&owner, "outcomes", &w.outcomes, alone);
        self.list(&owner, "command_errors", &w.command_errors, alone);
        self.list(&owner, "owned_definitions", &w.owned_definitions, alone);
        for (at, slice) in workflow.slices.iter().enumerate() {
            self.within("slices", at, |names| {
                names.add(&owner, "slice", slice.slug.to_string(), RENAME);
                names.slice(slice);
            });
        }
    }

    fn slice(&mut self, slice: &Slice) {
        let owner = self.owner(format!("slice {}", slice.slug));
        self.list(&owner, "views", &slice.views, Self::view);
        self.list(
            &owner,
            "commands",
            &slice.commands,
            |names, command, own| {
                names.members(own, "inputs", "input", &command.inputs, |input| &input.name);
                // Else the store may say the same in another place.
                if command
                    .inputs
                    .iter()
                    .all(|input| input.recorded_with.is_none())
                {
                    names.members(own, "errors", "error", &command.errors, |error| &error.name);
                }
            },
        );
        self.list(&owner, "events", &slice.events, |names, event, own| {
            names.members(own, "attributes", "attribute", &event.attributes, |it| {
                &it.name
            });
        });
        self.list(
            &owner,
            "read_models",
            &slice.read_models,
            |names, model, own| {
                names.members(own, "fields", "field", &model.fields, |field| &field.name);
            },
        );
        self.list(
            &owner,
            "external_payloads",
            &slice.external_payloads,
            |names, payload, own| {
                names.members(own, "fields", "field", &payload.fields, |field| &field.name);
            },
        );
        self.list(&owner, "automations", &slice.automations, alone);
        self.list(&owner, "translations", &slice.translations, alone);
        self.list(&owner, "outcomes", &slice.outcomes, alone);
        self.list(&owner, "scenarios", &slice.scenarios, alone);
        self.list(&owner, "data_flows", &slice.data_flows, alone);
        self.list(&owner, "board_elements", &slice.board_elements, alone);
        self.list(&owner, "board_connections", &slice.board_connections, alone);
    }

    /// A field stands in a view once for each control that was recorded beside it,
    /// and a control once for each of its inputs: those are one.
    fn view(&mut self, view: &View, own: &Owner) {
        let mut fields: Vec<&ViewField> = Vec::new();
        for (at, field) in view.fields.iter().enumerate() {
            let mut controls: Vec<&Control> = Vec::new();
            // The store records what stands beside each field for itself.
            let itself = self.owner(format!("{}, field {}", own.0, field.name));
            self.within("fields", at, |names| {
                if !fields.iter().any(|other| is_one_field(other, field)) {
                    names.add(own, "field", field.name.to_string(), RENAME);
                    fields.push(field);
                }
                for (at, control) in field.controls.iter().enumerate() {
                    if !controls.iter().any(|other| is_one_control(other, control)) {
                        names.within("controls", at, |names| {
                            names.add(&itself, "control", control.name.to_string(), RENAME);
                        });
                        controls.push(control);
                    }
                }
            });
        }
    }
}

fn is_one_field(one: &ViewField, other: &ViewField) -> bool {
    let own = |field: &ViewField| ViewField {
        controls: Vec::new(),
        recorded_with: None,
        ..field.clone()
    };
    own(one) == own(other)
}

/// Whether they differ in their input, errors and recovery only.
fn is_one_control(one: &Control, other: &Control) -> bool {
    one.name == other.name
        && one.command == other.command
        && one.sketch_token == other.sketch_token
        && one.navigation == other.navigation
}

/// An element without members.
fn alone<E>(_: &mut Names, _: &E, _: &Owner) {}

/// What to do about two elements of one name.
pub(super) const RENAME: &str = "leave one of them out, or give it another name";

/// The model without what it names a second time.
#[cfg(test)]
pub(in crate::authoring) fn once(model: &Model) -> Model {
    let names = Names::of_model(model);
    let mut later: Vec<&Vec<Step>> = names
        .twins()
        .iter()
        .flat_map(|(_, twins)| twins.iter().skip(1).map(|twin| &twin.path))
        .collect();
    if later.is_empty() {
        return model.clone();
    }
    // From the end, so that what is left to remove stays where it is.
    later.sort();
    let mut tree = serde_json::to_value(model).expect("a document");
    for path in later.into_iter().rev() {
        let (last, way) = path.split_last().expect("no path is empty");
        let list = way.iter().fold(&mut tree, |tree, step| match step {
            Step::Key(key) => &mut tree[*key],
            Step::At(at) => &mut tree[*at],
        });
        match (list.as_array_mut(), last) {
            (Some(list), Step::At(at)) => drop(list.remove(*at)),
            _ => panic!("{path:?} ends in no list"),
        }
    }
    // Without some input the errors of a command may count.
    once(&serde_json::from_value(tree).expect("a document with less in it"))
}
