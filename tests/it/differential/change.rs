//! Small changes of the events of a model, as mistakes make them.

use std::collections::BTreeSet;

use emc::event::{Address, EmcEvent};
use proptest::{bool::ANY as FLAG, prelude::*, sample::Index};
use serde_json::Value;

/// A word that no model has.
const FOREIGN: &str = "Elsewhere";

/// The keys of slugs on the wire: who something belongs to, or leads to.
const OWNERS: [&str; 5] = ["slice", "slug", "workflow", "source_slice", "target_slice"];

/// One change. What cannot be done leaves the events as they are.
#[derive(Clone, Debug)]
pub enum Change {
    /// An event is missing.
    Drop(Index),
    /// An event is there twice.
    Duplicate(Index),
    /// An event comes later or earlier.
    Move(Index, Index),
    /// An event is about another slice or workflow.
    Retarget(Index, Index),
    /// A word of an event is another one: one that stands under the same key
    /// somewhere, one from anywhere, or one that nothing has. A flag is turned, and
    /// a list loses an element.
    Rename {
        event: Index,
        leaf: Index,
        word: Index,
        anywhere: bool,
    },
    /// A word is another one wherever it stands: nothing breaks by that.
    RenameAll(Index),
    /// Of the slices only some are left, and all that is said about them.
    Keep(Vec<bool>),
}

pub fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => at().prop_map(Change::Drop),
        2 => at().prop_map(Change::Duplicate),
        2 => (at(), at()).prop_map(|(event, word)| Change::Retarget(event, word)),
        8 => (at(), at(), at(), FLAG).prop_map(|(event, leaf, word, anywhere)| Change::Rename {
            event, leaf, word, anywhere
        }),
        2 => harmless(),
    ]
}

/// A change that breaks nothing, or hardly ever.
pub fn harmless() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        1 => (at(), at()).prop_map(|(from, to)| Change::Move(from, to)),
        3 => at().prop_map(Change::RenameAll),
    ]
}

impl Change {
    pub fn apply(&self, events: &mut Vec<EmcEvent>) {
        if events.is_empty() {
            return;
        }
        match self {
            Self::Drop(at) => {
                events.remove(at.index(events.len()));
            }
            Self::Duplicate(at) => {
                let at = at.index(events.len());
                events.insert(at, events[at].clone());
            }
            Self::Move(from, to) => {
                let event = events.remove(from.index(events.len()));
                events.insert(to.index(events.len() + 1), event);
            }
            Self::Retarget(event, word) => {
                let owned = |leaf: &Leaf| OWNERS.contains(&leaf.key.as_str());
                rename(events, *event, *word, *word, &owned, false);
            }
            Self::Rename {
                event,
                leaf,
                word,
                anywhere,
            } => rename(events, *event, *leaf, *word, &|_| true, *anywhere),
            Self::RenameAll(word) => rename_all(events, *word),
            Self::Keep(which) => keep(events, which),
        }
    }
}

/// A value of an event that is no object: a word, a flag or a list.
struct Leaf {
    /// The way there, as a JSON pointer.
    pointer: String,
    /// The last key on the way.
    key: String,
    value: Value,
}

fn leaves(event: &EmcEvent) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    collect(
        &serde_json::to_value(event).expect("JSON"),
        "",
        "",
        &mut leaves,
    );
    leaves
}

fn collect(value: &Value, pointer: &str, key: &str, leaves: &mut Vec<Leaf>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                collect(value, &format!("{pointer}/{key}"), key, leaves);
            }
            return;
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{at}"), key, leaves);
            }
        }
        _ => {}
    }
    leaves.push(Leaf {
        pointer: pointer.to_owned(),
        key: key.to_owned(),
        value: value.clone(),
    });
}

/// The words of these events under the keys that are wanted, each once.
fn words(events: &[EmcEvent], wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let words: BTreeSet<String> = events
        .iter()
        .flat_map(leaves)
        .filter(|leaf| wanted(&leaf.key))
        .filter_map(|leaf| leaf.value.as_str().map(str::to_owned))
        .chain([FOREIGN.to_owned()])
        .collect();
    words.into_iter().collect()
}

fn rename(
    events: &mut [EmcEvent],
    event: Index,
    leaf: Index,
    word: Index,
    wanted: &dyn Fn(&Leaf) -> bool,
    anywhere: bool,
) {
    let at = event.index(events.len());
    let changeable = |leaf: &Leaf| match &leaf.value {
        Value::String(_) => leaf.key != "stream_id" && wanted(leaf),
        Value::Bool(_) => wanted(leaf),
        Value::Array(items) => !items.is_empty() && wanted(leaf),
        _ => false,
    };
    let leaves: Vec<Leaf> = leaves(&events[at]).into_iter().filter(changeable).collect();
    if leaves.is_empty() {
        return;
    }
    let leaf = leaf.get(&leaves);
    let new = match &leaf.value {
        Value::String(_) => Value::String(
            word.get(&words(events, |key| anywhere || key == leaf.key))
                .clone(),
        ),
        Value::Bool(flag) => Value::Bool(!flag),
        Value::Array(items) => {
            let mut items = items.clone();
            items.remove(word.index(items.len()));
            Value::Array(items)
        }
        _ => return,
    };
    let mut changed = serde_json::to_value(&events[at]).expect("JSON");
    if let Some(place) = changed.pointer_mut(&leaf.pointer) {
        *place = new;
    }
    // A word of the vocabulary is no word for anything else.
    if let Ok(changed) = serde_json::from_value(changed) {
        events[at] = changed;
    }
}

fn rename_all(events: &mut Vec<EmcEvent>, word: Index) {
    let words = words(events, |_| true);
    let old = word.get(&words);
    let mut value = serde_json::to_value(&*events).expect("JSON");
    replace(&mut value, old, &format!("{old} {FOREIGN}"));
    if let Ok(renamed) = serde_json::from_value(value) {
        *events = renamed;
    }
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(word) if word == old => new.clone_into(word),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|member| replace(member, old, new));
        }
        _ => {}
    }
}

fn keep(events: &mut Vec<EmcEvent>, which: &[bool]) {
    let slices: BTreeSet<String> = events
        .iter()
        .filter_map(|event| match event {
            EmcEvent::SliceAdded { slug, .. } => Some(slug.to_string()),
            _ => None,
        })
        .collect();
    let gone: BTreeSet<String> = slices
        .into_iter()
        .zip(which.iter().chain(std::iter::repeat(&false)))
        .filter(|(_, kept)| !**kept)
        .map(|(slice, _)| slice)
        .collect();
    events.retain(|event| match event.address() {
        Address::Slice(slice) | Address::Fact(slice) => !gone.contains(slice),
        _ => true,
    });
}
