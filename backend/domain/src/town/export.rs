//! Writing a town file (自治体設定の書き出し): `yoriai town export`.

use super::Town;

/// A town cannot be written as TOML: a fault of this crate, since every town that
/// [`super::check`] passes can.
#[derive(Debug, thiserror::Error)]
#[error("town {code} cannot be written as TOML")]
pub struct NotWritable {
    /// The town's code.
    pub code: String,
    /// Why.
    #[source]
    pub source: toml::ser::Error,
}

/// The town as a file: always the same text for the same town, and [`super::check`] reads the same
/// town from it. Comments of the file it once came from are gone.
///
/// # Errors
/// [`NotWritable`].
pub fn export(town: &Town) -> Result<String, NotWritable> {
    toml::to_string_pretty(town).map_err(|source| NotWritable {
        code: town.code.clone(),
        source,
    })
}
