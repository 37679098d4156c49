//! Keys: the provider's own, which rotate, and new ones for clients.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};
use p256::pkcs8::{EncodePrivateKey as _, LineEnding};

/// A signing key with its public half.
#[derive(Clone)]
pub struct KeyPair {
    pub(super) private: EncodingKey,
    pub(super) algorithm: Algorithm,
    /// The public half, with `kid`, `alg` and `use`.
    pub public: Jwk,
    /// The private half as PKCS#8 PEM.
    pub private_pem: String,
}

impl KeyPair {
    /// A fresh P-256 key whose `kid` is its RFC 7638 thumbprint.
    ///
    /// # Errors
    /// When the platform cannot encode the key.
    pub fn generate() -> anyhow::Result<Self> {
        let secret = loop {
            // Nearly every 32-byte string is a valid scalar; the others are thrown back.
            if let Ok(secret) = p256::SecretKey::from_slice(&rand::random::<[u8; 32]>()) {
                break secret;
            }
        };
        let pem = secret
            .to_pkcs8_pem(LineEnding::LF)
            .context("encoding a fresh key")?;
        let private = EncodingKey::from_ec_pem(pem.as_bytes())?;
        Self::new(private, Algorithm::ES256, pem.to_string())
    }

    /// The fixed RSA key for tokens of the wrong algorithm; generating one takes seconds.
    pub(super) fn rsa() -> anyhow::Result<Self> {
        let pem = include_str!("rsa_of_no_importance.pem");
        Self::new(
            EncodingKey::from_rsa_pem(pem.as_bytes())?,
            Algorithm::RS256,
            pem.to_owned(),
        )
    }

    fn new(
        private: EncodingKey,
        algorithm: Algorithm,
        private_pem: String,
    ) -> anyhow::Result<Self> {
        let mut public = Jwk::from_encoding_key(&private, algorithm)?;
        public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256)?);
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            private,
            algorithm,
            public,
            private_pem,
        })
    }

    pub(super) fn kid(&self) -> &str {
        self.public.common.key_id.as_deref().unwrap_or_default()
    }

    /// The uncompressed public point, the very bytes that a careless verifier would take for a
    /// shared secret.
    pub(super) fn public_point(&self) -> Vec<u8> {
        let mut point = vec![4];
        if let AlgorithmParameters::EllipticCurve(curve) = &self.public.algorithm {
            for coordinate in [&curve.x, &curve.y] {
                point.extend(URL_SAFE_NO_PAD.decode(coordinate).unwrap_or_default());
            }
        }
        point
    }
}

/// The provider's keys: the newest signs, the one before it stays published, the one before that is
/// withdrawn.
#[derive(Clone)]
pub(super) struct KeyRing {
    newest: KeyPair,
    previous: Option<KeyPair>,
    withdrawn: Option<KeyPair>,
    rsa: KeyPair,
    pub(super) foreign: KeyPair,
}

impl KeyRing {
    pub(super) fn generate() -> anyhow::Result<Self> {
        Ok(Self {
            newest: KeyPair::generate()?,
            previous: None,
            withdrawn: None,
            rsa: KeyPair::rsa()?,
            foreign: KeyPair::generate()?,
        })
    }

    pub(super) fn rotate(&mut self) -> anyhow::Result<()> {
        self.withdrawn = self.previous.take();
        self.previous = Some(std::mem::replace(&mut self.newest, KeyPair::generate()?));
        Ok(())
    }

    pub(super) const fn newest(&self) -> &KeyPair {
        &self.newest
    }

    pub(super) const fn rsa(&self) -> &KeyPair {
        &self.rsa
    }

    pub(super) const fn withdrawn(&self) -> Option<&KeyPair> {
        self.withdrawn.as_ref()
    }

    pub(super) fn published(&self) -> JwkSet {
        let keys = [Some(&self.newest), self.previous.as_ref(), Some(&self.rsa)];
        JwkSet {
            keys: keys
                .into_iter()
                .flatten()
                .map(|pair| pair.public.clone())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_signs_with_a_new_key_and_still_publishes_the_old_one() {
        let mut ring = KeyRing::generate().unwrap();
        let old = ring.newest().kid().to_owned();
        ring.rotate().unwrap();
        assert_ne!(ring.newest().kid(), old);
        assert!(ring.published().find(&old).is_some());
        assert_eq!(ring.newest().public_point().len(), 65);
    }
}
