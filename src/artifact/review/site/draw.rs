//! A board as SVG.

use maud::{Markup, PreEscaped, html};
use std::fmt::Write as _;

use super::{
    atlas::Atlas,
    board::{Arc, Board, CARD, CHIP, Card, HEAD, LINE, Leap, Point, Rect, Sketch, TITLE},
    changes::Mark,
    kind::Kind,
    shown::{Shown, wrapped},
};
use crate::{
    artifact::review::escape::word,
    event::vocabulary::Recovery,
    model::{Transition, TransitionTarget, Workflow},
};

/// What is drawn of an element beside its name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Badge {
    /// How many rules it breaks.
    pub findings: usize,
    /// What became of it since the last clean review.
    pub mark: Mark,
}

/// The elements that are cards, and the parts inside them, by position.
struct Cards {
    cards: Vec<(usize, Vec<usize>)>,
    /// The card of each element.
    of: Vec<usize>,
}

impl Cards {
    fn of(atlas: &Atlas<'_>) -> Self {
        let mut cards: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut of = Vec::with_capacity(atlas.elements.len());
        for (at, element) in atlas.elements.iter().enumerate() {
            // The whole stands before its parts.
            let whole = element.within.and_then(|whole| of.get(whole).copied());
            let card = whole.filter(|card: &usize| *card < cards.len());
            of.push(card.unwrap_or(cards.len()));
            if let Some((_, parts)) = card.and_then(|card| cards.get_mut(card)) {
                parts.push(at);
            } else {
                cards.push((at, Vec::new()));
            }
        }
        Self { cards, of }
    }
}

/// The room for the name on a card.
const NAME: i32 = CARD - 22;

/// The board of a workflow. `exit` gives the address of a workflow's page.
pub(super) fn board(
    workflow: &Workflow,
    atlas: &Atlas<'_>,
    badges: &[Badge],
    exit: &dyn Fn(&str) -> Option<String>,
) -> Markup {
    let cards = Cards::of(atlas);
    let titles: Vec<Vec<String>> = cards
        .cards
        .iter()
        .map(|(at, _)| wrapped(atlas.element(*at).name, NAME, 3))
        .collect();
    let sketch = sketch(workflow, atlas, &cards, &titles);
    let board = sketch.lay_out();
    let (width, height) = (board.width, board.height);
    html! {
        svg.board xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
            viewBox={ "0 0 " (width) " " (height) } role="group" aria-label="Board" {
            @for (lane, name) in board.lanes.iter().zip(["Screens", "Commands, read models", "Events"]) {
                (self::lane(*lane, name))
            }
            (heads(workflow, atlas, &board))
            g.leaps {
                @for arc in &board.arcs { path d=(PreEscaped(path(&arc.way))) {} }
                // Words stand on the lines of all others.
                @for (arc, transition) in board.arcs.iter().zip(&workflow.transitions) {
                    (words(arc, &transition.value, exit))
                }
            }
            g.ways {
                @for (way, link) in board.ways.iter().zip(&atlas.links) {
                    @if !way.is_empty() {
                        path.way.(class_of(atlas.element(link.from).kind)) d=(PreEscaped(path(way)))
                            data-a=(atlas.element(link.from).anchor) data-b=(atlas.element(link.to).anchor) {}
                    }
                }
            }
            @for (((at, parts), rect), title) in cards.cards.iter().zip(&board.cards).zip(&titles) {
                (card(atlas, *at, *rect, title, badges))
                @for (index, part) in parts.iter().enumerate() {
                    (chip(workflow, atlas, *part, *rect, title.len(), index, badges))
                }
            }
        }
    }
}

/// The words of a transition, with a link where it leaves for another workflow.
fn words(arc: &Arc, transition: &Transition, exit: &dyn Fn(&str) -> Option<String>) -> Markup {
    let target = transition.target.slug();
    let (shown, address) = match &transition.target {
        TransitionTarget::Slice(_) => (transition.name.to_string(), None),
        TransitionTarget::Workflow(slug) => (format!("{} → {slug}", transition.name), exit(slug)),
    };
    let via = word(transition.kind.via());
    let text = html! {
        text.words x=(arc.label.x) y=(arc.label.y + 12) {
            title { (Shown(&format!("{} → {target}: {via} {}", transition.source, transition.name))) }
            (first_line(&shown, arc.label.width * 9 / 8))
        }
    };
    match address {
        Some(address) => html! { a href=(address) { (text) } },
        None => text,
    }
}

