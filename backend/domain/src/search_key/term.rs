//! Keys and the terms they are filed under.

use serde::{Deserialize, Serialize};

use crate::personal::Personal;

/// The shortest prefix that is filed: one letter tells too much about a sealed name and finds half
/// the town.
pub const SHORTEST_PREFIX: usize = 2;

/// The longest prefix that is filed; what is asked beyond it is compared with the opened record.
pub const LONGEST_PREFIX: usize = 12;

/// How many words of a name are filed: enough for the longest passports.
pub const MOST_WORDS: usize = 6;

/// How many digits of a telephone number are asked for over the counter (下4桁).
const LAST_DIGITS: usize = 4;

/// By what somebody is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchField {
    /// The number on the card (利用者番号).
    Number,
    /// The telephone number (電話番号).
    Phone,
    /// The reading of the name (カナ).
    Kana,
    /// The name (氏名).
    Name,
}

impl SearchField {
    /// As it stands in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Phone => "phone",
            Self::Kana => "kana",
            Self::Name => "name",
        }
    }
}

/// Something a person is found by, made comparable: words of letters or digits, none empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchKey {
    field: SearchField,
    words: Personal<Vec<String>>,
}

/// One entry of the index before it is hashed. It says its field and its kind, so that no two
/// kinds of term can ever hash alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SearchTerm(Personal<String>);

impl SearchTerm {
    /// What is put through the keyed hash.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

impl SearchKey {
    /// `None` without a word.
    pub(super) fn of(field: SearchField, words: Vec<String>) -> Option<Self> {
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then_some(Self {
            field,
            words: Personal::new(words),
        })
    }

    /// By what it finds.
    #[must_use]
    pub const fn field(&self) -> SearchField {
        self.field
    }

    /// How many letters or digits it has.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.joined().chars().count()
    }

    /// The terms that a person with this key is filed under, each once. At most
    /// [`LONGEST_PREFIX`] and [`MOST_WORDS`] together.
    #[must_use]
    pub fn filed_under(&self) -> Vec<SearchTerm> {
        let whole = self.joined();
        match self.field {
            SearchField::Number => vec![self.term('=', &whole)],
            SearchField::Phone => {
                let last = whole.chars().count().saturating_sub(LAST_DIGITS);
                let last: String = whole.chars().skip(last).collect();
                vec![self.term('=', &whole), self.term('$', &last)]
            }
            SearchField::Kana | SearchField::Name => {
                let letters = whole.chars().count();
                let prefixes = (SHORTEST_PREFIX..=LONGEST_PREFIX.min(letters))
                    .map(|length| self.term('^', &start(&whole, length)));
                let mut words: Vec<&String> = self.words.reveal().iter().take(MOST_WORDS).collect();
                words.sort_unstable();
                words.dedup();
                let words = words.into_iter().map(|word| self.term('=', word));
                prefixes.chain(words).collect()
            }
        }
    }

    /// The terms of which a person who is looked for by this key is filed under at least one.
    #[must_use]
    pub fn asks_for(&self) -> Vec<SearchTerm> {
        let whole = self.joined();
        let letters = whole.chars().count();
        match self.field {
            SearchField::Number => vec![self.term('=', &whole)],
            SearchField::Phone if letters == LAST_DIGITS => vec![self.term('$', &whole)],
            SearchField::Phone => vec![self.term('=', &whole)],
            SearchField::Kana | SearchField::Name => {
                let prefix = (letters >= SHORTEST_PREFIX)
                    .then(|| self.term('^', &start(&whole, LONGEST_PREFIX)));
                // A single word may also be a surname of one letter or a given name.
                let word = (self.words.reveal().len() == 1).then(|| self.term('=', &whole));
                prefix.into_iter().chain(word).collect()
            }
        }
    }

    /// True when this key of an opened record is what `asked` looks for.
    #[must_use]
    pub fn answers(&self, asked: &Self) -> bool {
        let (whole, wanted) = (self.joined(), asked.joined());
        self.field == asked.field
            && match self.field {
                SearchField::Number => whole == wanted,
                SearchField::Phone if wanted.len() == LAST_DIGITS => whole.ends_with(&wanted),
                SearchField::Phone => whole == wanted,
                SearchField::Kana | SearchField::Name => {
                    let begins = asked.letters() >= SHORTEST_PREFIX && whole.starts_with(&wanted);
                    let one_word = asked.words.reveal().len() == 1;
                    begins || (one_word && self.words.reveal().contains(&wanted))
                }
            }
    }

    fn joined(&self) -> String {
        self.words.reveal().concat()
    }

    fn term(&self, kind: char, text: &str) -> SearchTerm {
        let field = self.field.as_str();
        SearchTerm(Personal::new(format!("{field}{kind}{text}")))
    }
}

fn start(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}
