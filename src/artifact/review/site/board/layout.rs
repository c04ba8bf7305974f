//! From a sketch to places.

use std::collections::BTreeMap;

use super::tracks::{TRACK, share, straightened};
use super::{Arc, Board, CARD, CHIP, HEAD, LINE, Point, Rect, Sketch, TITLE};
use crate::event::vocabulary::Lane;

/// Below the last line of a card.
const FOOT: i32 = 9;
/// Between cards side by side.
const GAP: i32 = 20;
/// Left of the first column: room for the names of the lanes.
const MARGIN: i32 = 34;
/// Left of the cards of a column.
const GUTTER: i32 = 30;
/// Between a lane's cards and the first track behind it.
const PAD: i32 = 16;
/// The height of a track above the columns, with its words.
const STOREY: i32 = 30;
/// The least room for the words of an arrow between columns.
const WORDS: i32 = 150;
/// Between the ends of arrows at one side of a card.
const PORT: i32 = 12;

pub(super) fn row(lane: Lane) -> usize {
    match lane {
        Lane::Ux => 0,
        Lane::Actions => 1,
        Lane::Events => 2,
    }
}

/// A length from a count, or as long as can be.
fn times(count: usize, length: i32) -> i32 {
    i32::try_from(count).map_or(i32::MAX / 64, |count| {
        count.saturating_mul(length).min(i32::MAX / 64)
    })
}

/// Arrows that meet at one end share their track: what meets, and whether it is
/// where they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Net {
    /// The channel: below the screens, below the actions, below the events.
    channel: usize,
    /// The card where they meet.
    hub: usize,
    /// They leave it.
    leaves: bool,
    /// One of the arrows alone, when it takes a gutter.
    alone: Option<usize>,
}

/// An end of a net at a card: at its upper side, or at its lower side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Port {
    card: usize,
    lower: bool,
    net: Net,
}

/// How an arrow goes.
#[derive(Clone, Copy, Debug)]
enum Route {
    /// Through one channel.
    Channel(Net, Port, Port),
    /// Through the channel at its start, the gutter, and the channel at its end.
    Gutter(Net, Net, Port, Port),
    Nowhere,
}

pub(super) struct Layout<'a> {
    sketch: &'a Sketch,
    board: Board,
    routes: Vec<Route>,
    /// Where the gutter of each column begins.
    gutters: Vec<i32>,
    /// The place in its gutter of each arrow that takes one.
    lanes_of_gutter: BTreeMap<usize, i32>,
    ports: BTreeMap<Port, i32>,
}

impl<'a> Layout<'a> {
    /// Where everything lies from left to right.
    pub fn of(sketch: &'a Sketch) -> Self {
        let mut layout = Self {
            sketch,
            board: Board::default(),
            routes: Vec::new(),
            gutters: Vec::new(),
            lanes_of_gutter: BTreeMap::new(),
            ports: BTreeMap::new(),
        };
        layout.routes = (0..sketch.links.len()).map(|at| layout.route(at)).collect();
        layout.place_across();
        layout.place_ports();
        layout
    }

    fn route(&self, at: usize) -> Route {
        let (from, to) = self.sketch.links[at];
        let (Some(start), Some(end)) = (self.sketch.cards.get(from), self.sketch.cards.get(to))
        else {
            return Route::Nowhere;
        };
        let (top, bottom) = (row(start.lane), row(end.lane));
        let port = |card, lower, net| Port { card, lower, net };
        if from == to {
            return Route::Nowhere;
        }
        if top.abs_diff(bottom) == 2 {
            let net = |channel| Net {
                channel,
                hub: from,
                leaves: true,
                alone: Some(at),
            };
            let (first, second) = if top == 0 { (0, 1) } else { (1, 0) };
            let (first, second) = (net(first), net(second));
            return Route::Gutter(
                first,
                second,
                port(from, top == 0, first),
                port(to, bottom == 0, second),
            );
        }
        // Arrows meet at what people look for: the command, the read model, the
        // event that is emitted.
        let (hub, leaves) = match (top, bottom) {
            (0 | 2, 1) | (0, 0) => (to, false),
            _ => (from, true),
        };
        let channel = if top == bottom { top } else { top.min(bottom) };
        let net = Net {
            channel,
            hub,
            leaves,
            alone: None,
        };
        let lower = |row: usize| row == channel;
        Route::Channel(
            net,
            port(from, lower(top), net),
            port(to, lower(bottom), net),
        )
    }

