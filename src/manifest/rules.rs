//! `[rules]`: what a broken model rule does, and where it may be broken.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::reader::{Reader, Section, Value, clipped};
use crate::diagnostic::{
    Area, Code, Diagnostic, Level, Place, closest,
    codes::manifest::{BAD_EXCEPTION, RULE_SET_TWICE, UNKNOWN_RULE, WRONG_TYPE},
    is_within,
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
    /// What one rule, or an area, can be set to.
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

/// A place where a rule may be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The rule.
    pub rule: &'static Code,
    /// The element as findings name it, outermost first: `slice capture-ticket,
    /// command CaptureTicket`. What it holds is meant too.
    pub element: String,
    /// Why.
    pub reason: String,
    /// Where the manifest says so.
    pub place: Place,
}

impl Exception {
    /// Whether a finding of this code about this element is meant.
    pub fn covers(&self, code: &Code, element: &str) -> bool {
        self.rule == code && is_within(element, &self.element)
    }
}

/// `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// [`RuleLevel::Deny`] leaves every rule at its own level;
    /// [`RuleLevel::Warn`] makes all of them warnings. Never `Allow`.
    pub level: RuleLevel,
    /// Single rules, by number.
    pub single: BTreeMap<u16, RuleLevel>,
    /// Areas.
    pub areas: BTreeMap<Area, RuleLevel>,
    /// Where rules may be broken.
    pub exceptions: Vec<Exception>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            level: RuleLevel::Deny,
            single: BTreeMap::new(),
            areas: BTreeMap::new(),
            exceptions: Vec::new(),
        }
    }
}

impl Rules {
    /// A finding of a model rule at the level that the manifest gives it, or
    /// `None` where the rule is allowed to be broken. Findings of other kinds
    /// stay what they are: nobody can switch off a broken store.
    pub fn judge(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        let Some(area) = Area::of(finding.code) else {
            return Some(finding);
        };
        if self.excepts(&finding).next().is_some() {
            return None;
        }
        match self.own(finding.code, area) {
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

    /// The level that is set for a rule, by itself or with its area.
    fn own(&self, code: &Code, area: Area) -> Option<RuleLevel> {
        let own = self.single.get(&code.number);
        own.or_else(|| self.areas.get(&area)).copied()
    }

    /// Whether a rule may be broken everywhere: nothing is told of it.
    pub fn allows(&self, code: &Code) -> bool {
        Area::of(code).is_some_and(|area| self.own(code, area) == Some(RuleLevel::Allow))
    }

    /// The rules that are errors by themselves, and that a single setting or that
    /// of their area makes less of.
    pub fn not_denied(&self) -> BTreeSet<u16> {
        rules()
            .filter(|code| code.level == Level::Error)
            .filter(|code| {
                let own = Area::of(code).and_then(|area| self.own(code, area));
                own.is_some_and(|level| level != RuleLevel::Deny)
            })
            .map(|code| code.number)
            .collect()
    }

    /// The exceptions that cover a finding, by their place in the manifest.
    pub fn excepts<'a>(&'a self, finding: &'a Diagnostic) -> impl Iterator<Item = &'a Exception> {
        let element = finding.element.as_deref().unwrap_or_default();
        self.exceptions
            .iter()
            .filter(move |exception| exception.covers(finding.code, element))
    }

    /// The keys with their values, for what depends on them.
    pub fn inputs(&self) -> Vec<(String, String)> {
        let mut inputs = vec![("rules.level".to_owned(), self.level.as_str().to_owned())];
        for (area, level) in &self.areas {
            inputs.push((format!("rules.{area}"), level.as_str().to_owned()));
        }
        for (number, level) in &self.single {
            inputs.push((format!("rules.EMC{number:03}"), level.as_str().to_owned()));
        }
        for exception in &self.exceptions {
            let (rule, element) = (exception.rule, &exception.element);
            inputs.push((
                format!("rules.exceptions: {rule}, {element}"),
                exception.reason.clone(),
            ));
        }
        inputs
    }
}

/// Every rule.
pub(super) fn rules() -> impl Iterator<Item = &'static Code> {
    Code::all().filter(|code| Area::of(code).is_some())
}

fn rule(key: &str) -> Option<&'static Code> {
    rules().find(|code| key == code.name || key.eq_ignore_ascii_case(&code.to_string()))
}

