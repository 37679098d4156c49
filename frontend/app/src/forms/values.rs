//! What a form or an address says, before it means anything.

use chrono::NaiveDate;
use domain::civil::TimeOfDay;

/// Names and values (入力内容), in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// From decoded pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// True when nothing was said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value, without spaces around it; `None` when that leaves nothing.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The value as an owned text, empty when there is none: what a field shows again.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// The value in half width, empty when there is none: for what machines read later.
    #[must_use]
    pub fn half_width(&self, name: &str) -> String {
        half_width(self.filled(name).unwrap_or_default())
    }

    /// A number; nonsense counts as none. Full-width digits count as digits.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        half_width(self.filled(name)?).parse().ok()
    }

    /// A sum of money as people type it (`１，５００円`); nonsense counts as none.
    #[must_use]
    pub fn amount(&self, name: &str) -> Option<u32> {
        let typed = half_width(self.filled(name)?);
        let digits = typed.trim_end_matches('円').trim_end();
        digits.replace([',', '，'], "").parse().ok()
    }

    /// A day (`2026-11-28`); nonsense counts as none.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        self.filled(name)?.parse().ok()
    }

    /// A time of day (`18:00`); nonsense counts as none.
    #[must_use]
    pub fn time(&self, name: &str) -> Option<TimeOfDay> {
        self.filled(name)?.parse().ok()
    }

    /// With a value where none of this name was said.
    #[must_use]
    pub fn or(mut self, name: &str, value: String) -> Self {
        if self.get(name).is_none() {
            self.0.push((name.to_owned(), value));
        }
        self
    }

    /// What follows `prefix` in the names that begin with it.
    #[must_use]
    pub fn names_after(&self, prefix: &str) -> Vec<&str> {
        let names = self.0.iter();
        names
            .filter_map(|(name, _)| name.strip_prefix(prefix))
            .collect()
    }

    /// The pairs whose name is one of `names` or begins with one of `prefixes`.
    #[must_use]
    pub fn only(&self, names: &[&str], prefixes: &[&str]) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|(key, _)| {
                names.contains(&key.as_str())
                    || prefixes.iter().any(|prefix| key.starts_with(prefix))
            })
            .cloned()
            .collect()
    }
}

fn half_width(text: &str) -> String {
    let digit = |c: char| {
        u32::from(c)
            .checked_sub(u32::from('０'))
            .and_then(|value| char::from_digit(value, 10))
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let values = Values::new([("people".to_owned(), " １2 ".to_owned())]);
        assert_eq!(values.number("people"), Some(12));
        for nonsense in ["", "-1", "1.5", "4294967296", "たくさん"] {
            let values = Values::new([("people".to_owned(), nonsense.to_owned())]);
            assert_eq!(values.number("people"), None, "{nonsense}");
        }
    }
}