    /// Columns and cards from left to right.
    fn place_across(&mut self) {
        let sketch = self.sketch;
        let mut counts = vec![[0_usize; 3]; sketch.columns];
        let mut slots = Vec::with_capacity(sketch.cards.len());
        for card in &sketch.cards {
            // A card in no column lies in the last one.
            let slot = match counts.get_mut(card.column) {
                Some(count) => {
                    let slot = &mut count[row(card.lane)];
                    *slot += 1;
                    *slot - 1
                }
                None => 0,
            };
            slots.push(slot);
        }
        let mut in_gutter = vec![0_usize; sketch.columns];
        for (at, route) in self.routes.iter().enumerate() {
            if let Route::Gutter(_, _, from, _) = route
                && let Some(count) = in_gutter.get_mut(sketch.cards[from.card].column)
            {
                self.lanes_of_gutter.insert(at, times(*count, TRACK));
                *count += 1;
            }
        }
        let mut x = MARGIN;
        let mut starts = Vec::with_capacity(sketch.columns);
        for (count, gutter) in counts.iter().zip(&in_gutter) {
            let widest = count.iter().copied().max().unwrap_or(0).max(1);
            let start = x + GUTTER + times(*gutter, TRACK);
            let width = times(widest, CARD + GAP) - GAP;
            self.gutters.push(x + GUTTER / 2);
            self.board.heads.push(Rect {
                x: start,
                y: 0,
                width,
                height: TITLE,
            });
            starts.push(start);
            x = start + width;
        }
        self.board.width = x + GUTTER;
        for (card, slot) in sketch.cards.iter().zip(slots) {
            let start = starts.get(card.column).copied().unwrap_or(MARGIN);
            self.board.cards.push(Rect {
                x: start + times(slot, CARD + GAP),
                y: 0,
                width: CARD,
                height: HEAD + times(card.lines, LINE) + times(card.chips, CHIP) + FOOT,
            });
        }
    }

    /// Where the arrows meet their cards. Those that lead to the left leave on
    /// the left; one that goes straight up or down leaves in the middle.
    fn place_ports(&mut self) {
        let mut ends: BTreeMap<(usize, bool), BTreeMap<Net, Vec<i32>>> = BTreeMap::new();
        let centre = |card: usize| self.board.cards[card].x + CARD / 2;
        let mut end = |port: Port, other: i32| {
            let side = ends.entry((port.card, port.lower)).or_default();
            side.entry(port.net).or_default().push(other);
        };
        for (at, route) in self.routes.iter().enumerate() {
            match route {
                Route::Channel(_, from, to) => {
                    end(*from, centre(to.card));
                    end(*to, centre(from.card));
                }
                Route::Gutter(_, _, from, to) => {
                    let gutter = self.gutter(at, from.card);
                    end(*from, gutter);
                    end(*to, gutter);
                }
                Route::Nowhere => {}
            }
        }
        let mut ports = BTreeMap::new();
        for ((card, lower), nets) in ends {
            let middle = centre(card);
            let mut sides: Vec<(i32, Net)> = nets
                .into_iter()
                .map(|(net, others)| {
                    let straight = others.contains(&middle);
                    let count = i32::try_from(others.len()).unwrap_or(i32::MAX);
                    let mean = others.iter().map(|x| x / count).sum::<i32>();
                    (if straight { middle } else { mean }, net)
                })
                .collect();
            sides.sort_unstable();
            let count = times(sides.len(), 1);
            let step = PORT.min((CARD - 24) / count.max(1)).max(1);
            let straight = sides.iter().position(|(mean, _)| *mean == middle);
            // Ends above and ends below a channel stand between each other, so
            // that two arrows never run in one line.
            let offset = if lower { 0 } else { step / 2 };
            let zero = times(straight.unwrap_or(sides.len() / 2), 1);
            for (index, (_, net)) in sides.into_iter().enumerate() {
                let is_middle = straight == Some(index);
                let x = middle + (times(index, 1) - zero) * step;
                let x = if is_middle { x } else { x + offset };
                let x = x.clamp(middle - CARD / 2 + 8, middle + CARD / 2 - 8);
                ports.insert(Port { card, lower, net }, x);
            }
        }
        self.ports = ports;
    }

