//! The definitions of the elements of a step, with the way of each datum.

use maud::{Markup, html};

use super::{
    atlas::{Atlas, Element},
    kind::Kind,
    page::Seen,
    shown::Shown,
};
use crate::{
    artifact::review::escape::word,
    event::{
        Control, Text,
        vocabulary::{NavigationType, RepeatBehavior},
    },
    model::{Command, Slice},
};

/// The definitions of a step's elements, in the order of the atlas.
pub(super) fn definitions(seen: &Seen<'_>, step: usize, slice: &Slice) -> Markup {
    let facts = Facts::of(slice);
    html! {
        div.elements {
            @for (at, element) in seen.atlas.of_step(step) {
                @if element.within.is_none() {
                    article.element.(element.kind.class()).(seen.mark(at).class()) id=(element.anchor) data-name=(Shown(element.name)) data-kind=(element.kind.words()) {
                        h4 { (Shown(element.name)) " " (kind(seen, at, element)) }
                        (facts.body(seen, element))
                        (seen.findings_of(at))
                        @for (at, part) in seen.atlas.of_step(step).filter(|(_, part)| part.within == Some(at)) {
                            section.part.(part.kind.class()).(seen.mark(at).class()) id=(part.anchor) data-name=(Shown(part.name)) data-kind=(part.kind.words()) {
                                h5 { (Shown(part.name)) " " (kind(seen, at, part)) }
                                (facts.part(seen, element, part))
                                (seen.findings_of(at))
                                (seen.history(&part.origins))
                            }
                        }
                        (seen.history(&element.origins))
                    }
                }
            }
        }
    }
}

fn kind(seen: &Seen<'_>, at: usize, element: &Element<'_>) -> Markup {
    let mark = seen.mark(at);
    html! {
        span.kind { (element.kind.words()) }
        @if mark != super::changes::Mark::Same { span.mark { (mark.words()) } }
        @if element.only_drawn { span.mark { "on the board only: nothing defines it" } }
    }
}

/// The definitions of a slice, merged once.
struct Facts<'a> {
    slice: &'a Slice,
    commands: Vec<Command<'a>>,
}

/// A row of a datum.
struct Row<'a> {
    source: Markup,
    provenance: &'a str,
    encoding: Option<&'a str>,
}

fn names(names: impl IntoIterator<Item = impl AsRef<str>>) -> Markup {
    html! {
        @for (index, name) in names.into_iter().enumerate() {
            @if index > 0 { ", " }
            code { (Shown(name.as_ref())) }
        }
    }
}

fn list(list: &[Text]) -> Markup {
    names(list.iter().map(Text::as_str))
}

fn pair((source, field): (Option<&Text>, Option<&Text>)) -> Markup {
    let parts = [source, field].into_iter().flatten().map(Text::as_str);
    html! { @for part in parts { " " code { (Shown(part)) } } }
}

impl<'a> Facts<'a> {
    fn of(slice: &'a Slice) -> Self {
        Self {
            slice,
            commands: slice.commands(),
        }
    }

    fn body(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        match element.kind {
            Kind::View => self.view(seen, element),
            Kind::Payload => self.payload(seen, element),
            Kind::Translation => self.translation(seen, element),
            Kind::Automation => self.automation(seen, element),
            Kind::Command => self.command(seen, element),
            Kind::Event | Kind::Observed => self.event(seen, element),
            Kind::ReadModel => self.read_model(seen, element),
            Kind::Control | Kind::Error => html! {},
        }
    }

    fn part(&self, seen: &Seen<'_>, whole: &Element<'_>, part: &Element<'_>) -> Markup {
        match part.kind {
            Kind::Control => self.control(seen, whole, part),
            _ => self.error(whole, part),
        }
    }

    fn view(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        let screens = self.slice.screens();
        let Some(view) = screens.iter().find(|view| *view.name == *element.name) else {
            return html! {};
        };
        let rows = view.fields.iter().map(|field| {
            let field = field.value;
            Row {
                source: html! {
                    "from " code { (Shown(&field.source_read_model)) "." (Shown(&field.source_field)) }
                    ", drawn " code { (Shown(&field.sketch_token)) }
                },
                provenance: &field.provenance,
                encoding: Some(&field.bit_encoding),
            }
        });
        html! {
            (data(seen, element, "Fields", rows))
            @if !view.local_states.is_empty() { p { "Local states: " (names(view.local_states.iter().map(|one| one.as_str()))) } }
            @if !view.filters.is_empty() { p { "Filters: " (names(view.filters.iter().map(|one| one.as_str()))) } }
        }
    }

