//! What a clerk types into the one field for finding people.

use unicode_normalization::UnicodeNormalization;

use super::phone::is_separator;
use super::{
    NotAPersonNumber, PersonNumber, SHORTEST_PREFIX, SearchField, SearchKey, kana_key, name_key,
    phone_key,
};

/// How many letters a query may have.
pub const LONGEST_QUERY: usize = 100;

/// Why nobody can be looked for by that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchRefusal {
    /// Nothing, or one letter that is no word of its own.
    #[error("カナか氏名は2文字以上、電話番号は全部か下4けた、利用者番号は8けたを入れてください")]
    TooShort,
    /// Far too much.
    #[error("検索の言葉は{LONGEST_QUERY}文字までで入れてください")]
    TooLong,
    /// Digits that are neither a telephone number nor its last four nor a number.
    #[error("電話番号は全部か下4けた、利用者番号は8けたを入れてください")]
    OddDigits,
    /// Eight digits whose check digit is another.
    #[error("利用者番号が違います。もう一度確かめてください")]
    MistypedNumber,
}

impl SearchRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "search.too_short",
            Self::TooLong => "search.too_long",
            Self::OddDigits => "search.odd_digits",
            Self::MistypedNumber => "search.mistyped_number",
        }
    }
}

/// What a query looks for: a number, a telephone number or its last four digits, a reading, or a
/// name. Kana may also be how somebody's name is written, so it looks for both.
///
/// # Errors
/// [`SearchRefusal`].
pub fn asked(query: &str) -> Result<Vec<SearchKey>, SearchRefusal> {
    let query = query.trim();
    if query.chars().count() > LONGEST_QUERY {
        return Err(SearchRefusal::TooLong);
    }
    let bare: String = query
        .nfkc()
        .filter(|letter| !is_separator(*letter))
        .collect();
    if bare.is_empty() {
        return Err(SearchRefusal::TooShort);
    }
    if bare.chars().all(|it| it.is_ascii_digit() || it == '+') {
        return by_digits(query, &bare).map(|key| vec![key]);
    }
    let keys: Vec<SearchKey> = kana_key(query)
        .into_iter()
        .chain(name_key(query))
        .filter(|key| key.letters() >= SHORTEST_PREFIX || is_short_surname(key, query))
        .collect();
    if keys.is_empty() {
        return Err(SearchRefusal::TooShort);
    }
    Ok(keys)
}

fn by_digits(query: &str, digits: &str) -> Result<SearchKey, SearchRefusal> {
    match digits.parse::<PersonNumber>() {
        Ok(number) => number.key().ok_or(SearchRefusal::OddDigits),
        Err(NotAPersonNumber::Mistyped) => Err(SearchRefusal::MistypedNumber),
        Err(NotAPersonNumber::NotEightDigits) if digits.len() == 4 && !digits.starts_with('+') => {
            SearchKey::of(SearchField::Phone, vec![digits.to_owned()])
                .ok_or(SearchRefusal::OddDigits)
        }
        Err(NotAPersonNumber::NotEightDigits) => phone_key(query).ok_or(SearchRefusal::OddDigits),
    }
}

/// One letter is enough where it is a whole surname: 林, 森, 原.
fn is_short_surname(key: &SearchKey, query: &str) -> bool {
    key.field() == SearchField::Name && kana_key(query).is_none()
}
