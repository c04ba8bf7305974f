//! Where everything lies on a board, in whole pixels: a pure layout.
//!
//! A column for each step, three lanes, each card in a place of its own in one
//! row a lane. Between the lanes run channels: an arrow leaves its card straight
//! into a channel, follows a track that no other arrow shares there, and enters
//! the other card straight. What goes past a lane takes the gutter of its column.
//! So nothing ever crosses a card. A step at the end moves nothing of those before
//! it to the side.

mod layout;
#[cfg(test)]
mod tests;
mod tracks;

use crate::event::vocabulary::Lane;

/// A card to place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Card {
    /// Its column.
    pub column: usize,
    /// Its lane.
    pub lane: Lane,
    /// Lines of its title.
    pub lines: usize,
    /// Parts inside it, a line each.
    pub chips: usize,
}

/// An arrow between columns, drawn above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leap {
    /// From this column.
    pub from: usize,
    /// To this one; none for a way out of the board.
    pub to: Option<usize>,
}

/// What to lay out. Ends of arrows are positions of cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch {
    /// How many columns there are.
    pub columns: usize,
    /// The cards, in the order in which they stand in their column and lane.
    pub cards: Vec<Card>,
    /// The arrows between cards.
    pub links: Vec<(usize, usize)>,
    /// The arrows between columns.
    pub leaps: Vec<Leap>,
}

/// A place, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rect {
    /// The left end.
    pub x: i32,
    /// The upper end.
    pub y: i32,
    /// To the right.
    pub width: i32,
    /// Down.
    pub height: i32,
}

impl Rect {
    /// Behind the right end.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// Below the lower end.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }
}

/// A point, in pixels: right, down.
pub(super) type Point = (i32, i32);

/// An arrow between columns, with the room for its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    /// Its way; the last point is its head.
    pub way: Vec<Point>,
    /// The room for its words.
    pub label: Rect,
}

/// A board with everything in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Board {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The lanes from top to bottom: screens, actions, events.
    pub lanes: [Rect; 3],
    /// The head of each column.
    pub heads: Vec<Rect>,
    /// The place of each card.
    pub cards: Vec<Rect>,
    /// The ways of the arrows between cards.
    pub ways: Vec<Vec<Point>>,
    /// The arrows between columns.
    pub arcs: Vec<Arc>,
}

/// The width of a card.
pub(super) const CARD: i32 = 172;
/// The height of a line of a title.
pub(super) const LINE: i32 = 17;
/// The height of a part inside a card, with the space above it.
pub(super) const CHIP: i32 = 25;
/// From the upper end of a card to its title.
pub(super) const HEAD: i32 = 26;
/// The height of the head of a column.
pub(super) const TITLE: i32 = 46;

impl Sketch {
    /// Lay it out. Arrows with an end that is no card are left out of nothing:
    /// their way is empty.
    pub fn lay_out(&self) -> Board {
        layout::Layout::of(self).finish()
    }
}