impl Reader<'_> {
    pub(super) fn rules(&mut self, section: &Section<'_, '_>) -> Rules {
        let mut read = Rules::default();
        let mut names = BTreeMap::new();
        for (key, value) in section.table.into_iter().flatten() {
            let word = key.get_ref().as_ref();
            let name = section.key(word);
            if word == "level" {
                if let Some(level) = self.word(value, &name, RuleLevel::COMMON) {
                    read.level = level;
                }
                continue;
            }
            if word == "exceptions" {
                read.exceptions = self.exceptions(value);
                continue;
            }
            let area = Area::ALL.iter().find(|area| area.as_str() == word);
            let code = rule(word);
            if area.is_none() && code.is_none() {
                self.unknown_rule(word, key.span());
                continue;
            }
            let level = self.word(value, &name, RuleLevel::WORDS);
            if let (Some(area), Some(level)) = (area, level) {
                read.areas.insert(*area, level);
            }
            let Some(code) = code else { continue };
            if let Some(first) = names.insert(code.number, word.to_owned()) {
                self.problem(
                    &RULE_SET_TWICE,
                    key.span(),
                    "",
                    format!("`{first}` and `{word}` are the same rule"),
                )
                .help(format!("keep one of them: {code} {}", code.name));
            }
            if let Some(level) = level {
                read.single.insert(code.number, level);
            }
        }
        read
    }

    fn unknown_rule(&mut self, word: &str, span: std::ops::Range<usize>) {
        let known = rules().map(|code| code.name);
        let areas = Area::ALL.iter().map(|area| area.as_str());
        let help = match closest(word, known.chain(areas).chain(["level", "exceptions"])) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the code of a rule (`EMC203`), its name, or an area; `cargo emc explain` lists them".to_owned(),
        };
        self.problem(
            &UNKNOWN_RULE,
            span,
            "",
            format!("no rule is called `{}`", clipped(word)),
        )
        .help(help);
    }

    fn exceptions(&mut self, value: &Value<'_>) -> Vec<Exception> {
        let DeValue::Array(tables) = value.get_ref() else {
            self.problem(
                &WRONG_TYPE,
                value.span(),
                "",
                "`rules.exceptions` takes tables: `[[rules.exceptions]]`".to_owned(),
            );
            return Vec::new();
        };
        tables
            .iter()
            .filter_map(|table| self.exception(table))
            .collect()
    }

    fn exception(&mut self, value: &Value<'_>) -> Option<Exception> {
        let table = value.get_ref().as_table();
        let section = Section {
            name: "rules.exceptions".to_owned(),
            table,
            span: value.span(),
        };
        if table.is_none() {
            self.problem(
                &WRONG_TYPE,
                value.span(),
                "",
                "`rules.exceptions` takes tables: `[[rules.exceptions]]`".to_owned(),
            );
            return None;
        }
        self.known_keys(&section, &["rule", "element", "reason"]);
        let [rule_key, element, reason] = ["rule", "element", "reason"].map(|key| {
            let text = self.text(&section, key);
            let given = text.filter(|(text, _)| !text.trim().is_empty());
            if given.is_none()
                && section
                    .get(key)
                    .is_none_or(|value| value.get_ref().is_str())
            {
                self.problem(
                    &BAD_EXCEPTION,
                    section.span.clone(),
                    "",
                    format!("an exception says its `{key}`"),
                )
                .help("write `rule`, `element` (as the finding names it) and `reason`");
            }
            given
        });
        let (word, span) = rule_key?;
        let Some(rule) = rule(word) else {
            self.unknown_rule(word, span);
            return None;
        };
        Some(Exception {
            rule,
            element: element?.0.trim().to_owned(),
            reason: reason?.0.trim().to_owned(),
            place: self.source.place(section.span.start),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes::store::UNREADABLE_HEADER;

    /// The number of a finding, its line, and its help.
    type Told = (u16, Option<u32>, String);

    fn read(text: &str) -> (Option<Rules>, Vec<Told>) {
        let text = format!("[project]\nname = \"Desk\"\n[rules]\n{text}");
        let (manifest, findings) = super::super::Manifest::parse(&text, "emc.toml");
        let told = findings
            .into_iter()
            .map(|found| {
                let line = found.place.and_then(|place| place.line);
                (found.code.number, line, found.help.join(" "))
            })
            .collect();
        (manifest.map(|manifest| manifest.rules), told)
    }

    #[test]
    fn a_rule_has_the_level_that_the_manifest_gives_it() -> Result<(), String> {
        let error = rule("EMC203").ok_or("there is such a rule")?;
        let advice = rule("EMC309").ok_or("there is such a rule")?;
        for (text, code, expected) in [
            ("", error, Some(Level::Error)),
            ("", advice, Some(Level::Warning)),
            ("level = \"warn\"", error, Some(Level::Warning)),
            ("level = \"warn\"", advice, Some(Level::Warning)),
            (
                "level = \"warn\"\nemc203 = \"deny\"",
                error,
                Some(Level::Error),
            ),
            ("input-unused = \"deny\"", advice, Some(Level::Error)),
            ("EMC309 = \"allow\"", advice, None),
            ("EMC203 = \"warn\"", error, Some(Level::Warning)),
            ("events = \"warn\"", error, Some(Level::Warning)),
            (
                "events = \"allow\"\nEMC203 = \"warn\"",
                error,
                Some(Level::Warning),
            ),
            ("commands = \"deny\"", advice, Some(Level::Error)),
            ("level = \"warn\"", &UNREADABLE_HEADER, Some(Level::Error)),
        ] {
            let (rules, findings) = read(text);
            let rules = rules.ok_or(format!("{text}: {findings:?}"))?;
            let judged = rules.judge(Diagnostic::new(code, ""));
            assert_eq!(judged.map(|found| found.level), expected, "{text}");
        }
        Ok(())
    }

    #[test]
    fn rules_that_are_not_there_or_there_twice_are_told() {
        let (rules, told) = read(
            "EMC203 = \"warn\"\nemitted-event-undeclared = \"deny\"\nEMC299 = \"allow\"\n\
             levle = \"deny\"\ninput-unusd = \"deny\"\nbaord = \"warn\"\n",
        );
        assert_eq!(rules, None);
        let told: Vec<_> = told
            .iter()
            .map(|(number, line, help)| (*number, *line, help.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    1016,
                    Some(5),
                    "keep one of them: EMC203 emitted-event-undeclared"
                ),
                (
                    1015,
                    Some(6),
                    "write the code of a rule (`EMC203`), its name, or an area; `cargo emc explain` lists them"
                ),
                (1015, Some(7), "did you mean `level`?"),
                (1015, Some(8), "did you mean `input-unused`?"),
                (1015, Some(9), "did you mean `board`?"),
            ]
        );
    }

    #[test]
    fn an_exception_covers_an_element_and_what_it_holds() -> Result<(), String> {
        let (rules, told) = read(
            "[[rules.exceptions]]\nrule = \"EMC203\"\nelement = \"slice desk, command Open\"\nreason = \"It is legacy.\"\n",
        );
        let rules = rules.ok_or(format!("{told:?}"))?;
        let code = rule("EMC203").ok_or("there is such a rule")?;
        for (element, covered) in [
            ("slice desk, command Open, event Opened", true),
            ("slice desk, command Open", true),
            ("workflow w, slice desk, command Open, event x", true),
            ("slice desk, command OpenAgain", false),
            ("slice front-desk, command Open", false),
            ("slice desk", false),
        ] {
            let finding = Diagnostic::new(code, "").about(element);
            assert_eq!(rules.judge(finding).is_none(), covered, "{element}");
        }
        Ok(())
    }

    #[test]
    fn an_exception_has_a_rule_an_element_and_a_reason() {
        let (rules, told) = read(
            "[[rules.exceptions]]\nrule = \"EMC203\"\nelement = \"slice desk\"\nreason = \" \"\n\
             [[rules.exceptions]]\nrule = \"EMC999\"\nelement = \"slice desk\"\nreason = \"So.\"\nowner = \"me\"\n\
             [[rules.exceptions]]\n",
        );
        assert_eq!(rules, None);
        let told: Vec<_> = told
            .iter()
            .map(|(number, line, _)| (*number, *line))
            .collect();
        assert_eq!(
            told,
            [
                (1022, Some(4)),
                (1015, Some(9)),
                (1002, Some(12)),
                (1022, Some(13)),
                (1022, Some(13)),
                (1022, Some(13)),
            ]
        );
    }
}
