//! Finding a person at the counter (利用者の検索): by number, カナ, telephone or name.
//!
//! Personal data is sealed at rest, so nothing can be searched in it. What can be searched is an
//! index of terms, each put through a keyed hash by whoever holds the key: a few prefixes and words
//! of the name and its reading, the telephone number and its last four digits, the number on the
//! card. This module says which terms a person is filed under ([`SearchKey::filed_under`]) and
//! which ones a clerk's words ask for ([`asked`]); a term met is then held against the opened
//! record by [`SearchKey::answers`], because a prefix is cut short.
//!
//! Names are kept as received (domain.md F); here they are only compared.

mod asked;
mod kana;
mod name;
mod person_number;
mod phone;
mod term;

#[cfg(test)]
mod tests;

pub use asked::{LONGEST_QUERY, SearchRefusal, asked};
pub use kana::{kana_key, katakana};
pub use name::name_key;
pub use person_number::{NotAPersonNumber, PersonNumber};
pub use phone::{phone_digits, phone_key};
pub use term::{LONGEST_PREFIX, MOST_WORDS, SHORTEST_PREFIX, SearchField, SearchKey, SearchTerm};
