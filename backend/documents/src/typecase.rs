//! The type case (活字ケース): which characters the embedded fonts can print, and what stands in
//! for the others.
//!
//! Municipal name data holds 外字: characters of the 行政事務標準文字 beyond any one font, variation
//! sequences (IVS), private-use code points of older systems. Printing a blank box would be
//! untrue, so a missing character becomes 〓 and is named by code point at the foot of the paper;
//! the stored text stays as received (domain.md H 54).

use serde_json::Value;
use ttf_parser::Face;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;
use usecases::ports::documents::{Shown, Substitution};

/// ゲタ, the printers' mark for a type that is not at hand.
const GETA: char = '〓';
/// Where a line may break inside a word that offers no other place.
const BREAK_HERE: char = '\u{200B}';
/// How wide an unbroken run may grow, in thousandths of the type size, before it is given a place
/// to break: narrower than any column of the templates that holds what people type.
const RUN_WIDTH: u32 = 19_500;
const FULL_WIDTH: u32 = 1_000;

/// Sets text in the fonts of the house and remembers what it had to replace.
pub struct Typecase<'f> {
    fonts: &'f [Face<'f>],
    substitutions: Vec<Substitution>,
}

impl<'f> Typecase<'f> {
    /// A type case of the glyphs that **all** of `fonts` hold: text may be set in any of them.
    pub const fn new(fonts: &'f [Face<'f>]) -> Self {
        Self {
            fonts,
            substitutions: Vec::new(),
        }
    }

    /// What was replaced so far, each once, in order of appearance.
    pub fn into_substitutions(self) -> Vec<Substitution> {
        self.substitutions
    }

    /// Sets every string in `value`, so that no field can be forgotten.
    pub fn set(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.line(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.set(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.set(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// One line of printable text: white space is folded, invisible controls (which could reorder
    /// what is read, U+202E) are dropped, missing characters are replaced.
    fn line(&mut self, text: &str) -> String {
        let mut line = String::with_capacity(text.len());
        let mut run = 0;
        for cluster in text.graphemes(true) {
            if cluster.chars().any(is_blank) {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
                run = 0;
                continue;
            }
            let printed = self.cluster(cluster);
            let Some(first) = printed.chars().next() else {
                continue;
            };
            run = if offers_break(first) {
                0
            } else {
                run + self.width(first)
            };
            if run > RUN_WIDTH {
                line.push(BREAK_HERE);
                run = self.width(first);
            }
            line.push_str(&printed);
        }
        line.truncate(line.trim_end().len());
        line
    }

    /// What is printed for one character as people see it (grapheme cluster).
    fn cluster(&mut self, received: &str) -> String {
        // か + U+3099 is が spelt in two: the whole letter looks better than its parts.
        let whole: String = received.nfc().collect();
        let spelt_apart = whole.chars().count() < received.chars().count();
        let received_or_whole = if spelt_apart { &whole } else { received };
        if let Some(plain) = self.printable(received_or_whole) {
            return plain;
        }
        let visible: String = received.chars().filter(|c| !is_invisible(*c)).collect();
        if visible.is_empty() {
            return visible;
        }
        // A compatibility ideograph and a variation are shapes of another, common character.
        let composed: String = visible
            .chars()
            .filter(|c| !is_variation(*c))
            .nfc()
            .collect();
        if let Some(plain) = self.printable(&composed) {
            if is_another_shape(&visible, &composed) {
                self.note(received, Shown::BaseShape);
            }
            return plain;
        }
        self.note(received, Shown::Geta);
        GETA.to_string()
    }

    /// The cluster as it is, if every font has every part of it.
    fn printable(&self, cluster: &str) -> Option<String> {
        let mut printed = String::with_capacity(cluster.len());
        let mut chars = cluster.chars().peekable();
        while let Some(base) = chars.next() {
            if is_emoji_presentation(base) {
                continue;
            }
            if !self.fonts.iter().all(|font| has(font, base)) {
                return None;
            }
            printed.push(base);
            if let Some(variation) =
                chars.next_if(|c| is_variation(*c) && !is_emoji_presentation(*c))
            {
                if !self
                    .fonts
                    .iter()
                    .all(|font| has_variation(font, base, variation))
                {
                    return None;
                }
                printed.push(variation);
            }
        }
        (!printed.is_empty()).then_some(printed)
    }

    /// The width of a character in the widest font, in thousandths of the type size.
    fn width(&self, c: char) -> u32 {
        let in_font = |font: &Face<'_>| {
            let advance = font.glyph_hor_advance(font.glyph_index(c)?)?;
            (u32::from(advance) * FULL_WIDTH).checked_div(u32::from(font.units_per_em()))
        };
        self.fonts
            .iter()
            .filter_map(in_font)
            .max()
            .unwrap_or(FULL_WIDTH)
    }

    fn note(&mut self, received: &str, shown: Shown) {
        let code_points: Vec<String> = received
            .chars()
            .map(|c| format!("U+{:04X}", u32::from(c)))
            .collect();
        let substitution = Substitution {
            code_points: code_points.join(" "),
            shown,
        };
        if !self.substitutions.contains(&substitution) {
            self.substitutions.push(substitution);
        }
    }
}

/// True when the composed text is a different drawing of the received one, not just the same
/// character spelt in fewer code points.
fn is_another_shape(visible: &str, composed: &str) -> bool {
    let had_variation = visible
        .chars()
        .any(|c| is_variation(c) && !is_emoji_presentation(c));
    had_variation || (visible.chars().count() == 1 && visible != composed)
}

fn has(font: &Face<'_>, c: char) -> bool {
    !is_invisible(c)
        && c.general_category() != GeneralCategory::PrivateUse
        && font.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
}

fn has_variation(font: &Face<'_>, base: char, variation: char) -> bool {
    font.glyph_variation_index(base, variation).is_some()
}

const fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Text or emoji style: no shape of a letter, safe to leave out.
const fn is_emoji_presentation(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Controls and format characters: nothing to see, but able to reorder or hide what is.
fn is_invisible(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::Control | GeneralCategory::Format
    )
}

/// Ideographs and ordinary kana: a line may break before and after them.
const fn offers_break(c: char) -> bool {
    matches!(c,
        '\u{3042}'..='\u{3062}' | '\u{3064}'..='\u{3082}' | '\u{3089}'..='\u{308D}'
        | '\u{30A2}'..='\u{30C2}' | '\u{30C4}'..='\u{30E2}' | '\u{30E9}'..='\u{30ED}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::House;

    fn set(text: &str) -> (String, Vec<Substitution>) {
        let house = House::open().unwrap();
        let mut case = Typecase::new(house.faces());
        let line = case.line(text);
        (line, case.into_substitutions())
    }

    fn replaced(code_points: &str, shown: Shown) -> Vec<Substitution> {
        vec![Substitution {
            code_points: code_points.to_owned(),
            shown,
        }]
    }

    #[test]
    fn names_that_the_font_holds_are_printed_as_received() {
        for name in [
            "髙橋 﨑山 邉見",
            "𠀋",
            "葛\u{E0100}城",
            "カﾞ①Ⅲ",
            "O’Neil <script>#panic()",
        ] {
            assert_eq!(set(name), (name.to_owned(), Vec::new()), "{name}");
        }
    }

    #[test]
    fn a_missing_character_becomes_a_geta_and_is_named_once() {
        let (line, substitutions) = set("𠮷田𠮷男");
        assert_eq!(line, "〓田〓男");
        assert_eq!(substitutions, replaced("U+20BB7", Shown::Geta));
    }

    #[test]
    fn private_use_characters_of_older_systems_are_named_not_guessed() {
        assert_eq!(
            set("\u{E000}木"),
            ("〓木".to_owned(), replaced("U+E000", Shown::Geta))
        );
    }

    #[test]
    fn a_variant_the_font_lacks_is_printed_in_its_base_shape_and_named() {
        let (line, substitutions) = set("葛\u{E01EE}城");
        assert_eq!(line, "葛城");
        assert_eq!(substitutions, replaced("U+845B U+E01EE", Shown::BaseShape));
    }

    #[test]
    fn one_emoji_of_many_code_points_is_one_geta() {
        let (line, substitutions) = set("👨‍👩‍👧会");
        assert_eq!(line, "〓会");
        assert_eq!(
            substitutions,
            replaced("U+1F468 U+200D U+1F469 U+200D U+1F467", Shown::Geta)
        );
    }

    #[test]
    fn marks_spelt_apart_are_put_together_without_a_note() {
        assert_eq!(set("か\u{3099}"), ("が".to_owned(), Vec::new()));
    }

    #[test]
    fn text_that_would_reorder_or_hide_the_paper_is_disarmed() {
        assert_eq!(
            set("a\u{202E}b\u{0}c\r\n\td\u{FEFF}\u{2028}e ").0,
            "abc d e"
        );
        assert_eq!(set("\u{200B}\u{202E}").0, "");
    }

    #[test]
    fn endless_words_get_places_to_break() {
        for endless in ["x".repeat(200), "W".repeat(200), "！".repeat(200)] {
            let (line, _) = set(&endless);
            let longest = line
                .split(BREAK_HERE)
                .map(|part| part.chars().count())
                .max();
            assert!(longest < Some(40), "{line}");
            assert_eq!(line.replace(BREAK_HERE, ""), endless);
        }
        assert!(!set("seika.reservation@town.example").0.contains(BREAK_HERE));
        assert!(
            !set("京都府相楽郡精華町大字南稲八妻小字砂留")
                .0
                .contains(BREAK_HERE)
        );
    }
}
