//! Sealing personal data (個人情報の暗号化) with AES-256-GCM behind [`usecases::ports::vault`].
//!
//! A sealed value is `version ‖ length of key id ‖ key id ‖ nonce ‖ ciphertext and tag`. The head,
//! the municipality, the record and the field are authenticated with it, so a value opens only
//! where it was sealed, and its key id cannot be swapped.
//!
//! The key file (`DATA_KEY_FILE`) has one `id:key` on each line, the key being 32 bytes in base64,
//! newest first; `#` begins a comment. To rotate, put a new line on top and keep the old ones until
//! everything has been sealed again ([`Vault::is_outdated`]):
//!
//! ```text
//! # openssl rand -base64 32
//! 2026-11:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=
//! ```
//!
//! Terms that people are found by are hashed under a second key, made of the data key for nothing
//! else, so that what one does with hashes says nothing about what is sealed ([`Vault::blind_index`]):
//!
//! ```text
//! index key = HMAC-SHA-256(data key, "yoriai blind index 1")
//! hash      = HMAC-SHA-256(index key, municipality ‖ length of name ‖ name ‖ term)
//! ```
//!
//! Nonces are 96 random bits: a key must not seal more than 2³² values (NIST SP 800-38D §8.3),
//! which no municipality will see in a year.

use std::sync::Arc;

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use usecases::ports::chance::Chance;
use usecases::ports::vault::{BlindHashes, BlindIndex, Place, TermHash, Vault, VaultFault};

/// The first byte of everything this vault seals.
const VERSION: u8 = 1;

/// The bytes of a nonce.
const NONCE: usize = 12;

/// The longest key id.
const MAX_ID: usize = 32;

/// What the index key is made for: no other use of the data key says this.
const INDEX: &[u8] = b"yoriai blind index 1";

/// A vault that holds its keys in memory.
pub struct KeyFileVault {
    newest: DataKey,
    older: Vec<DataKey>,
    chance: Arc<dyn Chance>,
}

struct DataKey {
    id: String,
    cipher: Aes256Gcm,
    /// Keyed with the index key, nothing taken in yet.
    index: Hmac<Sha256>,
}

/// Why a key file cannot be used. Names the line, never the key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// No key at all.
    #[error("鍵が1つもありません")]
    Empty,
    /// A line that is neither `id:key` nor a comment, or a key that is not 32 bytes.
    #[error("{0}行目が「名前:32バイトのbase64」ではありません")]
    Line(usize),
    /// The same id twice.
    #[error("{0}行目の名前は前の行にもあります")]
    Repeated(usize),
}

impl KeyFileVault {
    /// Reads the text of a key file.
    ///
    /// # Errors
    /// [`KeyFileFault`], with the line.
    pub fn from_key_file(text: &str, chance: Arc<dyn Chance>) -> Result<Self, KeyFileFault> {
        let mut keys: Vec<DataKey> = Vec::new();
        for (line, number) in text.lines().map(str::trim).zip(1..) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = DataKey::parse(line).ok_or(KeyFileFault::Line(number))?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(KeyFileFault::Repeated(number));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyFileFault::Empty)?;
        Ok(Self {
            newest,
            older: keys.collect(),
            chance,
        })
    }

    fn key(&self, id: &str) -> Result<&DataKey, VaultFault> {
        std::iter::once(&self.newest)
            .chain(&self.older)
            .find(|key| key.id == id)
            .ok_or_else(|| VaultFault::UnknownKey(id.to_owned()))
    }
}

impl DataKey {
    fn parse(line: &str) -> Option<Self> {
        let (id, key) = line.split_once(':')?;
        let is_id = (1..=MAX_ID).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let key: [u8; 32] = STANDARD.decode(key.trim()).ok()?.try_into().ok()?;
        let root = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        let index_key = root.chain_update(INDEX).finalize().into_bytes();
        let index = Hmac::new_from_slice(&index_key).ok()?;
        is_id.then(|| Self {
            id: id.to_owned(),
            cipher: Aes256Gcm::new(&key.into()),
            index,
        })
    }

    /// The hash of a term. The id has a fixed length and the name tells its own, so no two terms of
    /// different indexes are hashed alike.
    fn hash(&self, index: &BlindIndex<'_>, term: &str) -> TermHash {
        let length = u64::try_from(index.name.len()).unwrap_or(u64::MAX);
        self.index
            .clone()
            .chain_update(index.municipality.as_bytes())
            .chain_update(length.to_be_bytes())
            .chain_update(index.name)
            .chain_update(term)
            .finalize()
            .into_bytes()
            .into()
    }

