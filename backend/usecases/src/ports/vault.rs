//! Keeping personal data unreadable at rest (個人情報の暗号化).

use uuid::Uuid;

/// Seals personal data before it is stored and opens it when somebody with a reason asks.
///
/// A sealed value opens only at the place it was sealed for, so that a row copied over another
/// person's row, or into another municipality, does not open.
pub trait Vault: Send + Sync {
    /// Seals `plain` for `place` with the newest key.
    ///
    /// # Errors
    /// [`VaultFault::Cipher`] if the value is too long for the cipher.
    fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, VaultFault>;

    /// Opens what was sealed for `place`, with whichever key sealed it.
    ///
    /// # Errors
    /// [`VaultFault`] if the value was altered, moved, or sealed with a key we no longer hold.
    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultFault>;

    /// The keyed hashes of a term: what is sealed cannot be searched, so what people are found by
    /// is filed under these. Whoever has only the database can neither make nor undo them.
    fn blind_index(&self, index: &BlindIndex<'_>, term: &str) -> BlindHashes;

    /// Whether `sealed` should be sealed again because the key has been rotated since.
    fn is_outdated(&self, sealed: &[u8]) -> bool;
}

/// Where a sealed value belongs. All of it is authenticated, none of it is stored again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The municipality's id.
    pub municipality: Uuid,
    /// The row's id.
    pub record: Uuid,
    /// The column, as `table.column`.
    pub field: &'a str,
}

/// A keyed hash of a term (索引の値): HMAC-SHA-256.
pub type TermHash = [u8; 32];

/// Which index a term is filed in. The same term in another has another hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlindIndex<'a> {
    /// The municipality's id.
    pub municipality: Uuid,
    /// The index, as its table's name.
    pub name: &'a str,
}

/// The hashes of one term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlindHashes {
    /// Under the newest key: file it so.
    pub newest: TermHash,
    /// Under the older keys: it may have been filed so before the key was rotated.
    pub older: Vec<TermHash>,
}

impl BlindHashes {
    /// All of them, to look for.
    pub fn all(&self) -> impl Iterator<Item = TermHash> {
        std::iter::once(self.newest).chain(self.older.iter().copied())
    }
}

/// Why a value could not be sealed or opened. Never carries the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultFault {
    /// Not something a vault has sealed.
    #[error("the sealed value is malformed")]
    Malformed,
    /// Sealed with a key that is not in the key file.
    #[error("no key with id {0} in the key file")]
    UnknownKey(String),
    /// Altered, or sealed for another place.
    #[error("the sealed value does not belong here or was altered")]
    Forged,
    /// The cipher refused.
    #[error("the cipher refused the value")]
    Cipher,
}
