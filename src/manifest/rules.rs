//! `[rules]`: what a broken model rule does.

use std::collections::BTreeMap;

use crate::diagnostic::{
    Code, Diagnostic, Level, Place,
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

fn unknown(key: &str, own: &Override, _known: &[&'static Code]) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_RULE, format!("no rule is called `{key}`"))
        .at(own.place.clone())
        .help("write the code of a rule (`EMC203`) or its name")
}