    /// Everything in front of the nonce.
    fn head(&self) -> Result<Vec<u8>, VaultFault> {
        let length = u8::try_from(self.id.len()).map_err(|_long| VaultFault::Cipher)?;
        let mut head = vec![VERSION, length];
        head.extend_from_slice(self.id.as_bytes());
        Ok(head)
    }
}

/// A sealed value, taken apart.
struct Sealed<'a> {
    head: &'a [u8],
    key_id: &'a str,
    nonce: [u8; NONCE],
    ciphertext: &'a [u8],
}

impl<'a> Sealed<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[version, length], _) = bytes.split_first_chunk::<2>()?;
        let (head, rest) = bytes.split_at_checked(2 + usize::from(length))?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>()?;
        let key_id = std::str::from_utf8(head.get(2..)?).ok()?;
        (version == VERSION).then_some(Self {
            head,
            key_id,
            nonce: *nonce,
            ciphertext,
        })
    }
}

impl Vault for KeyFileVault {
    fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, VaultFault> {
        let mut sealed = self.newest.head()?;
        let aad = authenticated(&sealed, place);
        let secret = self.chance.secret();
        let (nonce, _rest) = secret
            .split_first_chunk::<NONCE>()
            .ok_or(VaultFault::Cipher)?;
        let ciphertext = self
            .newest
            .cipher
            .encrypt(
                &Nonce::from(*nonce),
                Payload {
                    msg: plain,
                    aad: &aad,
                },
            )
            .map_err(|_opaque| VaultFault::Cipher)?;
        sealed.extend_from_slice(nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultFault> {
        let sealed = Sealed::parse(sealed).ok_or(VaultFault::Malformed)?;
        let aad = authenticated(sealed.head, place);
        self.key(sealed.key_id)?
            .cipher
            .decrypt(
                &Nonce::from(sealed.nonce),
                Payload {
                    msg: sealed.ciphertext,
                    aad: &aad,
                },
            )
            .map_err(|_opaque| VaultFault::Forged)
    }

    fn blind_index(&self, index: &BlindIndex<'_>, term: &str) -> BlindHashes {
        BlindHashes {
            newest: self.newest.hash(index, term),
            older: self.older.iter().map(|key| key.hash(index, term)).collect(),
        }
    }

    fn is_outdated(&self, sealed: &[u8]) -> bool {
        Sealed::parse(sealed).is_none_or(|sealed| sealed.key_id != self.newest.id)
    }
}

/// The head and the place. Both ids have a fixed length and the field comes last, so no two places
/// read the same.
fn authenticated(head: &[u8], place: &Place<'_>) -> Vec<u8> {
    [
        head,
        place.municipality.as_bytes(),
        place.record.as_bytes(),
        place.field.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;

    struct Dice;

    impl Chance for Dice {
        fn secret(&self) -> [u8; 32] {
            rand::random()
        }
        fn id(&self, _now: DateTime<Utc>) -> Uuid {
            Uuid::from_u128(rand::random())
        }
        fn below(&self, bound: u32) -> u32 {
            rand::random::<u32>().checked_rem(bound).unwrap_or(0)
        }
    }

    const OLD: &str = "2025:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const NEW: &str = "2026:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    fn vault(file: &str) -> KeyFileVault {
        KeyFileVault::from_key_file(file, Arc::new(Dice)).unwrap()
    }

    fn place() -> Place<'static> {
        Place {
            municipality: Uuid::from_u128(1),
            record: Uuid::from_u128(2),
            field: "people.name",
        }
    }

    #[test]
    fn what_was_sealed_opens_at_its_place_and_never_looks_the_same_twice() {
        let vault = vault(NEW);
        for plain in ["", "山田　花子", &"葛\u{E0100}".repeat(500)] {
            let sealed = vault.seal(&place(), plain.as_bytes()).unwrap();
            assert_eq!(vault.open(&place(), &sealed).unwrap(), plain.as_bytes());
            assert_ne!(vault.seal(&place(), plain.as_bytes()).unwrap(), sealed);
        }
    }

    #[test]
    fn a_value_moved_to_another_municipality_record_or_field_does_not_open() {
        let vault = vault(NEW);
        let sealed = vault.seal(&place(), b"secret").unwrap();
        let elsewhere = [
            Place {
                municipality: Uuid::from_u128(9),
                ..place()
            },
            Place {
                record: Uuid::from_u128(9),
                ..place()
            },
            Place {
                field: "people.address",
                ..place()
            },
        ];
        for other in elsewhere {
            assert_eq!(vault.open(&other, &sealed), Err(VaultFault::Forged));
        }
    }

    #[test]
    fn every_altered_bit_is_noticed() {
        let vault = vault(&format!("{NEW}\n{OLD}"));
        let sealed = vault.seal(&place(), b"secret").unwrap();
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut altered = sealed.clone();
                altered[at] ^= 1 << bit;
                assert!(
                    vault.open(&place(), &altered).is_err(),
                    "byte {at}, bit {bit}"
                );
            }
        }
        for length in 0..sealed.len() {
            assert!(
                vault.open(&place(), &sealed[..length]).is_err(),
                "cut to {length}"
            );
        }
    }

