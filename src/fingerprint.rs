//! What a family of artifacts depends on. One walk over the inputs feeds two
//! sinks: the key that decides, and the facts that explain.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Framed};

/// Everything that decides what a family writes.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The version of this program; two versions never share a state folder,
    /// but a copied one must not be believed.
    pub version: &'static str,
    /// The generator of the family.
    pub generator: u32,
    /// What the manifest says that the family reads.
    pub settings: Vec<(String, String)>,
    /// The digest of the transactions that the family reads, in canonical order.
    pub transactions: Digest,
}

/// An input as it was when a family was last built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What kind of input.
    pub input: Input,
    /// Its value, as text.
    pub value: String,
}

/// A kind of input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// The version of this program.
    Version,
    /// The generator of the family.
    Generator,
    /// A key of the manifest.
    Setting(String),
    /// The committed transactions.
    Transactions,
}

impl Inputs {
    fn walk(&self, sink: &mut dyn FnMut(Input, &str)) {
        sink(Input::Version, self.version);
        sink(Input::Generator, &self.generator.to_string());
        for (key, value) in &self.settings {
            sink(Input::Setting(key.clone()), value);
        }
        sink(Input::Transactions, &self.transactions.hex());
    }

    /// The key: equal keys mean equal artifacts.
    pub fn key(&self) -> Digest {
        let mut framed = Framed::new("family");
        self.walk(&mut |input, value| {
            framed
                .field(input.to_string().as_bytes())
                .field(value.as_bytes());
        });
        framed.finish()
    }

    /// The inputs to remember, for [`Inputs::changes`].
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.walk(&mut |input, value| {
            facts.push(Fact {
                input,
                value: value.to_owned(),
            });
        });
        facts
    }

    /// What differs from the inputs of the last build.
    pub fn changes(&self, before: &[Fact]) -> Vec<DirtyReason> {
        let now = self.facts();
        let value = |facts: &[Fact], input: &Input| {
            facts
                .iter()
                .find(|fact| fact.input == *input)
                .map(|fact| fact.value.clone())
        };
        let mut inputs: Vec<&Input> = before.iter().chain(&now).map(|fact| &fact.input).collect();
        let mut seen = Vec::new();
        inputs.retain(|input| {
            !seen.contains(input) && {
                seen.push(*input);
                true
            }
        });
        inputs
            .into_iter()
            .filter_map(|input| {
                let (old, new) = (value(before, input), value(&now, input));
                (old != new).then(|| DirtyReason::Input {
                    input: input.clone(),
                    old,
                    new,
                })
            })
            .collect()
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version => f.write_str("the version of cargo-emc"),
            Self::Generator => f.write_str("the generator"),
            Self::Setting(key) => write!(f, "`{key}` in emc.toml"),
            Self::Transactions => f.write_str("the transactions"),
        }
    }
}

/// Why a family is not fresh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirtyReason {
    /// Nothing is known of an earlier build.
    NeverBuilt,
    /// It was asked for.
    Forced,
    /// An input differs.
    Input {
        /// Which.
        input: Input,
        /// Its value at the last build, if it was there.
        old: Option<String>,
        /// Its value now, if it is there.
        new: Option<String>,
    },
    /// These transactions arrived since the last build.
    Arrived(Vec<String>),
    /// A generated file is gone.
    Missing(String),
    /// A generated file is not what was written.
    Changed(String),
}

impl fmt::Display for DirtyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverBuilt => f.write_str("nothing is known of an earlier build"),
            Self::Forced => f.write_str("it was forced"),
            Self::Input {
                input: Input::Transactions,
                ..
            } => f.write_str("the transactions changed"),
            Self::Input { input, old, new } => match (old, new) {
                (Some(old), Some(new)) => write!(f, "{input} changed from `{old}` to `{new}`"),
                (None, Some(new)) => write!(f, "{input} is new: `{new}`"),
                _ => write!(f, "{input} is gone"),
            },
            Self::Arrived(names) => match names.as_slice() {
                [name] => write!(f, "transaction {name} arrived"),
                names => write!(f, "{} transactions arrived", names.len()),
            },
            Self::Missing(path) => write!(f, "{path} is missing"),
            Self::Changed(path) => write!(f, "{path} was changed by something else"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> Inputs {
        Inputs {
            version: "1",
            generator: 3,
            settings: vec![("artifacts.lean.path".to_owned(), "model/lean".to_owned())],
            transactions: Digest::of(b"events"),
        }
    }

    #[test]
    fn the_key_and_the_explanation_agree() {
        let before = inputs();
        let edits: [fn(&mut Inputs); 4] = [
            |inputs| inputs.version = "2",
            |inputs| inputs.generator = 4,
            |inputs| inputs.settings.clear(),
            |inputs| inputs.transactions = Digest::of(b"more"),
        ];
        assert!(inputs().changes(&before.facts()).is_empty());
        for edit in edits {
            let mut after = inputs();
            edit(&mut after);
            assert_ne!(after.key(), before.key());
            assert_eq!(after.changes(&before.facts()).len(), 1);
        }
    }

    #[test]
    fn a_reason_says_what_changed() {
        let mut after = inputs();
        after.generator = 4;
        let reasons = after.changes(&inputs().facts());
        assert_eq!(
            reasons[0].to_string(),
            "the generator changed from `3` to `4`"
        );
    }

    #[test]
    fn a_reason_says_what_is_new_and_what_is_gone() {
        let mut without = inputs();
        without.settings.clear();
        let said = |reasons: Vec<DirtyReason>| reasons.iter().map(ToString::to_string).collect();
        let (new, gone): (Vec<String>, Vec<String>) = (
            said(inputs().changes(&without.facts())),
            said(without.changes(&inputs().facts())),
        );
        assert_eq!(
            new,
            ["`artifacts.lean.path` in emc.toml is new: `model/lean`"]
        );
        assert_eq!(gone, ["`artifacts.lean.path` in emc.toml is gone"]);
    }
}
