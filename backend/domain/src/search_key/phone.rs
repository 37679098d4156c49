//! Telephone numbers (電話番号).

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;

use super::{SearchField, SearchKey};

/// How many digits a number in Japan has, its leading 0 included.
const IN_JAPAN: RangeInclusive<usize> = 10..=11;
/// How many digits a number elsewhere has, country and all (E.164).
const ABROAD: RangeInclusive<usize> = 8..=15;

/// A telephone number as digits, with its leading 0: +81 is Japan's and becomes 0; other countries
/// keep their + in front. `None` when it is no number.
#[must_use]
pub fn phone_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    let mut abroad = false;
    for letter in text.trim().nfkc() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' if digits.is_empty() && !abroad => abroad = true,
            _ if is_separator(letter) => {}
            _ => return None,
        }
    }
    let local = match (abroad, digits.strip_prefix("81")) {
        (true, None) => return ABROAD.contains(&digits.len()).then(|| format!("+{digits}")),
        // +81 (0)774 …: the 0 in brackets is the one that +81 stands for.
        (true, Some(local)) => format!("0{}", local.strip_prefix('0').unwrap_or(local)),
        (false, _) => digits,
    };
    (local.starts_with('0') && IN_JAPAN.contains(&local.len())).then_some(local)
}

/// The key of a telephone number; `None` when it is no number.
#[must_use]
pub fn phone_key(text: &str) -> Option<SearchKey> {
    SearchKey::of(SearchField::Phone, vec![phone_digits(text)?])
}

pub(super) fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '‐'..='―' | '−' | '─' | 'ー' | '(' | ')' | '.' | '/' | '・'
        )
}
