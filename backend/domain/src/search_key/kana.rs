//! Readings of names in katakana (フリガナ).

use unicode_normalization::UnicodeNormalization;

use super::{SearchField, SearchKey};
use crate::words::to_katakana;

/// The words of a reading: half-width katakana and hiragana become katakana, dakuten written apart
/// join their letter, dashes after a kana become ー, middle dots part words like spaces. Small kana
/// stay small: ハット is not ハツト. `None` when there is anything but kana, or nothing.
fn words(text: &str) -> Option<Vec<String>> {
    // NFKC sets a lone ゛ apart by a space; taken out, it joins the letter before.
    let text: String = text
        .nfkc()
        .collect::<String>()
        .replace(" \u{3099}", "\u{3099}")
        .replace(" \u{309A}", "\u{309A}")
        .nfc()
        .map(to_katakana)
        .collect();
    let mut words = vec![String::new()];
    for letter in text.chars() {
        let word = words.last_mut()?;
        let in_word = !word.is_empty();
        if is_gap(letter) {
            words.push(String::new());
        } else if in_word && is_dash(letter) {
            word.push('ー');
        } else if is_kana(letter) {
            word.push(letter);
        } else {
            return None;
        }
    }
    words.retain(|word| !word.is_empty());
    (!words.is_empty()).then_some(words)
}

/// The key of a reading; `None` when it is not one.
#[must_use]
pub fn kana_key(text: &str) -> Option<SearchKey> {
    SearchKey::of(SearchField::Kana, words(text)?)
}

/// A reading as it is kept: katakana, one space between words. `None` when it is not one.
#[must_use]
pub fn katakana(text: &str) -> Option<String> {
    words(text).map(|words| words.join(" "))
}

const fn is_kana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ㇰ'..='ㇿ')
}

/// What people type for ー when the key for it is far.
const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '‐'..='―' | '−' | '─' | '━')
}

pub(super) fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '・' | '·' | '‧' | '•')
}
