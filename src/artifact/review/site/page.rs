//! The page of a workflow.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{
    atlas::Atlas,
    changes::{self, Mark},
    define,
    draw::{self, Badge},
    frame::{self, Place},
    kind::Kind,
    shown::Shown,
};
use crate::{
    artifact::{Breach, Known, Weight, Written, review::escape::word},
    diagnostic::Level,
    event::{Review, vocabulary::ScenarioKind},
    facts,
    model::{
        Model, Origin, Part, Path, ReadinessState, ReviewState, Slice, TransitionTarget, Workflow,
    },
    rules,
};

/// A workflow with all that is known of it.
pub(super) struct Seen<'a> {
    pub atlas: &'a Atlas<'a>,
    marks: Vec<Mark>,
    /// What each element breaks, by position.
    broken: BTreeMap<usize, Vec<&'a Breach>>,
    known: Known<'a>,
}

/// How many transactions are told of one element.
const TOLD: usize = 4;

impl Seen<'_> {
    pub fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or_default()
    }

    fn badges(&self) -> Vec<Badge> {
        let badge = |at: usize| Badge {
            findings: self.broken.get(&at).map_or(0, |breaches| open(breaches)),
            mark: self.mark(at),
        };
        (0..self.atlas.elements.len()).map(badge).collect()
    }

    pub fn findings_of(&self, at: usize) -> Markup {
        html! {
            @if let Some(broken) = self.broken.get(&at) { (findings(broken)) }
        }
    }

    /// When what stands of an element was written, newest first.
    pub fn history(&self, origins: &[Origin]) -> Markup {
        let mut written: Vec<Written> = Vec::new();
        for origin in origins.iter().rev() {
            // What was written in one minute was written at once, to a reader.
            let told = |one: &Written| {
                let same = |other: &Written| match &one.time {
                    Some(_) => other.time == one.time,
                    None => other == one,
                };
                written.iter().any(same)
            };
            let found = (self.known.written)(*origin).filter(|one| !told(one));
            written.extend(found);
        }
        html! {
            @if !written.is_empty() {
                p.history {
                    "Written "
                    @for (index, one) in written.iter().take(TOLD).enumerate() {
                        @if index > 0 { ", " }
                        span title={ "transaction " (one.transaction) } {
                            (one.time.as_deref().unwrap_or(&one.transaction))
                        }
                    }
                    @if written.len() > TOLD { ", and " (written.len() - TOLD) " times before" }
                }
            }
        }
    }
}

/// Those that are no exceptions.
pub(super) fn open<B: std::borrow::Borrow<Breach>>(breaches: &[B]) -> usize {
    let told = |breach: &&B| matches!((*breach).borrow().weight, Weight::Told(_));
    breaches.iter().filter(told).count()
}

/// Broken rules, with their reasons.
pub(super) fn findings<B: std::borrow::Borrow<Breach>>(breaches: &[B]) -> Markup {
    html! {
        ul.findings {
            @for breach in breaches {
                @let breach: &Breach = breach.borrow();
                @let class = match &breach.weight {
                    Weight::Told(Level::Error) => "wrong",
                    Weight::Told(_) => "doubtful",
                    Weight::Excepted(_) => "excepted",
                };
                li.(class) {
                    b { (breach.code.to_string()) " " (breach.code.title) }
                    ": " (Shown(&breach.path.to_string())) "."
                    @match &breach.weight {
                        Weight::Told(_) => { " " span.hint { "Next: " (rules::hint(breach.code)) "." } },
                        Weight::Excepted(reason) => { " " span.hint { "Excepted: " (Shown(reason)) } },
                    }
                    @if !breach.story.is_empty() {
                        ol { @for move_ in &breach.story { li { (Shown(move_)) } } }
                    }
                }
            }
        }
    }
}

