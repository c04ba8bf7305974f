//! `[rules]`: what a broken model rule does.

use std::collections::BTreeMap;

use super::reader::clipped;
use crate::diagnostic::{
    Code, Diagnostic, Level, Place, closest,
    codes::manifest::{RULE_SET_TWICE, UNKNOWN_RULE},
};

/// What a broken rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleLevel {
    /// Nothing; it is not even told.
    Allow,
    /// It is told.
    Warn,
    /// It fails the build.
    Deny,
}

impl RuleLevel {
    /// What one rule can be set to.
    pub(super) const WORDS: &[(&str, Self)] = &[
        ("allow", Self::Allow),
        ("warn", Self::Warn),
        ("deny", Self::Deny),
    ];

    /// What all rules together can be set to.
    pub(super) const COMMON: &[(&str, Self)] = &[("deny", Self::Deny), ("warn", Self::Warn)];

    /// `allow`, `warn` or `deny`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What the manifest says about one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What the rule does when it is broken.
    pub level: RuleLevel,
    /// Where the manifest says so.
    pub place: Place,
}

/// `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// [`RuleLevel::Deny`] leaves every rule at its own level;
    /// [`RuleLevel::Warn`] makes all of them warnings. Never `Allow`.
    pub level: RuleLevel,
    /// Single rules, by code (`EMC203`) or name as the manifest has them.
    pub overrides: BTreeMap<String, Override>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            level: RuleLevel::Deny,
            overrides: BTreeMap::new(),
        }
    }
}

impl Rules {
    /// A finding of a model rule at the level that the manifest gives it, or
    /// `None` where the rule is allowed to be broken. Findings of other kinds
    /// stay what they are: nobody can switch off a broken store.
    pub fn judge(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        if finding.code.number > LAST_RULE {
            return Some(finding);
        }
        match self.own(finding.code) {
            Some(RuleLevel::Allow) => return None,
            Some(RuleLevel::Warn) => finding.level = Level::Warning,
            Some(RuleLevel::Deny) => finding.level = Level::Error,
            None if self.level == RuleLevel::Warn => {
                finding.level = finding.level.max(Level::Warning);
            }
            None => {}
        }
        Some(finding)
    }

    fn own(&self, code: &Code) -> Option<RuleLevel> {
        self.overrides
            .iter()
            .find(|(key, _)| names(key, code))
            .map(|(_, own)| own.level)
    }

    /// Findings about keys that name none of these codes, and about rules that
    /// are set twice (by code and by name).
    pub fn check(&self, known: &[&'static Code]) -> Vec<Diagnostic> {
        let mut set = BTreeMap::new();
        let mut findings = Vec::new();
        for (key, own) in &self.overrides {
            match known.iter().find(|code| names(key, code)) {
                None => findings.push(unknown(key, own, known)),
                Some(code) => {
                    if let Some(first) = set.insert(code.number, key) {
                        findings.push(
                            Diagnostic::new(
                                &RULE_SET_TWICE,
                                format!("`{first}` and `{key}` are the same rule"),
                            )
                            .at(own.place.clone())
                            .help(format!("keep one of them: {code} {}", code.name)),
                        );
                    }
                }
            }
        }
        findings
    }
}

/// Numbers up to this one are model rules.
const LAST_RULE: u16 = 999;

fn names(key: &str, code: &Code) -> bool {
    key == code.name || key.eq_ignore_ascii_case(&code.to_string())
}

fn unknown(key: &str, own: &Override, known: &[&'static Code]) -> Diagnostic {
    let names = known.iter().map(|code| code.name);
    let help = match closest(key, names.chain(["level"])) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write the code of a rule (`EMC203`) or its name".to_owned(),
    };
    Diagnostic::new(
        &UNKNOWN_RULE,
        format!("no rule is called `{}`", clipped(key)),
    )
    .at(own.place.clone())
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes::store::UNREADABLE_HEADER;

    static RULE: Code = Code {
        number: 203,
        name: "emitted-event-undeclared",
        level: Level::Error,
        title: "",
        explanation: "",
    };
    static HINT: Code = Code {
        number: 7,
        name: "unused-event",
        level: Level::Warning,
        title: "",
        explanation: "",
    };

    fn rules(level: RuleLevel, overrides: &[(&str, RuleLevel)]) -> Rules {
        let own = |(line, (key, level)): (u32, &(&str, RuleLevel))| {
            let place = Place::line("emc.toml", line);
            (
                (*key).to_owned(),
                Override {
                    level: *level,
                    place,
                },
            )
        };
        Rules {
            level,
            overrides: (1..).zip(overrides).map(own).collect(),
        }
    }

    #[test]
    fn a_rule_has_the_level_that_the_manifest_gives_it() {
        use RuleLevel::{Allow, Deny, Warn};
        for (level, overrides, code, expected) in [
            (Deny, vec![], &RULE, Some(Level::Error)),
            (Deny, vec![], &HINT, Some(Level::Warning)),
            (Warn, vec![], &RULE, Some(Level::Warning)),
            (Warn, vec![], &HINT, Some(Level::Warning)),
            (Warn, vec![("emc203", Deny)], &RULE, Some(Level::Error)),
            (
                Deny,
                vec![("unused-event", Deny)],
                &HINT,
                Some(Level::Error),
            ),
            (Deny, vec![("EMC007", Allow)], &HINT, None),
            (Deny, vec![("EMC203", Warn)], &RULE, Some(Level::Warning)),
            (
                Warn,
                vec![("EMC2001", Allow)],
                &UNREADABLE_HEADER,
                Some(Level::Error),
            ),
        ] {
            let judged = rules(level, &overrides).judge(Diagnostic::new(code, ""));
            assert_eq!(judged.map(|found| found.level), expected, "{overrides:?}");
        }
    }

    #[test]
    fn rules_that_are_not_there_or_there_twice_are_told() {
        let rules = rules(
            RuleLevel::Deny,
            &[
                ("EMC203", RuleLevel::Warn),
                ("emitted-event-undeclared", RuleLevel::Deny),
                ("EMC204", RuleLevel::Allow),
                ("unused-event", RuleLevel::Allow),
                ("levle", RuleLevel::Deny),
                ("unusd-event", RuleLevel::Deny),
            ],
        );
        let found: Vec<_> = rules
            .check(&[&HINT, &RULE])
            .into_iter()
            .map(|found| {
                let line = found.place.and_then(|place| place.line);
                (found.code.number, line, found.help.join(" "))
            })
            .collect();
        let told = |number, line, help: &str| (number, Some(line), help.to_owned());
        assert_eq!(
            found,
            [
                told(1015, 3, "write the code of a rule (`EMC203`) or its name"),
                told(1016, 2, "keep one of them: EMC203 emitted-event-undeclared"),
                told(1015, 5, "did you mean `level`?"),
                told(1015, 6, "did you mean `unused-event`?"),
            ]
        );
    }
}