    fn gutter(&self, link: usize, card: usize) -> i32 {
        let column = self.sketch.cards[card].column;
        let start = self.gutters.get(column).copied().unwrap_or(MARGIN);
        start + self.lanes_of_gutter.get(&link).copied().unwrap_or(0)
    }

    fn port(&self, port: Port) -> i32 {
        self.ports.get(&port).copied().unwrap_or_default()
    }

    /// The tracks: of each net in its channel, from the top.
    fn tracks(&self) -> ([usize; 3], BTreeMap<Net, usize>) {
        let mut spans: BTreeMap<Net, (i32, i32)> = BTreeMap::new();
        let mut reach = |net: Net, x: i32| {
            let span = spans.entry(net).or_insert((x, x));
            *span = (span.0.min(x), span.1.max(x));
        };
        for (at, route) in self.routes.iter().enumerate() {
            match route {
                Route::Channel(net, from, to) => {
                    reach(*net, self.port(*from));
                    reach(*net, self.port(*to));
                }
                Route::Gutter(first, second, from, to) => {
                    let gutter = self.gutter(at, from.card);
                    reach(*first, self.port(*from));
                    reach(*first, gutter);
                    reach(*second, gutter);
                    reach(*second, self.port(*to));
                }
                Route::Nowhere => {}
            }
        }
        let mut counts = [0; 3];
        let mut tracks = BTreeMap::new();
        for (channel, count) in counts.iter_mut().enumerate() {
            let own: Vec<(&Net, &(i32, i32))> = spans
                .iter()
                .filter(|(net, _)| net.channel == channel)
                .collect();
            let spans: Vec<(i32, i32)> = own.iter().map(|(_, span)| **span).collect();
            let (used, given) = share(&spans);
            *count = used;
            tracks.extend(own.iter().map(|(net, _)| **net).zip(given));
        }
        (counts, tracks)
    }

    /// Where everything lies.
    pub fn finish(mut self) -> Board {
        let (leaps, storeys) = self.leaps();
        let sky = times(storeys, STOREY) + if storeys == 0 { 12 } else { 14 };
        for head in &mut self.board.heads {
            head.y = sky;
        }
        let (counts, tracks) = self.tracks();
        let mut y = sky + TITLE + 14;
        let mut channels = [0; 3];
        for lane in [Lane::Ux, Lane::Actions, Lane::Events] {
            let index = row(lane);
            let heights = self.sketch.cards.iter().zip(&self.board.cards);
            let own = heights.filter(|(card, _)| card.lane == lane);
            let height = own.map(|(_, rect)| rect.height).max().unwrap_or(40);
            self.board.lanes[index] = Rect {
                x: 0,
                y: y - 10,
                width: self.board.width,
                height: height + 20,
            };
            for (card, rect) in self.sketch.cards.iter().zip(&mut self.board.cards) {
                if card.lane == lane {
                    // Screens stand on the channel below them.
                    let space = if lane == Lane::Ux {
                        height - rect.height
                    } else {
                        0
                    };
                    rect.y = y + space;
                }
            }
            channels[index] = y + height + PAD;
            y += height + 2 * PAD + times(counts[index].saturating_sub(1), TRACK);
        }
        self.board.height = y;
        self.board.ways = (0..self.routes.len())
            .map(|at| self.way(at, &channels, &tracks))
            .collect();
        for (arc, storey) in leaps {
            self.board.arcs.push(lowered(&arc, sky, storey));
        }
        self.board
    }

    fn side(&self, port: Port) -> Point {
        let rect = self.board.cards[port.card];
        let y = if port.lower { rect.bottom() } else { rect.y };
        (self.port(port), y)
    }

