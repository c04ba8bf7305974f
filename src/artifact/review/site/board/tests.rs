use proptest::prelude::*;

use super::{layout::row, *};

fn lane() -> impl Strategy<Value = Lane> {
    prop::sample::select(Lane::ALL)
}

fn sketch() -> impl Strategy<Value = Sketch> {
    (1_usize..9).prop_flat_map(|columns| {
        let card = (0..columns, lane(), 1_usize..4, 0_usize..5);
        let card = card.prop_map(|(column, lane, lines, chips)| Card {
            column,
            lane,
            lines,
            chips,
        });
        let leap = (0..columns, prop::option::of(0..columns));
        let leap = leap.prop_map(|(from, to)| Leap { from, to });
        (
            prop::collection::vec(card, 0..30),
            prop::collection::vec((0_usize..30, 0_usize..30), 0..40),
            prop::collection::vec(leap, 0..12),
        )
            .prop_map(move |(mut cards, links, leaps)| {
                cards.sort_by_key(|card| card.column);
                Sketch {
                    columns,
                    cards,
                    links,
                    leaps,
                }
            })
    })
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom()
        && other.y < one.bottom()
}

/// Whether a part of a way runs through the inside of a place.
fn crosses(part: &[Point], rect: Rect) -> bool {
    let [one, two] = part else { return false };
    let line = Rect {
        x: one.0.min(two.0),
        y: one.1.min(two.1),
        width: one.0.abs_diff(two.0).try_into().expect("a length"),
        height: one.1.abs_diff(two.1).try_into().expect("a length"),
    };
    line.x < rect.right() && rect.x < line.right().max(line.x + 1)
        && line.y < rect.bottom()
        && rect.y < line.bottom().max(line.y + 1)
        // The sides of a card are where arrows end.
        && !(line.height > 0 && (line.bottom() <= rect.y || line.y >= rect.bottom()))
}

proptest! {
    #[test]
    fn nothing_lies_on_anything_else(sketch in sketch()) {
        let board = sketch.lay_out();
        let labels = board.arcs.iter().map(|arc| arc.label);
        let places: Vec<Rect> = board.cards.iter().chain(&board.heads).copied().chain(labels).collect();
        for (at, one) in places.iter().enumerate() {
            prop_assert!(one.x >= 0 && one.y >= 0, "{one:?}");
            prop_assert!(one.right() <= board.width && one.bottom() <= board.height, "{one:?}");
            for other in &places[at + 1..] {
                prop_assert!(!overlap(*one, *other), "{one:?} {other:?}");
            }
        }
        for (card, rect) in sketch.cards.iter().zip(&board.cards) {
            let lane = board.lanes[row(card.lane)];
            prop_assert!(rect.y >= lane.y && rect.bottom() <= lane.bottom());
        }
    }

    #[test]
    fn arrows_run_straight_past_every_card(sketch in sketch()) {
        let board = sketch.lay_out();
        for (way, (from, to)) in board.ways.iter().zip(&sketch.links) {
            let known = |at: &usize| *at < sketch.cards.len();
            prop_assert_eq!(way.is_empty(), from == to || !known(from) || !known(to));
            for part in way.windows(2) {
                prop_assert!(part[0].0 == part[1].0 || part[0].1 == part[1].1);
                for rect in board.cards.iter().chain(&board.heads) {
                    prop_assert!(!crosses(part, *rect), "{part:?} {rect:?}");
                }
            }
            if let (Some(start), Some(end)) = (way.first(), way.last()) {
                for (point, at) in [(start, from), (end, to)] {
                    let rect = board.cards[*at];
                    prop_assert!(rect.x < point.0 && point.0 < rect.right());
                    prop_assert!(point.1 == rect.y || point.1 == rect.bottom());
                }
            }
            for (x, y) in way {
                prop_assert!(*x > 0 && *x < board.width && *y > 0 && *y < board.height);
            }
        }
        for arc in &board.arcs {
            for (x, y) in &arc.way {
                prop_assert!(*x > 0 && *x < board.width && *y > 0 && *y < board.height);
            }
        }
    }

    #[test]
    fn a_step_at_the_end_moves_nothing_to_the_side(mut sketch in sketch()) {
        let count = sketch.cards.len();
        sketch.links.retain(|(from, to)| *from < count && *to < count);
        let before = sketch.lay_out();
        let mut longer = sketch.clone();
        longer.cards.push(Card { column: longer.columns, lane: Lane::Ux, lines: 2, chips: 0 });
        longer.columns += 1;
        let after = longer.lay_out();
        for (old, new) in before.cards.iter().zip(&after.cards) {
            prop_assert_eq!(old.x, new.x);
        }
        prop_assert_eq!(sketch.lay_out(), before);
    }
}
