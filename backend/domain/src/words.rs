//! Words people search by (検索語): width, case and kana make no difference.

use unicode_normalization::UnicodeNormalization;

/// True when every word of `query` is in one of `texts`. Full and half width, large and small
/// letters, hiragana and katakana are the same: 「たいいくかん」 finds 「タイイクカン」.
#[must_use]
pub fn all_found(query: &str, texts: &[&str]) -> bool {
    let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    fold(query)
        .split_whitespace()
        .all(|word| folded.iter().any(|text| text.contains(word)))
}

fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(to_katakana)
        .collect()
}

/// Hiragana as katakana, with the marks that repeat a letter; anything else as it is.
pub(crate) fn to_katakana(letter: char) -> char {
    const HIRAGANA_TO_KATAKANA: u32 = 0x60;
    match letter {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => {
            char::from_u32(u32::from(letter) + HIRAGANA_TO_KATAKANA).unwrap_or(letter)
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::all_found;

    #[test]
    fn people_find_a_hall_however_they_type_it() {
        let hall = [
            "むくのきセンター",
            "ムクノキセンター",
            "体育館",
            "ＡＢＣホール",
        ];
        for query in [
            "むくのき",
            "ムクノキ",
            "ﾑｸﾉｷ",
            "abc",
            "むくのき　体育館",
            "",
            "  ",
        ] {
            assert!(all_found(query, &hall), "{query}");
        }
        for query in ["むくのき プール", "テニス", "<script>"] {
            assert!(!all_found(query, &hall), "{query}");
        }
    }
}
