//! Finding a group by its name or its reading. A group's name is no personal datum, so it is kept
//! plain and looked for anywhere in it.

use unicode_normalization::UnicodeNormalization;

use crate::words::to_katakana;

/// What a group is looked for in: name and reading, with width, case, kana and gaps made alike.
#[must_use]
pub fn searched(name: &str, kana: &str) -> String {
    format!("{}\n{}", folded(name), folded(kana))
}

/// What is looked for; `None` when there is nothing in it.
#[must_use]
pub fn searched_for(typed: &str) -> Option<String> {
    let folded = folded(typed);
    (!folded.is_empty()).then_some(folded)
}

fn folded(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(to_katakana)
        .filter(|letter| letter.is_alphanumeric() || *letter == 'ー')
        .collect()
}