    fn control(&self, seen: &Seen<'_>, view: &Element<'_>, element: &Element<'_>) -> Markup {
        let facts: Vec<&Control> = self
            .slice
            .views
            .iter()
            .filter(|fact| *fact.name == *view.name)
            .flat_map(|fact| &fact.value.controls)
            .filter(|control| *control.name == *element.name)
            .collect();
        let Some(first) = facts.first() else {
            return html! {};
        };
        let rows = facts.iter().map(|control| {
            let input = &control.input;
            Row {
                source: html! {
                    (word(input.source_kind))
                    @if input.visible_to_actor { ", visible" } @else { ", hidden" }
                    @if input.decision_field { ", decision of the actor" }
                    ", drawn " code { (Shown(&input.sketch_token)) }
                },
                provenance: &input.source_description,
                encoding: None,
            }
        });
        let errors: Vec<(&Text, &Control)> = facts
            .iter()
            .flat_map(|control| {
                control
                    .handled_errors
                    .iter()
                    .map(move |error| (error, *control))
            })
            .collect();
        html! {
            p {
                "Issues " code { (Shown(&first.command)) } ", drawn " code { (Shown(&first.sketch_token)) }
                "; " (destination(first)) "."
            }
            (data(seen, element, "Provides", rows))
            @if !errors.is_empty() {
                ul.plain {
                    @for (error, control) in errors {
                        li { "handles " code { (Shown(error)) } ": " (word(control.recovery_behavior)) }
                    }
                }
            }
        }
    }

    fn error(&self, command: &Element<'_>, element: &Element<'_>) -> Markup {
        let command = self.commands.iter().find(|one| *one.name == *command.name);
        let errors = command.map(|command| &command.errors);
        let error = errors.and_then(|errors| errors.iter().find(|one| *one.name == *element.name));
        html! {
            @if let Some(error) = error {
                p { "Recovery: " (word(error.recovery)) ". Shown by “" (Shown(&error.scenario)) "”." }
            }
        }
    }

    fn payload(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        let fields = self.slice.external_payloads.iter();
        let rows = fields
            .filter(|field| *field.name == *element.name)
            .map(|field| Row {
                source: html! { "from outside" },
                provenance: &field.value.field_provenance,
                encoding: Some(&field.value.bit_encoding),
            });
        data(seen, element, "Fields", rows)
    }

    fn translation(&self, _: &Seen<'_>, element: &Element<'_>) -> Markup {
        let mut facts = self.slice.translations.iter();
        let one = facts.find(|one| *one.name == *element.name);
        html! {
            @if let Some(one) = one {
                p {
                    "On external event " code { (Shown(&one.external_event)) }
                    " with payload " code { (Shown(&one.payload_contract)) }
                    ", issues " code { (Shown(&one.command)) } "."
                }
            }
        }
    }

    fn automation(&self, _: &Seen<'_>, element: &Element<'_>) -> Markup {
        let mut facts = self.slice.automations.iter();
        let one = facts.find(|one| *one.name == *element.name);
        html! {
            @if let Some(one) = one {
                p {
                    "On " code { (Shown(&one.trigger)) } ", issues " code { (Shown(&one.command)) } "."
                    @if !one.handled_errors.is_empty() { " Handles " (list(&one.handled_errors)) "." }
                }
                p { (Shown(&one.reaction)) }
            }
        }
    }

    fn command(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        let mut commands = self.commands.iter();
        let Some(command) = commands.find(|one| *one.name == *element.name) else {
            return html! {};
        };
        let rows = command.inputs.iter().map(|input| {
            let input = input.value;
            Row {
                source: html! {
                    (word(input.source_kind))
                    (pair(input.source()))
                    @if !input.provenance_chain.is_empty() {
                        ", by way of "
                        @for (index, link) in input.provenance_chain.iter().enumerate() {
                            @if index > 0 { " → " }
                            (Shown(link))
                        }
                    }
                },
                provenance: &input.source_description,
                encoding: flow(self.slice, command.name, &input.name),
            }
        });
        html! {
            (data(seen, element, "Inputs", rows))
            @if !command.emitted_events.is_empty() {
                p { "Emits " (names(command.emitted_events.iter().map(|one| one.as_str()))) "." }
            }
            @if !command.observed_streams.is_empty() {
                p { "Reads the streams " (names(command.observed_streams.iter().map(|one| one.as_str()))) "." }
            }
            @match command.repeat {
                Some(RepeatBehavior::AlreadyExistsError) => p { "Once only: the second time is an error." },
                Some(RepeatBehavior::Idempotent) => p { "Once only: the second time changes nothing." },
                None => {}
            }
        }
    }

