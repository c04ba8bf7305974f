//! Tracks of a channel, and ways along them.

use std::collections::BTreeSet;

use super::Point;

/// Between tracks.
pub(super) const TRACK: i32 = 9;

/// A track for each span, so that no two spans on one track meet; short spans
/// first. How many tracks there are, and the track of each span.
pub(super) fn share(spans: &[(i32, i32)]) -> (usize, Vec<usize>) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|at| (spans[*at].1 - spans[*at].0, spans[*at].0, *at));
    let mut tracks: Vec<BTreeSet<(i32, i32)>> = Vec::new();
    let mut given = vec![0; spans.len()];
    for at in order {
        let (start, end) = spans[at];
        let wanted = (start - TRACK, end + TRACK);
        let free = |taken: &BTreeSet<(i32, i32)>| {
            // Of those that begin before the end the last reaches furthest: they
            // do not meet.
            let before = taken.range(..=(wanted.1, i32::MAX)).next_back();
            before.is_none_or(|(_, end)| *end < wanted.0)
        };
        let track = tracks.iter().position(free).unwrap_or(tracks.len());
        if track == tracks.len() {
            tracks.push(BTreeSet::new());
        }
        tracks[track].insert((start, end));
        given[at] = track;
    }
    (tracks.len(), given)
}

/// The same way without points that lie on the line between others.
pub(super) fn straightened(way: Vec<Point>) -> Vec<Point> {
    let mut straight: Vec<Point> = Vec::with_capacity(way.len());
    for point in way {
        if straight.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = straight[..]
            && ((before.0 == last.0 && last.0 == point.0)
                || (before.1 == last.1 && last.1 == point.1))
        {
            straight.pop();
        }
        straight.push(point);
    }
    straight
}
