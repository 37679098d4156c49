//! One Stripe account: where it is reached, and the secrets that open it.

use std::fmt;

use url::Url;

/// A secret that prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What has to be known of an account. A town may have its own.
#[derive(Clone, Debug)]
pub struct StripeConfig {
    /// `https://api.stripe.com/`, or the stand-in's address.
    pub api_base: Url,
    /// `sk_…` or `rk_…`.
    pub secret_key: Secret,
    /// `whsec_…`: one, or two while one replaces the other.
    pub webhook_secrets: Vec<Secret>,
    /// True for real money. Answers and notices of the other mode are not believed.
    pub livemode: bool,
}

/// What does not fit in the configuration of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigFault {
    /// No key.
    #[error("the secret key is empty")]
    NoKey,
    /// A test key where real money is meant, or the reverse.
    #[error("the secret key belongs to the other mode (live or test)")]
    OtherMode,
    /// An empty webhook secret would let anybody sign.
    #[error("a webhook secret is empty")]
    EmptyWebhookSecret,
    /// Real money over plain HTTP.
    #[error("live mode needs an https address")]
    PlainHttp,
    /// Stripe's client does not take the address or the key.
    #[error("the address or the key holds characters that cannot be sent")]
    Unsendable,
}

impl StripeConfig {
    pub(super) fn check(&self) -> Result<(), ConfigFault> {
        let key = self.secret_key.expose();
        let mode = key.split('_').nth(1);
        if key.trim().is_empty() {
            Err(ConfigFault::NoKey)
        } else if matches!(
            (mode, self.livemode),
            (Some("test"), true) | (Some("live"), false)
        ) {
            Err(ConfigFault::OtherMode)
        } else if self
            .webhook_secrets
            .iter()
            .any(|secret| secret.expose().trim().is_empty())
        {
            Err(ConfigFault::EmptyWebhookSecret)
        } else if self.livemode && self.api_base.scheme() != "https" {
            Err(ConfigFault::PlainHttp)
        } else {
            Ok(())
        }
    }

    pub(super) fn client(&self) -> Result<stripe::Client, ConfigFault> {
        crate::tls::install_provider();
        let mut base = self.api_base.to_string();
        if !base.ends_with('/') {
            base.push('/');
        }
        stripe::ClientBuilder::new(self.secret_key.expose())
            .url(base)
            .app_info("yoriai", Some(env!("CARGO_PKG_VERSION").to_owned()), None)
            .build()
            .map_err(|_may_hold_the_key| ConfigFault::Unsendable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base: &str, key: &str, webhook_secret: &str, livemode: bool) -> StripeConfig {
        StripeConfig {
            api_base: Url::parse(base).unwrap(),
            secret_key: Secret::new(key),
            webhook_secrets: vec![Secret::new(webhook_secret)],
            livemode,
        }
    }

    #[test]
    fn a_configuration_that_could_lose_money_is_refused_before_the_first_call() {
        let live = "https://api.stripe.com/";
        for (config, fault) in [
            (config(live, " ", "whsec_a", true), ConfigFault::NoKey),
            (
                config(live, "sk_test_1", "whsec_a", true),
                ConfigFault::OtherMode,
            ),
            (
                config(live, "rk_live_1", "whsec_a", false),
                ConfigFault::OtherMode,
            ),
            (
                config(live, "sk_live_1", "", true),
                ConfigFault::EmptyWebhookSecret,
            ),
            (
                config("http://api.stripe.com/", "sk_live_1", "whsec_a", true),
                ConfigFault::PlainHttp,
            ),
        ] {
            assert_eq!(config.check(), Err(fault), "{config:?}");
        }
        assert_eq!(config(live, "sk_live_1", "whsec_a", true).check(), Ok(()));
        assert_eq!(
            config("http://127.0.0.1:1/", "sk_test_1", "whsec_a", false).check(),
            Ok(())
        );
        assert!(
            config(live, "sk_live_\n", "whsec_a", true)
                .client()
                .is_err()
        );
    }

    #[test]
    fn a_printed_configuration_shows_no_secret() {
        let config = config(
            "https://api.stripe.com/",
            "sk_live_hidden",
            "whsec_hidden",
            true,
        );
        let gateway = crate::stripe::StripeGateway::new(config.clone()).unwrap();
        for printed in [format!("{config:?}"), format!("{gateway:?}")] {
            assert!(!printed.contains("hidden"), "{printed}");
        }
    }
}