fn sketch(workflow: &Workflow, atlas: &Atlas<'_>, cards: &Cards, titles: &[Vec<String>]) -> Sketch {
    let card = |((at, parts), title): (&(usize, Vec<usize>), &Vec<String>)| {
        let element = atlas.element(*at);
        Card {
            column: element.step,
            lane: element.kind.lane(),
            lines: title.len(),
            chips: parts.len(),
        }
    };
    let mut columns = std::collections::HashMap::new();
    for (at, slice) in workflow.slices.iter().enumerate() {
        columns.entry(slice.slug.as_str()).or_insert(at);
    }
    // A transition from or to no step of the workflow is drawn nowhere.
    let nowhere = usize::MAX;
    let column = |slug: &str| columns.get(slug).copied().unwrap_or(nowhere);
    Sketch {
        columns: workflow.slices.len(),
        cards: cards.cards.iter().zip(titles).map(card).collect(),
        links: atlas
            .links
            .iter()
            .map(|link| (cards.of[link.from], cards.of[link.to]))
            .collect(),
        leaps: workflow
            .transitions
            .iter()
            .map(|transition| Leap {
                from: column(&transition.value.source),
                to: match &transition.value.target {
                    TransitionTarget::Slice(slug) => Some(column(slug)),
                    TransitionTarget::Workflow(_) => None,
                },
            })
            .collect(),
    }
}

fn class_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Control | Kind::View => "by-actor",
        Kind::Automation | Kind::Translation | Kind::Payload => "by-system",
        Kind::Command | Kind::Error => "by-command",
        Kind::ReadModel => "by-model",
        Kind::Event | Kind::Observed => "by-event",
    }
}

fn lane(rect: Rect, name: &str) -> Markup {
    let (x, y) = (16, rect.y + rect.height / 2);
    html! {
        rect.lane x="0" y=(rect.y) width=(rect.width) height=(rect.height) {}
        // A low lane has no room for a name on its side.
        @if rect.height > 60 {
            text.lane-name x=(x) y=(y) transform={ "rotate(-90 " (x) " " (y) ")" } text-anchor="middle" {
                @if rect.height > 150 { (name) } @else { (name.split(',').next().unwrap_or(name)) }
            }
        }
    }
}

fn heads(workflow: &Workflow, atlas: &Atlas<'_>, board: &Board) -> Markup {
    html! {
        @for ((slice, rect), (at, anchor)) in workflow.slices.iter().zip(&board.heads).zip(atlas.anchors.iter().enumerate()) {
            a.head href={ "#" (anchor) } id={ "c." (anchor) } data-step=(anchor) {
                title { (Shown(&slice.name)) }
                rect x=(rect.x) y=(rect.y) width=(rect.width) height=(TITLE) rx="7" {}
                text.kind x=(rect.x + 12) y=(rect.y + 17) { (at + 1) " · " (super::super::slice::kind(slice.kind)) }
                text.name x=(rect.x + 12) y=(rect.y + 36) { (first_line(&slice.name, rect.width - 24)) }
            }
        }
    }
}

fn first_line(text: &str, room: i32) -> String {
    wrapped(text, room, 1)
        .into_iter()
        .next()
        .unwrap_or_default()
}

fn card(atlas: &Atlas<'_>, at: usize, rect: Rect, title: &[String], badges: &[Badge]) -> Markup {
    let element = atlas.element(at);
    let badge = badges.get(at).copied().unwrap_or_default();
    let drawn = element.only_drawn.then_some("drawn");
    html! {
        a.card.(element.kind.class()).(drawn.unwrap_or("defined")).(badge.mark.class())
            href={ "#" (element.anchor) } id={ "c." (element.anchor) } data-card=(element.anchor)
            data-at={ (rect.x) " " (rect.y) " " (rect.width) " " (rect.height) } {
            title { (element.kind.words()) " " (Shown(element.name)) }
            rect x=(rect.x) y=(rect.y) width=(rect.width) height=(rect.height) rx="7" {}
            text.kind x=(rect.x + 11) y=(rect.y + 18) {
                (element.kind.words())
                @if badge.mark != Mark::Same { " · " (badge.mark.words()) }
            }
            @for (index, line) in (0..).zip(title) {
                text.name x=(rect.x + 11) y=(rect.y + HEAD + 9 + LINE * index) { (line) }
            }
            @if badge.findings > 0 { (alarm(rect.right() - 14, rect.y + 14, badge.findings)) }
        }
    }
}

/// How many rules an element breaks, in a circle.
fn alarm(x: i32, y: i32, count: usize) -> Markup {
    html! {
        circle.alarm cx=(x) cy=(y) r="8" {}
        text.alarm x=(x) y=(y + 4) text-anchor="middle" {
            @if count > 9 { "9+" } @else { (count) }
        }
    }
}

