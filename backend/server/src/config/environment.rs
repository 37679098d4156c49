//! The environment variables, before they mean anything.

use std::collections::BTreeMap;

use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use serde::de::DeserializeOwned;

use super::ConfigFault;

/// Names and values; a variable that is set to nothing counts as not set.
///
/// Values stay text until a setting wants something else: figment's own reader would make a number
/// of a client id that happens to have only digits.
#[derive(Clone)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::of(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))
    }

    /// These variables.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let set = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        Self(
            set.map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect(),
        )
    }

    /// The settings whose variables begin with `prefix`.
    ///
    /// # Errors
    /// [`ConfigFault`] names the variable that is missing or malformed.
    pub(crate) fn read<T: DeserializeOwned>(&self, prefix: &str) -> Result<T, ConfigFault> {
        let named: BTreeMap<&str, &str> = self
            .0
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
            .collect();
        Figment::from(Serialized::defaults(named))
            .extract()
            .map_err(|error| fault(prefix, &error))
    }
}

/// Says which variable is wrong, never what it holds.
fn fault(prefix: &str, error: &figment::Error) -> ConfigFault {
    let variable = |name: &str| format!("{prefix}{name}").to_ascii_uppercase();
    match &error.kind {
        Kind::MissingField(name) => ConfigFault::Missing {
            variable: variable(name),
        },
        _ => ConfigFault::Malformed {
            variable: error
                .path
                .last()
                .map_or_else(|| "環境変数".to_owned(), |name| variable(name)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, DatabaseSettings};

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        Environment::of(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    const WHOLE: [(&str, &str); 5] = [
        ("DATABASE_URL", "sqlite:///var/lib/yoriai.db"),
        ("PUBLIC_URL", "https://yoyaku.example.jp"),
        ("SMTP_URL", "smtp://127.0.0.1"),
        ("DATA_KEY_FILE", "/etc/yoriai/data.key"),
        ("IDP_CLIENT_ID", "00012345"),
    ];

    #[test]
    fn a_missing_variable_is_named() {
        let fault = Config::read(&environment(&WHOLE[1..])).err().unwrap();
        assert_eq!(
            fault,
            ConfigFault::Missing {
                variable: "DATABASE_URL".to_owned()
            }
        );
    }

    #[test]
    fn a_malformed_variable_is_named_and_its_value_is_not() {
        let mut pairs = WHOLE.to_vec();
        pairs.push(("LISTEN", "sk_live_secret"));
        let fault = Config::read(&environment(&pairs)).err().unwrap();
        assert_eq!(
            fault,
            ConfigFault::Malformed {
                variable: "LISTEN".to_owned()
            }
        );
        assert!(!fault.to_string().contains("secret"));
    }

    #[test]
    fn commands_on_the_database_ask_for_nothing_else() {
        let settings = environment(&WHOLE[..1])
            .read::<DatabaseSettings>("")
            .unwrap();
        assert_eq!(settings.database_connections, 16);
    }

    #[test]
    fn a_client_id_of_digits_keeps_its_zeros_and_a_town_overrides_it() {
        let mut pairs = WHOLE.to_vec();
        pairs.extend([
            ("TOWN_SEIKA_IDP_CLIENT_ID", "SEIKA"),
            ("IDP_ISSUER", "https://idp.example"),
            ("IDP_AUTHORIZE_URL", "https://idp.example/a"),
            ("IDP_TOKEN_URL", "https://idp.example/t"),
            ("IDP_USERINFO_URL", "https://idp.example/u"),
            ("IDP_JWKS_URL", "https://idp.example/j"),
            ("IDP_CLIENT_KEY_FILE", "/etc/yoriai/client.pem"),
            ("TOWN_KAWAGOE_IDP_ISSUER", ""),
        ]);
        let config = Config::read(&environment(&pairs)).unwrap();
        let of = |town| config.of_town(town).unwrap().identity().unwrap();
        assert_eq!(of("kawagoe").client_id, "00012345");
        assert_eq!(of("kawagoe").issuer, "https://idp.example");
        assert_eq!(of("seika").client_id, "SEIKA");
    }
}
