//! The outside behind the ports: identity (OIDC), Stripe, mail.
//!
//! Knows the protocols and the libraries that speak them. Must not know SQL, screens or axum, and
//! must not decide anything that a rule of `domain` decides. Nothing of a library's own types is
//! public here.

pub mod identity;
pub mod mail;
pub mod stripe;
mod tls;
pub mod vault;
