//! Personal data (個人情報) that cannot slip into a log.

use std::fmt;

/// A piece of personal data (個人情報). It has no `Display` and no `Serialize`, and `Debug` prints
/// `***`: whoever wants to show or store it has to say so with [`Personal::reveal`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every call is a place where personal data is used on purpose.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, taken out.
    pub fn into_revealed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn personal_data_is_never_printed_by_debug() {
        let name = Some(Personal::new("山田 花子".to_owned()));
        assert_eq!(format!("{name:?}"), "Some(***)");
    }
}
