//! A refusal: findings in the place of a result.

use super::Diagnostic;

/// Why something was not done: at least one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<Diagnostic>);

impl From<Diagnostic> for Refused {
    fn from(finding: Diagnostic) -> Self {
        Self(vec![finding])
    }
}

impl FromIterator<Diagnostic> for Refused {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl From<Vec<Diagnostic>> for Refused {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self(findings)
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", finding.code, finding.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