/// The element that a finding is about: the innermost that has a card. A finding
/// about the step itself, or about the workflow, has none.
fn subject(atlas: &Atlas<'_>, names: &Index<'_>, path: &Path) -> Option<usize> {
    let step = path.named(Part::Slice).or_else(|| path.named(Part::Step));
    let (mut found, mut whole) = (None, None);
    for (part, name) in &path.0 {
        let kinds: &[Kind] = match part {
            Part::View => &[Kind::View],
            Part::Control => &[Kind::Control],
            Part::Automation => &[Kind::Automation],
            Part::Translation => &[Kind::Translation],
            Part::Payload => &[Kind::Payload],
            Part::Command => &[Kind::Command],
            Part::Error => &[Kind::Error],
            Part::ReadModel => &[Kind::ReadModel],
            Part::Event => &[Kind::Event, Kind::Observed],
            Part::Card => &Kind::CARDS,
            _ => continue,
        };
        let all = kinds
            .iter()
            .filter_map(|kind| names.elements.get(&(*kind, name.as_str())));
        let fits = |at: &usize| {
            let element = atlas.element(*at);
            let here = step.is_none_or(|step| {
                names
                    .steps
                    .get(element.step)
                    .is_some_and(|own| *own == step)
            });
            here && (element.within.is_none() || whole.is_none() || element.within == whole)
        };
        let Some(next) = all.flatten().copied().find(fits) else {
            continue;
        };
        // `command X, event Y` is about the command.
        if found.is_none() || atlas.element(next).within == found {
            found = Some(next);
            whole = whole.or(Some(next));
        }
    }
    found
}

/// The elements by kind and name, and the slugs of the steps.
struct Index<'a> {
    elements: BTreeMap<(Kind, &'a str), Vec<usize>>,
    steps: Vec<&'a str>,
}

/// The page of a workflow. `exit` gives the address of another one's page.
pub(super) fn page(
    known: Known<'_>,
    workflow: &Workflow,
    breaches: &[Breach],
    exit: &dyn Fn(&str) -> Option<String>,
) -> String {
    let facts = facts::Workflow::of(workflow);
    let atlas = Atlas::of(workflow, &facts);
    let mut names = Index {
        elements: BTreeMap::new(),
        steps: workflow
            .slices
            .iter()
            .map(|slice| slice.slug.as_str())
            .collect(),
    };
    for (at, element) in atlas.elements.iter().enumerate() {
        let key = (element.kind, element.name);
        names.elements.entry(key).or_default().push(at);
    }
    let mut broken: BTreeMap<usize, Vec<&Breach>> = BTreeMap::new();
    let mut in_steps: BTreeMap<usize, Vec<&Breach>> = BTreeMap::new();
    let mut apart = Vec::new();
    for breach in breaches {
        let step = breach
            .path
            .named(Part::Slice)
            .or_else(|| breach.path.named(Part::Step));
        let step = step.and_then(|step| names.steps.iter().position(|own| *own == step));
        match (subject(&atlas, &names, &breach.path), step) {
            (Some(at), _) => broken.entry(at).or_default().push(breach),
            (None, Some(step)) => in_steps.entry(step).or_default().push(breach),
            (None, None) => apart.push(breach),
        }
    }
    let seen = Seen {
        marks: changes::marks(known.model, workflow, &atlas),
        atlas: &atlas,
        broken,
        known,
    };
    let board = draw::board(workflow, &atlas, &seen.badges(), exit);
    let body = html! {
        section.intro {
            p.slug { code { (Shown(&workflow.slug)) } }
            p { (Shown(&workflow.description)) }
            (state(known.model, workflow, &seen, breaches))
        }
        section.board-section aria-label="Board" {
            div #board.frame { (board) }
            (legend())
        }
        @if !apart.is_empty() {
            section.apart { h2 { "What is wrong with the workflow" } (findings(&apart)) }
        }
        @for (at, (slice, anchor)) in workflow.slices.iter().zip(&atlas.anchors).enumerate() {
            section.step id=(anchor) data-name=(Shown(&slice.name)) data-kind="step" {
                h2 { (at + 1) ". " (Shown(&slice.name)) " " span.kind { (super::super::slice::kind(slice.kind)) } }
                p.slug { code { (Shown(&slice.slug)) } ", " (slice.relationship.as_str()) " step" }
                p { (Shown(&slice.description)) }
                @if let Some(broken) = in_steps.get(&at) { (findings(broken)) }
                (define::definitions(&seen, at, slice))
                (outcomes(slice))
                (scenarios(&seen, slice))
                (flows(slice))
                (seen.history(&[slice.origin]))
            }
        }
        (how_it_fits(workflow))
    };
    frame::page(Place::Workflow, &workflow.name, known.model, &body)
}

