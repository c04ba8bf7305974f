//! Gherkin, line by line.

const KEYWORDS: [&str; 12] = [
    "Feature:",
    "Rule:",
    "Background:",
    "Scenario:",
    "Scenario Outline:",
    "Examples:",
    "Given ",
    "When ",
    "Then ",
    "And ",
    "But ",
    "* ",
];

/// What each line is.
pub fn read(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let keyword = KEYWORDS.iter().find(|keyword| line.starts_with(**keyword));
            match (keyword, line.chars().next()) {
                (Some(keyword), _) => (*keyword).to_owned(),
                (None, Some('|')) => format!("{} cells", cells(line)),
                (None, Some('@')) => format!("{} tags", line.split_whitespace().count()),
                (None, Some('#')) => "comment".to_owned(),
                _ if line.starts_with("\"\"\"") || line.starts_with("```") => "text".to_owned(),
                _ => "words".to_owned(),
            }
        })
        .collect()
}

fn cells(line: &str) -> usize {
    let mut escaped = false;
    line.chars()
        .filter(|c| {
            let bar = *c == '|' && !escaped;
            escaped = *c == '\\' && !escaped;
            bar
        })
        .count()
}