    #[test]
    fn after_a_rotation_old_values_open_and_are_known_to_be_old() {
        let sealed = vault(OLD).seal(&place(), b"secret").unwrap();
        let rotated = vault(&format!("# rotated 2026-11\n{NEW}\n\n{OLD}\n"));
        assert_eq!(rotated.open(&place(), &sealed).unwrap(), b"secret");
        assert!(rotated.is_outdated(&sealed));
        assert!(!rotated.is_outdated(&rotated.seal(&place(), b"secret").unwrap()));
        assert_eq!(
            vault(NEW).open(&place(), &sealed),
            Err(VaultFault::UnknownKey("2025".to_owned()))
        );
    }

    fn people_of(town: u128) -> BlindIndex<'static> {
        BlindIndex {
            municipality: Uuid::from_u128(town),
            name: "person_terms",
        }
    }

    #[test]
    fn a_term_always_has_the_same_hash_and_in_another_town_or_index_another() {
        let vault = vault(NEW);
        let here = vault.blind_index(&people_of(1), "kana^ヤマ").newest;
        assert_eq!(vault.blind_index(&people_of(1), "kana^ヤマ").newest, here);
        let elsewhere = [
            vault.blind_index(&people_of(2), "kana^ヤマ"),
            vault.blind_index(&people_of(1), "kana^ヤマダ"),
            vault.blind_index(&people_of(1), "name^ヤマ"),
            vault.blind_index(
                &BlindIndex {
                    name: "person_term",
                    ..people_of(1)
                },
                "skana^ヤマ",
            ),
        ];
        for other in elsewhere {
            assert_ne!(other.newest, here);
        }
    }

    #[test]
    fn a_hash_is_made_with_the_key_and_not_by_the_key_that_seals() {
        let (old, new) = (vault(OLD), vault(NEW));
        let hash = new.blind_index(&people_of(1), "number=12345671").newest;
        assert_ne!(
            old.blind_index(&people_of(1), "number=12345671").newest,
            hash
        );
        // Worked out by another implementation: what stands in databases must be found for ever.
        let known = "43eaa7546ee0c5245dd6d74820bd63d2866a5a21cbef0f0a6805c8f9cc11a419";
        let spelled: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(spelled, known);
    }

    #[test]
    fn after_a_rotation_what_was_filed_before_is_still_looked_for() {
        let before = vault(OLD).blind_index(&people_of(1), "phone$0001");
        let rotated = vault(&format!("{NEW}\n{OLD}")).blind_index(&people_of(1), "phone$0001");
        assert_eq!(rotated.older, [before.newest]);
        assert_ne!(rotated.newest, before.newest);
        assert_eq!(
            rotated.all().collect::<Vec<_>>(),
            [rotated.newest, before.newest]
        );
    }

    #[test]
    fn a_bad_key_file_is_refused_with_its_line() {
        let read = |text: &str| KeyFileVault::from_key_file(text, Arc::new(Dice)).err();
        assert_eq!(read(""), Some(KeyFileFault::Empty));
        assert_eq!(read("# only a comment"), Some(KeyFileFault::Empty));
        assert_eq!(read("no colon"), Some(KeyFileFault::Line(1)));
        assert_eq!(
            read(&format!("{NEW}\nold:c2hvcnQ=")),
            Some(KeyFileFault::Line(2))
        );
        assert_eq!(
            read(&format!("{NEW}\n{NEW}")),
            Some(KeyFileFault::Repeated(2))
        );
    }
}