/// What the colours mean.
fn legend() -> Markup {
    html! {
        ul.legend aria-label="Colours" {
            @for kind in Kind::LEGEND { li.(kind.class()) { (kind.words()) } }
            li.changed { "changed since the last clean review" }
            li.alarm { "breaks rules" }
        }
    }
}

fn state(model: &Model, workflow: &Workflow, seen: &Seen<'_>, breaches: &[Breach]) -> Markup {
    let readiness = model.readiness_of(workflow);
    let count = |mark: Mark| seen.marks.iter().filter(|one| **one == mark).count();
    html! {
        ul.state {
            li.(readiness_class(readiness)) { (readiness.as_str()) }
            @match model.reviews.get(&workflow.slug) {
                None => li.doubtful { "never reviewed" },
                Some(review) => li {
                    "reviewed by " (Shown(&review.reviewer_id)) " at " (Shown(&review.reviewed_at))
                    @let (added, changed) = (count(Mark::Added), count(Mark::Changed));
                    @if review.result() != ReviewState::Clean { ": " (review.result().as_str()) }
                    @else if added + changed == 0 { (unmarked(review, workflow)) }
                    @else { "; since then " (added) " new, " (changed) " changed" }
                },
            }
            @match open(breaches) {
                0 => li.right { "no open findings" },
                count => li.wrong { (count) @if count == 1 { " open finding" } @else { " open findings" } },
            }
        }
    }
}

/// What became of a workflow since a clean review where no element is marked. What
/// was removed leaves none; the digests that the peer recorded tell nothing.
fn unmarked(review: &Review, workflow: &Workflow) -> &'static str {
    let (then, now) = (&review.model_content_digest, workflow.content_digest());
    let kind = |digest: &str| digest.split(':').next().map(str::to_owned);
    if **then == *now {
        "; nothing changed since"
    } else if kind(then) == kind(&now) {
        "; since then something was removed, or put in another order"
    } else {
        "; since then nothing was added or changed"
    }
}

pub(super) fn readiness_class(readiness: ReadinessState) -> &'static str {
    match readiness {
        ReadinessState::Ready => "right",
        ReadinessState::Stale => "wrong",
        ReadinessState::NeverVerified => "doubtful",
    }
}

fn outcomes(slice: &Slice) -> Markup {
    html! {
        @if !slice.outcomes.is_empty() {
            h3 { "Outcomes" }
            ul.plain {
                @for outcome in &slice.outcomes {
                    li {
                        b { (Shown(&outcome.label)) } ": "
                        @if outcome.events.is_empty() { "no event" }
                        @for (index, event) in outcome.events.iter().enumerate() {
                            @if index > 0 { ", " }
                            code { (Shown(event)) }
                        }
                        @if outcome.externally_relevant { ", matters outside" }
                    }
                }
            }
        }
    }
}

fn scenarios(seen: &Seen<'_>, slice: &Slice) -> Markup {
    html! {
        @if !slice.scenarios.is_empty() {
            h3 { "Scenarios" }
            div.scenarios {
                @for scenario in &slice.scenarios {
                    article.scenario.(scenario.kind.as_str()) {
                        h4 {
                            (Shown(&scenario.name)) " "
                            @if let (ScenarioKind::Contract, Some(kind), Some(covered)) = (scenario.kind, scenario.contract_kind, &scenario.covered_definition) {
                                span.kind { "contract of " (word(kind)) " " (Shown(covered)) }
                            }
                        }
                        dl {
                            dt { "given" } dd { (Shown(&scenario.given)) }
                            dt { "when" } dd { (Shown(&scenario.when)) }
                            dt { "then" } dd { (Shown(&scenario.then)) }
                            @for (what, texts) in [("reads", &scenario.read_streams), ("writes", &scenario.written_streams), ("ends in", &scenario.error_references)] {
                                @if !texts.is_empty() {
                                    dt { (what) }
                                    dd { @for (index, text) in texts.iter().enumerate() { @if index > 0 { ", " } code { (Shown(text)) } } }
                                }
                            }
                        }
                        (seen.history(&[scenario.origin]))
                    }
                }
            }
        }
    }
}

