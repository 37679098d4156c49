//! The letters that banks exchange (全銀協の文字): half-width katakana, capitals, digits, a few marks.

use unicode_normalization::UnicodeNormalization;

use crate::words::to_katakana;

/// A letter that no bank takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は振込に使えない文字です。カタカナ・英数字で入力してください")]
pub struct NotForBanks(pub char);

/// The first of the half-width katakana, `｡`; the others follow in the order of [`HALF_WIDTH`].
const FIRST: u32 = 0xFF61;

/// Katakana in the order of JIS X 0201, with which U+FF61 to U+FF9F agree.
const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// Marks besides letters and digits that every bank takes.
const MARKS: &str = "().-/ ";

/// A name as banks exchange it: half-width, sound marks as letters of their own, small letters made
/// large, ー as a hyphen and ヲ as オ, one space between words. Hiragana and full-width letters are
/// taken as what they stand for.
///
/// # Errors
/// [`NotForBanks`]: kanji above all.
pub fn for_banks(name: &str) -> Result<String, NotForBanks> {
    let whole: String = name.nfkc().collect();
    let words: Vec<&str> = whole.split_whitespace().collect();
    words.join(" ").nfd().map(letter).collect()
}

fn letter(one: char) -> Result<char, NotForBanks> {
    let plain = match to_katakana(one) {
        // What stands between the dots and dashes that keyboards give.
        '\u{3099}' => '゛',
        '\u{309A}' => '゜',
        'ー' | '‐' | '‑' | '–' | '—' | '―' | '−' => '-',
        '・' => '.',
        'ヲ' => 'オ',
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ッ' => 'ツ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        other => other.to_ascii_uppercase(),
    };
    if plain.is_ascii_alphanumeric() || MARKS.contains(plain) {
        return Ok(plain);
    }
    half_width(plain).ok_or(NotForBanks(one))
}

/// The half-width letter for a katakana that banks take: none of the punctuation.
fn half_width(letter: char) -> Option<char> {
    let at = HALF_WIDTH.chars().position(|one| one == letter)?;
    let half = char::from_u32(FIRST + u32::try_from(at).ok()?)?;
    matches!(half, 'ｱ'..='ﾝ' | 'ﾞ' | 'ﾟ').then_some(half)
}
