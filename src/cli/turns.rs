//! What several projects say at the same time, printed one after the other.

use std::sync::{Mutex, PoisonError};

/// One of the two streams of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Data, and lines for a program.
    Out,
    /// Findings and status.
    Err,
}

/// Speakers in a row. The first one that is not over yet is heard at once; what
/// those behind it say waits for their turn.
#[derive(Debug)]
pub struct Turns(Mutex<State>);

#[derive(Debug)]
struct State {
    turn: usize,
    speakers: Vec<Speaker>,
    print: fn(Stream, &str),
}

#[derive(Debug, Default)]
struct Speaker {
    waiting: Vec<(Stream, String)>,
    over: bool,
}

impl Turns {
    /// As many speakers, and what prints.
    pub fn of(speakers: usize, print: fn(Stream, &str)) -> Self {
        Self(Mutex::new(State {
            turn: 0,
            speakers: (0..speakers).map(|_| Speaker::default()).collect(),
            print,
        }))
    }

    /// A speaker says something.
    pub fn say(&self, speaker: usize, stream: Stream, text: &str) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.turn == speaker {
            (state.print)(stream, text);
        } else if let Some(speaker) = state.speakers.get_mut(speaker) {
            speaker.waiting.push((stream, text.to_owned()));
        }
    }

    /// A speaker has said everything.
    pub fn over(&self, speaker: usize) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State {
            turn,
            speakers,
            print,
        } = &mut *state;
        if let Some(speaker) = speakers.get_mut(speaker) {
            speaker.over = true;
        }
        while speakers.get(*turn).is_some_and(|speaker| speaker.over) {
            *turn += 1;
            let next = speakers.get_mut(*turn);
            for (stream, text) in next.into_iter().flat_map(|next| next.waiting.drain(..)) {
                print(stream, &text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    thread_local! {
        static SAID: RefCell<String> = const { RefCell::new(String::new()) };
    }

    fn said() -> String {
        SAID.with_borrow(Clone::clone)
    }

    #[test]
    fn the_first_is_heard_at_once_and_the_others_in_order() {
        let turns = Turns::of(3, |_, text| {
            SAID.with_borrow_mut(|said| said.push_str(text));
        });
        turns.say(2, Stream::Err, "c");
        turns.say(0, Stream::Out, "a");
        assert_eq!(said(), "a");
        turns.say(1, Stream::Err, "b");
        turns.over(1);
        assert_eq!(said(), "a");
        turns.say(0, Stream::Err, "A");
        turns.over(0);
        assert_eq!(said(), "aAbc");
        turns.say(2, Stream::Err, "C");
        turns.over(2);
        turns.over(2);
        assert_eq!(said(), "aAbcC");
    }
}
