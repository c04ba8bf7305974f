//! A list of findings in one deterministic order.

use super::{Diagnostic, Level};

/// Findings, sorted by place, code and text, without doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    /// The findings in order, doubles folded.
    pub fn new(mut findings: Vec<Diagnostic>) -> Self {
        // Equal keys leave only notes and help to differ: keep the first.
        findings.sort_by(|a, b| key(a).cmp(&key(b)));
        findings.dedup_by(|a, b| key(a) == key(b));
        Self { findings }
    }

    /// Make errors of all warnings.
    pub fn deny_warnings(&mut self) {
        let mut findings = std::mem::take(&mut self.findings);
        for finding in &mut findings {
            if finding.level == Level::Warning {
                finding.level = Level::Error;
            }
        }
        *self = Self::new(findings);
    }

    /// The findings.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// How many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    /// Whether anything has the level of an error.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.level == Level::Error)
    }
}

type Key<'a> = (
    Level,
    Option<&'a super::Place>,
    u16,
    Option<&'a str>,
    &'a str,
);

fn key(finding: &Diagnostic) -> Key<'_> {
    (
        finding.level,
        finding.place.as_ref(),
        finding.code.number,
        finding.element.as_deref(),
        &finding.message,
    )
}

impl Extend<Diagnostic> for Report {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        let mut findings = std::mem::take(&mut self.findings);
        findings.extend(more);
        *self = Self::new(findings);
    }
}
