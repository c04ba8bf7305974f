//! What a comparison has found, as a person reads it.

use std::fmt;

use crate::diagnostic::{self, Diagnostic, printable};

/// How a program differs from its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
    compared: Vec<(usize, &'static str)>,
}

impl Report {
    /// Findings that kept the comparison from being made.
    pub(super) fn of(findings: Vec<Diagnostic>) -> Self {
        Self::compared(findings, Vec::new())
    }

    pub(super) fn compared(
        findings: Vec<Diagnostic>,
        compared: Vec<(usize, &'static str)>,
    ) -> Self {
        Self {
            findings: diagnostic::Report::new(findings).findings().to_vec(),
            compared,
        }
    }

    /// What was found, errors first.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether the program is what the model says.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compared: Vec<String> = self
            .compared
            .iter()
            .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        if self.is_clean() {
            return write!(
                f,
                "the program is what the model says: {}",
                compared.join(", ")
            );
        }
        writeln!(f, "the program is not what the model says")?;
        for finding in &self.findings {
            writeln!(
                f,
                "\n{}[{}]: {}",
                finding.level,
                finding.code,
                printable(&finding.message)
            )?;
            if let Some(place) = &finding.place {
                let line = place
                    .line
                    .map(|line| format!(":{line}"))
                    .unwrap_or_default();
                writeln!(f, "  --> {}{line}", printable(&place.file))?;
            }
            if let Some(element) = &finding.element {
                writeln!(f, "   = element: {}", printable(element))?;
            }
            for note in &finding.notes {
                writeln!(f, "   = note: {}", printable(note))?;
            }
            for help in &finding.help {
                writeln!(f, "   = help: {}", printable(help))?;
            }
        }
        write!(
            f,
            "\n{} found; `cargo emc explain CODE` tells more",
            self.findings.len()
        )?;
        if !compared.is_empty() {
            write!(f, " (the model has {})", compared.join(", "))?;
        }
        Ok(())
    }
}
