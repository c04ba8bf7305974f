//! Findings as SARIF 2.1.0, for code scanning.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use serde_json::{Value, json};

use super::{Diagnostic, Options};

/// Write one SARIF document with one run. Addresses are relative to the base
/// `ROOT`: the folder that the prefix of the options starts from. The limit of
/// the options does not count here.
///
/// Fails only where `out` does.
pub fn render(
    findings: &[Diagnostic],
    options: &Options<'_>,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let rules: BTreeMap<_, _> = findings
        .iter()
        .map(|finding| (finding.code.number, finding.code))
        .collect();
    let index: BTreeMap<_, _> = rules.keys().zip(0..).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-emc",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|code| json!({
                    "id": code.to_string(),
                    "name": code.name,
                    "shortDescription": { "text": code.title },
                    "fullDescription": { "text": code.explanation },
                    "defaultConfiguration": { "level": code.level.as_str() },
                })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| {
                result(finding, options, index.get(&finding.code.number).copied())
            }).collect::<Vec<_>>(),
        }],
    });
    writeln!(out, "{document:#}")
}

fn result(finding: &Diagnostic, options: &Options<'_>, rule: Option<i32>) -> Value {
    let mut text = finding.message.clone();
    for (word, more) in [("note", &finding.notes), ("help", &finding.help)] {
        for more in more {
            // Writing into a String cannot fail.
            let _ = write!(text, "\n{word}: {more}");
        }
    }
    let mut result = json!({
        "ruleId": finding.code.to_string(),
        "ruleIndex": rule,
        "level": finding.level.as_str(),
        "message": { "text": text },
    });
    let mut location = json!({});
    if let Some(place) = &finding.place {
        let mut physical = json!({
            "artifactLocation": { "uri": address(&options.file(place)), "uriBaseId": "ROOT" },
        });
        if let Some(line) = place.line {
            physical["region"] = json!({ "startLine": line });
            if let Some(column) = place.column {
                physical["region"]["startColumn"] = json!(column);
            }
        }
        location["physicalLocation"] = physical;
    }
    if let Some(element) = &finding.element {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": element }]);
    }
    if location.as_object().is_some_and(|keys| !keys.is_empty()) {
        result["locations"] = json!([location]);
    }
    result
}

/// A path as a relative address: what is not unreserved is percent-encoded.
fn address(path: &str) -> String {
    path.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}