fn flows(slice: &Slice) -> Markup {
    html! {
        @if !slice.data_flows.is_empty() {
            details {
                summary { "Data flows (" (slice.data_flows.len()) ")" }
                table {
                    tr { th { "Datum" } th { "From" } th { "To" } th { "How" } th { "As" } }
                    @for flow in &slice.data_flows {
                        tr {
                            td { code { (Shown(&flow.datum)) } }
                            td { (Shown(&flow.source)) " (" (word(flow.source_kind)) ")" }
                            td { (Shown(&flow.target)) }
                            td { (word(flow.transformation)) }
                            td { (Shown(&flow.bit_encoding)) }
                        }
                    }
                }
            }
        }
    }
}

/// What the workflow says of its steps: transitions, arrivals, outcomes, owners.
fn how_it_fits(workflow: &Workflow) -> Markup {
    html! {
        section.fits {
            @if !workflow.transitions.is_empty() {
                h2 { "Transitions" }
                table {
                    tr { th { "From" } th { "To" } th { "By" } th { "More" } }
                    @for transition in &workflow.transitions {
                        @let transition = &transition.value;
                        tr {
                            td { code { (Shown(&transition.source)) } }
                            td {
                                @if matches!(transition.target, TransitionTarget::Workflow(_)) { "workflow " }
                                code { (Shown(transition.target.slug())) }
                            }
                            td { (word(transition.kind.via())) " " code { (Shown(&transition.name)) } }
                            td {
                                @if let Some(contract) = &transition.payload_contract { "with payload " code { (Shown(contract)) } }
                                @if let Some(reason) = &transition.reason { "because " (Shown(reason)) }
                                @if let (Some(control), Some(view)) = (&transition.source_control, &transition.target_view) {
                                    "control " code { (Shown(control)) } " leads to view " code { (Shown(view)) }
                                }
                            }
                        }
                    }
                }
            }
            @if !workflow.transition_evidences.is_empty() {
                details {
                    summary { "Evidence of transitions (" (workflow.transition_evidences.len()) ")" }
                    table {
                        tr { th { "Transition" } th { "At its source" } th { "At its target" } }
                        @for evidence in &workflow.transition_evidences {
                            tr {
                                td { (Shown(&evidence.from)) " → " (Shown(&evidence.to)) ": " (word(evidence.via)) " " (Shown(&evidence.name)) }
                                td { (Shown(&evidence.source_evidence)) }
                                td { (Shown(&evidence.target_evidence)) }
                            }
                        }
                    }
                }
            }
            @if workflow.requires_entry_lifecycle_coverage || !workflow.entry_lifecycle_states.is_empty() {
                h2 { "Where somebody arrives" }
                ul.plain {
                    @if workflow.requires_entry_lifecycle_coverage { li { "every state of the application needs a step" } }
                    @for entry in &workflow.entry_lifecycle_states {
                        li { b { (word(entry.state)) } " → " code { (Shown(&entry.step)) } ": " (Shown(&entry.evidence)) }
                    }
                }
            }
            @if !workflow.outcomes.is_empty() || !workflow.command_errors.is_empty() {
                h2 { "Outcomes and errors" }
                ul.plain {
                    @for outcome in &workflow.outcomes {
                        li { "outcome " code { (Shown(&outcome.label)) } " of " code { (Shown(&outcome.source_slice)) }
                            @if outcome.externally_relevant { ", matters outside" } }
                    }
                    @for error in &workflow.command_errors {
                        li { "error " code { (Shown(&error.error)) } " of " code { (Shown(&error.command)) } " in " code { (Shown(&error.source_slice)) } }
                    }
                }
            }
            @if !workflow.owned_definitions.is_empty() {
                details {
                    summary { "Who owns what (" (workflow.owned_definitions.len()) ")" }
                    table {
                        tr { th { "Step" } th { "Definition" } th { "More" } }
                        @for owned in &workflow.owned_definitions {
                            tr {
                                td { code { (Shown(&owned.source_slice)) } }
                                td { (word(owned.definition_kind)) " " code { (Shown(&owned.definition_name)) } }
                                td {
                                    @if let Some(part) = owned.event_participation { (word(part)) " " }
                                    @if let Some(stream) = &owned.definition_stream { "stream " code { (Shown(stream)) } " " }
                                    @if let Some(role) = owned.view_role { (word(role)) " " }
                                    @if let Some(provenance) = &owned.source_provenance { (Shown(provenance)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
