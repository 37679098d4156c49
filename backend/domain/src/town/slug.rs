//! Slugs: the names that town files and addresses use.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A short name in a town file and in URLs (識別名): `a–z`, digits, hyphens
/// and underscores inside, 1–40 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A text is not a slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "「{0}」は使えません。半角の英小文字・数字・ハイフン・下線で40文字まで（例 seika-nishi-gym）"
)]
pub struct NotASlug(pub String);

impl Slug {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let edges_fine =
            text.bytes().next().is_some_and(lower) && text.bytes().next_back().is_some_and(lower);
        let fine = edges_fine
            && text.len() <= 40
            && text.bytes().all(|b| lower(b) || matches!(b, b'-' | b'_'));
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotASlug(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
