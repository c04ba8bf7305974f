//! What holds for any bytes whatever: one module for each door through which
//! a stranger's bytes come in, each with a function `check` that panics where
//! a promise is broken. The fuzz targets call them with bytes that the fuzzer
//! thinks of; `cargo test` calls them with the committed corpus.

pub mod cache;
pub mod document;
pub mod escaping;
mod folder;
mod gherkin;
mod html;
#[cfg(feature = "mcp")]
pub mod json_rpc;
mod lean;
pub mod manifest;
mod markdown;
mod quint;
mod rust;
mod tokens;
pub mod transactions;

use emc::diagnostic::{Diagnostic, Options, Report, github, human, json, sarif, short};

/// Findings can be shown in every form; none of them reaches a terminal with a
/// character that it would act upon, and programs get JSON.
fn shown(findings: Vec<Diagnostic>) {
    let report = Report::new(findings);
    let findings = report.findings();
    let options = Options::default();
    let (mut text, mut lines, mut whole) = (String::new(), String::new(), String::new());
    human::render(findings, &options, &mut text).expect("a String takes everything");
    short::render(findings, &options, &mut text).expect("a String takes everything");
    github::render(findings, &options, &mut text).expect("a String takes everything");
    let acts = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'));
    assert!(!text.contains(acts), "{text:?}");
    json::render(findings, &options, &mut lines).expect("a String takes everything");
    assert_eq!(lines.lines().count(), findings.len());
    for line in lines.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    }
    sarif::render(findings, &options, &mut whole).expect("a String takes everything");
    serde_json::from_str::<serde_json::Value>(&whole).expect("JSON");
}