    fn way(&self, at: usize, channels: &[i32; 3], tracks: &BTreeMap<Net, usize>) -> Vec<Point> {
        let level = |net: &Net| {
            let track = tracks.get(net).copied().unwrap_or(0);
            channels[net.channel] + times(track, TRACK)
        };
        let way = match &self.routes[at] {
            Route::Nowhere => return Vec::new(),
            Route::Channel(net, from, to) => {
                let (from, to) = (self.side(*from), self.side(*to));
                let y = level(net);
                vec![from, (from.0, y), (to.0, y), to]
            }
            Route::Gutter(first, second, start, end) => {
                let x = self.gutter(at, start.card);
                let (from, to) = (self.side(*start), self.side(*end));
                let (one, two) = (level(first), level(second));
                vec![from, (from.0, one), (x, one), (x, two), (to.0, two), to]
            }
        };
        straightened(way)
    }

    /// The arrows above the columns, each with its storey counted from the
    /// columns, and how many storeys there are. Their points stand at the storey
    /// 0 of a sky of no height.
    fn leaps(&mut self) -> (Vec<(Arc, usize)>, usize) {
        let heads = &self.board.heads;
        let leaps = &self.sketch.leaps;
        let mut ends: BTreeMap<usize, Vec<(i32, usize, bool)>> = BTreeMap::new();
        for (at, leap) in leaps.iter().enumerate() {
            let (Some(from), to) = (heads.get(leap.from), leap.to.and_then(|to| heads.get(to)))
            else {
                continue;
            };
            let middle = |rect: &Rect| rect.x + rect.width / 2;
            let away = to.map_or(i32::MAX, middle);
            ends.entry(leap.from).or_default().push((away, at, true));
            if let (Some(column), Some(_)) = (leap.to, to) {
                let other = (middle(from), at, false);
                ends.entry(column).or_default().push(other);
            }
        }
        let mut ports: BTreeMap<(usize, bool), i32> = BTreeMap::new();
        for (column, mut sides) in ends {
            sides.sort_unstable();
            let head = heads[column];
            let count = times(sides.len() + 1, 1);
            for (index, (_, at, leaves)) in sides.into_iter().enumerate() {
                let part = i64::from(head.width) * i64::from(times(index + 1, 1));
                let x = head.x + i32::try_from(part / i64::from(count)).unwrap_or(0);
                ports.insert((at, leaves), x);
            }
        }
        let mut arcs = Vec::with_capacity(leaps.len());
        let mut spans = Vec::with_capacity(leaps.len());
        for at in 0..leaps.len() {
            let from = ports.get(&(at, true)).copied().unwrap_or(MARGIN);
            let to = ports.get(&(at, false)).copied();
            let label = |x: i32, width: i32| Rect {
                x,
                y: 5 - STOREY,
                width,
                height: 16,
            };
            let arc = match to {
                // Out to the right, with the words behind the head.
                None => Arc {
                    way: vec![(from, 0), (from, -8), (from + 18, -8)],
                    label: Rect {
                        y: -16,
                        ..label(from + 24, WORDS + 30)
                    },
                },
                Some(to) => {
                    let (left, right) = (from.min(to), from.max(to));
                    let width = (right - left - 8).clamp(WORDS, 320);
                    let x = if to >= from {
                        left + 6
                    } else {
                        (right - 6 - width).max(left + 2)
                    };
                    Arc {
                        way: straightened(vec![(from, 0), (from, -8), (to, -8), (to, 0)]),
                        label: label(x, width),
                    }
                }
            };
            let points = arc.way.iter().map(|point| point.0);
            let reach = [arc.label.x, arc.label.right()];
            let (low, high) = points.chain(reach).fold((i32::MAX, i32::MIN), |span, x| {
                (span.0.min(x), span.1.max(x))
            });
            self.board.width = self.board.width.max(high + GUTTER / 2);
            spans.push((low, high));
            arcs.push(arc);
        }
        let (count, storeys) = share(&spans);
        (arcs.into_iter().zip(storeys).collect(), count)
    }
}

/// An arc at its storey below a sky.
fn lowered(arc: &Arc, sky: i32, storey: usize) -> Arc {
    let up = times(storey, STOREY);
    let way = arc.way.iter();
    Arc {
        way: way
            .map(|(x, y)| (*x, if *y == 0 { sky } else { sky + y - up }))
            .collect(),
        label: Rect {
            y: arc.label.y + sky - up,
            ..arc.label
        },
    }
}
