//! Names (氏名).

use unicode_normalization::UnicodeNormalization;

use super::kana::is_gap;
use super::{SearchField, SearchKey};
use crate::words::to_katakana;

/// Letters of family names that have several shapes, each list with the common one first. The
/// register tells them apart and so does the stored name; who looks for 渡辺さん does not (after the
/// 縮退マップ of the 文字情報基盤, narrowed to names).
const SHAPES: [&str; 28] = [
    "高髙",
    "崎﨑嵜",
    "辺邉邊",
    "斎齋斉齊",
    "浜濱濵",
    "沢澤",
    "広廣",
    "国國",
    "桜櫻",
    "恵惠",
    "真眞",
    "徳德",
    "瀬瀨",
    "島嶋嶌",
    "冨富",
    "柳栁",
    "桑桒",
    "吉𠮷",
    "橋𣘺",
    "藪籔薮",
    "関關",
    "滝瀧",
    "竜龍",
    "当當",
    "静靜",
    "黒黑",
    "条條",
    "巌巖",
];

/// The key of a name: width and case make no difference, nor do variants of a letter (IVS) or the
/// shapes that family names have. `None` when there is no letter in it.
#[must_use]
pub fn name_key(text: &str) -> Option<SearchKey> {
    let folded: String = text
        .nfkc()
        .filter(|letter| !is_variation(*letter))
        .flat_map(char::to_lowercase)
        .map(to_katakana)
        .map(common_shape)
        .collect();
    let words = folded
        .split(is_gap)
        .map(|word| word.chars().filter(|letter| is_letter(*letter)).collect())
        .collect();
    SearchKey::of(SearchField::Name, words)
}

fn common_shape(letter: char) -> char {
    SHAPES
        .iter()
        .find(|shapes| shapes.contains(letter))
        .and_then(|shapes| shapes.chars().next())
        .unwrap_or(letter)
}

const fn is_variation(letter: char) -> bool {
    matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Punctuation and controls are no part of a name; 外字 of older systems are.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '々' | '〆' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}
