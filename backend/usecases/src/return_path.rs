//! Where a person goes on after signing in (ログイン後の戻り先).

use std::fmt;

/// The longest return path we carry; longer ones are not written by our pages.
const MAX_LEN: usize = 2_000;

/// A path inside our own site (戻り先). Its only constructors refuse everything that a browser could
/// read as another origin, so a crafted link cannot lead people away after they signed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReturnPath(String);

/// The asked return path does not stay on this site. Callers fall back to [`ReturnPath::home`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the return path does not stay on this site")]
pub struct LeavesTheSite;

impl ReturnPath {
    /// The front page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// Reads an untrusted path, query and fragment included.
    ///
    /// Browsers treat `\` as `/`, drop tabs and newlines, and proxies may decode before they
    /// route. So: exactly one leading slash, printable ASCII only, no backslash, and neither a
    /// slash, a backslash nor a control character in percent-encoded disguise where it could
    /// become one of them (WHATWG URL §4.4; RFC 9700 §4.11).
    ///
    /// # Errors
    /// [`LeavesTheSite`].
    ///
    /// ```
    /// use usecases::return_path::ReturnPath;
    /// assert!(ReturnPath::parse("/rooms/1?date=2026-11-28").is_ok());
    /// assert!(ReturnPath::parse("//evil.example").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, LeavesTheSite> {
        let mut bytes = text.bytes();
        let rooted = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
        let plain = text.len() <= MAX_LEN
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if rooted && plain && !disguises_control(text) && !disguises_slash_in_path(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(LeavesTheSite)
        }
    }

    /// The path as it goes into a `Location` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReturnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A percent-encoded control character (response splitting), anywhere.
fn disguises_control(text: &str) -> bool {
    escapes(text).any(|(_, byte)| byte.is_ascii_control())
}

/// A percent-encoded slash, backslash or percent sign in the path. In the query they are data.
fn disguises_slash_in_path(text: &str) -> bool {
    let path_end = text.find(['?', '#']).unwrap_or(text.len());
    escapes(text).any(|(at, byte)| at < path_end && matches!(byte, b'/' | b'\\' | b'%'))
}

/// Every percent escape with its place.
fn escapes(text: &str) -> impl Iterator<Item = (usize, u8)> {
    text.match_indices('%').filter_map(|(at, _)| {
        let digits = text.get(at + 1..at + 3)?;
        u8::from_str_radix(digits, 16).ok().map(|byte| (at, byte))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    /// Adversarial test 22.
    #[test]
    fn paths_of_this_site_survive_and_everything_else_is_refused() {
        for good in [
            "/",
            "/rooms/0190-a?date=2026-11-28&from=18:00",
            "/rooms?purpose=%E5%8D%93%E7%90%83&back=%2Ffacilities",
            "/me/reservations#next",
            "/@group",
            "/a/../b",
        ] {
            assert_eq!(
                ReturnPath::parse(good).map(|p| p.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in [
            "",
            "rooms",
            "//evil.example",
            "///evil.example",
            "https:evil.example",
            "https://evil.example/",
            "https://town.example@evil.example/",
            "//town.example@evil.example",
            "javascript:alert(1)",
            "/\\evil.example",
            "\\\\evil.example",
            "/rooms\\..\\evil",
            "%2f%2fevil.example",
            "/%2fevil.example",
            "/%2F%2Fevil.example",
            "/%5cevil.example",
            "/%252fevil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/rooms\r\nSet-Cookie: a=b",
            "/rooms%0d%0aSet-Cookie:%20a=b",
            "/rooms?x=%0D%0ALocation:%20//evil",
            "/%00",
            " /rooms",
            "/rooms ",
            "/部屋",
            "/\u{2028}/evil",
        ] {
            assert_eq!(ReturnPath::parse(bad), Err(LeavesTheSite), "{bad:?}");
        }
        assert!(ReturnPath::parse(&format!("/{}", "a".repeat(MAX_LEN))).is_err());
    }

    proptest! {
        /// A browser's own resolution, as the `url` crate does it, is the judge.
        #[test]
        fn whatever_survives_resolves_to_the_same_origin(
            text in r"(/|\\|%2[fF]|%5[cC]|@|:|\.|\?|#|\t|[a-z]){0,12}",
        ) {
            if let Ok(path) = ReturnPath::parse(&text) {
                let site = Url::parse("https://seika.example").unwrap();
                let landed = site.join(path.as_str()).unwrap();
                prop_assert_eq!(landed.origin(), site.origin());
            }
        }
    }
}
