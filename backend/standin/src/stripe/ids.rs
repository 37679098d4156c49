//! Identifiers that look like Stripe's: a prefix that names the kind, then chance.

use rand::distr::{Alphanumeric, SampleString as _};

/// A new identifier, such as `pi_3…`.
#[must_use]
pub fn new_id(prefix: &str, random_chars: usize) -> String {
    format!("{prefix}{}", chance(random_chars))
}

#[expect(
    clippy::disallowed_methods,
    reason = "ids of a stand-in need not be reproducible"
)]
fn chance(len: usize) -> String {
    Alphanumeric.sample_string(&mut rand::rng(), len)
}
