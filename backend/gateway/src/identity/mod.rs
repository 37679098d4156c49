//! The relying party (証明書利用側): OpenID Connect behind [`usecases::ports::identity`].
//!
//! Authorization code flow with PKCE S256, `state`, `nonce` and `private_key_jwt`, shaped like
//! デジタル認証サービス (DESIGN.md §7; reference: identity.md §3). Endpoints come from the
//! configuration, never from discovery. Half of the checks are ours with any library, so all of
//! them stand here, in the order in which an answer arrives:
//!
//! 1. `callback`: `state`, the mix-up defence of RFC 9207, errors, the code;
//! 2. `token`: the code, once, with a client assertion that lives for a minute;
//! 3. `id_token`: pinned algorithm, key by `kid`, then every claim, by our own clock;
//! 4. `userinfo`: about the same subject, read tolerantly, because its shape is not published.
//!
//! Nothing is fetched that the configuration does not name, no redirect is followed, no body is
//! read beyond 64 KiB, no wait is longer than the timeout, and tokens are dropped after userinfo.

mod assertion;
mod attributes;
mod callback;
mod config;
mod fetch;
mod id_token;
mod jwks;
mod relying_party;
mod token;

pub use assertion::public_key_set;
pub use config::{
    Assurance, Attributes, Endpoints, IdentityConfigFault, RelyingPartyConfig, SignatureAlgorithm,
};
pub use relying_party::RelyingParty;
