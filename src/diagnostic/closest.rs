//! Did you mean: the known word that is nearest to a mistyped one.

/// Longer words are not compared: nobody mistypes them, and the time grows
/// with the square of the length.
const LONGEST: usize = 64;

/// The candidate that takes the fewest edits to reach (insert, delete, replace,
/// swap of neighbours; ASCII case is free), the first one of several. None when
/// more than a third of the longer word would change.
pub(crate) fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = lower(word)?;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let Some(other) = lower(candidate) else {
            continue;
        };
        let allowed = (word.len().max(other.len()) / 3).max(1);
        let edits = distance(&word, &other);
        if edits <= allowed && best.is_none_or(|(fewest, _)| edits < fewest) {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn lower(word: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = word
        .chars()
        .take(LONGEST + 1)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    (1..=LONGEST).contains(&letters.len()).then_some(letters)
}

/// The Damerau-Levenshtein distance in which no part is edited twice.
fn distance(from: &[char], to: &[char]) -> usize {
    // Three rows of the table: row `i` holds the distances of the first `i`
    // letters of `from` to every start of `to`. All rows are `to.len() + 1` long.
    let mut before: Vec<usize> = vec![0; to.len() + 1];
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut row = before.clone();
    for (i, a) in from.iter().enumerate() {
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let replaced = above[j] + usize::from(a != b);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_finds_its_word() {
        let words = ["state_view", "state_change", "translation", "automation"];
        for (typed, meant) in [
            ("state_veiw", Some("state_view")),
            ("State_Change", Some("state_change")),
            ("automaton", Some("automation")),
            ("tranlsations", Some("translation")),
            ("event", None),
            ("", None),
        ] {
            assert_eq!(closest(typed, words), meant, "{typed}");
        }
    }

    #[test]
    fn edits_are_counted_once_each() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        for (from, to, edits) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("ca", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(&letters(from), &letters(to)), edits, "{from} {to}");
            assert_eq!(distance(&letters(to), &letters(from)), edits, "{to} {from}");
        }
    }

    #[test]
    fn the_first_of_equals_wins_and_long_words_are_left_alone() {
        assert_eq!(closest("bat", ["cat", "hat"]), Some("cat"));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(closest(&long, [long.as_str()]), None);
    }
}