fn chip(
    workflow: &Workflow,
    atlas: &Atlas<'_>,
    at: usize,
    card: Rect,
    lines: usize,
    index: usize,
    badges: &[Badge],
) -> Markup {
    let element = atlas.element(at);
    let badge = badges.get(at).copied().unwrap_or_default();
    let count = i32::try_from(index).unwrap_or(0);
    let lines = i32::try_from(lines).unwrap_or(0);
    let rect = Rect {
        x: card.x + 9,
        y: card.y + HEAD + LINE * lines + CHIP * count + 3,
        width: card.width - 18,
        height: CHIP - 4,
    };
    let recovery = match element.kind {
        Kind::Error => recovery(workflow, atlas, at),
        _ => None,
    };
    let words = match recovery {
        Some(Recovery::Retry) => format!("{} ↻", element.name),
        Some(Recovery::StayOnScreen) => format!("{} ↩", element.name),
        Some(Recovery::Navigation) => format!("{} →", element.name),
        Some(Recovery::ExplicitRecoveryAction) => format!("{} ⚒", element.name),
        None => element.name.to_owned(),
    };
    // The sign of the recovery stays when the name is cut.
    let (name, sign) = match recovery {
        Some(_) => words.rsplit_once(' ').unwrap_or((&words, "")),
        None => (words.as_str(), ""),
    };
    let room = rect.width - 16 - if sign.is_empty() { 0 } else { 18 };
    let room = if badge.findings > 0 { room - 20 } else { room };
    html! {
        a.chip.(element.kind.class()).(badge.mark.class()) href={ "#" (element.anchor) }
            id={ "c." (element.anchor) } data-card=(element.anchor)
            data-at={ (rect.x) " " (rect.y) " " (rect.width) " " (rect.height) } {
            title {
                (element.kind.words()) " " (Shown(element.name))
                @if let Some(recovery) = recovery { ": " (word(recovery)) }
            }
            rect x=(rect.x) y=(rect.y) width=(rect.width) height=(rect.height) rx="5" {}
            // Smaller and lighter letters than those of a title.
            text.name x=(rect.x + 8) y=(rect.y + 15) { (first_line(name, room * 9 / 8)) }
            @if !sign.is_empty() {
                text.name x=(rect.right() - 8) y=(rect.y + 15) text-anchor="end" { (sign) }
            }
            @if badge.findings > 0 { (alarm(rect.right() - 12 - if sign.is_empty() { 0 } else { 16 }, rect.y + 10, badge.findings)) }
        }
    }
}

/// How one gets over an error.
fn recovery(workflow: &Workflow, atlas: &Atlas<'_>, at: usize) -> Option<Recovery> {
    let error = atlas.element(at);
    let command = atlas.element(error.within?);
    let slice = workflow.slices.get(error.step)?;
    let mut commands = slice.command_definitions.iter();
    commands
        .by_ref()
        .filter(|one| *one.name == *command.name)
        .flat_map(|one| &one.value.errors)
        .find(|one| *one.name == *error.name)
        .map(|one| one.recovery)
}

/// A way with round corners and a head at its end.
fn path(way: &[Point]) -> String {
    let mut text = String::with_capacity(way.len() * 20);
    let (Some((first, rest)), Some(last)) = (way.split_first(), way.last()) else {
        return text;
    };
    // Writing into a String cannot fail.
    let _ = write!(text, "M{} {}", first.0, first.1);
    let toward = |from: Point, to: Point, most: i32| -> Point {
        let step = |from: i32, to: i32| from + (to - from).clamp(-most, most);
        (step(from.0, to.0), step(from.1, to.1))
    };
    let mut before = *first;
    for pair in rest.windows(2) {
        let [corner, next] = pair else { continue };
        let round = |other: Point| {
            let length = (corner.0 - other.0).abs().max((corner.1 - other.1).abs());
            toward(*corner, other, (length / 2).min(5))
        };
        let (near, far) = (round(before), round(*next));
        let _ = write!(
            text,
            "L{} {}Q{} {} {} {}",
            near.0, near.1, corner.0, corner.1, far.0, far.1
        );
        before = *corner;
    }
    let back = toward(*last, before, 5);
    let (wide, deep) = if back.0 == last.0 { (4, 0) } else { (0, 4) };
    let _ = write!(
        text,
        "L{} {}M{} {}L{} {}L{} {}",
        last.0,
        last.1,
        back.0 - wide,
        back.1 - deep,
        last.0,
        last.1,
        back.0 + wide,
        back.1 + deep
    );
    text
}