    fn event(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        let facts = self.slice.event_definitions.iter();
        let facts: Vec<_> = facts.filter(|fact| *fact.name == *element.name).collect();
        let rows = facts.iter().map(|fact| {
            let attribute = &fact.value.attribute;
            Row {
                source: html! {
                    (word(attribute.source_kind))
                    @if let Some(kind) = &attribute.generated_source_kind { " (" (Shown(kind)) ")" }
                    " " code { (Shown(&attribute.source_name)) }
                    " " code { (Shown(&attribute.source_field)) }
                },
                provenance: &attribute.provenance,
                encoding: flow(self.slice, element.name, &attribute.name),
            }
        });
        html! {
            @if let Some(first) = facts.first() {
                p {
                    "Stream " code { (Shown(&first.value.stream)) }
                    @if first.value.shared { ", shared" }
                    "."
                }
            }
            (data(seen, element, "Attributes", rows))
        }
    }

    fn read_model(&self, seen: &Seen<'_>, element: &Element<'_>) -> Markup {
        let facts = self.slice.read_models.iter();
        let facts: Vec<_> = facts.filter(|fact| *fact.name == *element.name).collect();
        let rows = facts.iter().map(|fact| {
            let field = &fact.value.field;
            Row {
                source: html! {
                    (word(field.source_kind))
                    (pair((field.source_event.as_ref(), field.source_attribute.as_ref())))
                    @if let Some(event) = &field.absence_event { " of " code { (Shown(event)) } }
                    @if !field.derivation_source_fields.is_empty() { " of " (list(&field.derivation_source_fields)) }
                    @if let Some(rule) = &field.derivation_rule { ": " (Shown(rule)) }
                    @for scenario in [&field.derivation_scenario, &field.absence_scenario].into_iter().flatten() {
                        "; shown by “" (Shown(scenario)) "”"
                    }
                },
                provenance: &field.provenance,
                encoding: flow(self.slice, element.name, &field.name),
            }
        });
        html! {
            (data(seen, element, "Fields", rows))
            @if let Some(first) = facts.first() {
                @if first.value.transitive {
                    p { "Transitive over " (list(&first.value.relationship_fields)) "." }
                }
                @if let Some(rule) = &first.value.transitive_rule { p { "Rule: " (Shown(rule)) } }
                @if let Some(scenario) = &first.value.example_scenario { p { "Shown by “" (Shown(scenario)) "”." } }
            }
        }
    }
}

/// The representation of a datum at its owner.
fn flow<'a>(slice: &'a Slice, owner: &str, datum: &str) -> Option<&'a str> {
    let mut flows = slice.data_flows.iter();
    let flow = flows.find(|flow| *flow.target == *owner && *flow.datum == *datum);
    flow.map(|flow| flow.value.bit_encoding.as_str())
}

fn destination(control: &Control) -> Markup {
    let navigation = &control.navigation;
    let more = [
        ("workflow", &navigation.external_workflow),
        ("system", &navigation.external_system),
        ("contract", &navigation.handoff_contract),
    ];
    let leads = match navigation.kind {
        NavigationType::ModeledView => "leads to view ",
        NavigationType::LocalViewState => "leads to local state ",
        NavigationType::ExternalSystem => "leads to external system ",
        NavigationType::ExternalWorkflow => "leads to another workflow, ",
    };
    html! {
        (leads) code { (Shown(&navigation.target)) }
        @for (what, value) in more {
            @if let Some(value) = value { ", " (what) " " code { (Shown(value)) } }
        }
    }
}

/// The data of an element, each with where it comes from and where it goes to.
fn data<'r>(
    seen: &Seen<'_>,
    element: &Element<'_>,
    title: &str,
    rows: impl Iterator<Item = Row<'r>>,
) -> Markup {
    html! {
        @if !element.data.is_empty() {
            h6 { (title) }
            ul.data {
                @for (at, row) in element.data.iter().zip(rows) {
                    @let datum = seen.atlas.datum(*at);
                    li id=(datum.anchor) {
                        b { (Shown(datum.name)) }
                        @if !datum.from.is_empty() { span.way { " ← " (ends(seen.atlas, &datum.from, "f")) } }
                        @if !datum.to.is_empty() { span.way { " → " (ends(seen.atlas, &datum.to, "t")) } }
                        div.source {
                            (row.source)
                            @if let Some(encoding) = row.encoding { ", as " (Shown(encoding)) }
                            ". " span.provenance { (Shown(row.provenance)) }
                        }
                    }
                }
            }
        }
    }
}

fn ends(atlas: &Atlas<'_>, data: &[usize], class: &str) -> Markup {
    html! {
        @for (index, at) in data.iter().enumerate() {
            @if index > 0 { ", " }
            @let datum = atlas.datum(*at);
            a.(class) href={ "#" (datum.anchor) } { (Shown(atlas.element(datum.element).name)) "." (Shown(datum.name)) }
        }
    }
}
