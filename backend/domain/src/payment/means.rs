//! What money came as, whoever took it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::PaymentMethod;

/// What money came as (支払手段): cash over the counter, or one of the payment service's methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    /// Notes and coins at the counter (現金).
    Cash,
    /// Through the payment service by a method that we have no word for (オンライン決済): what came
    /// before methods were kept, and what the service offers one day.
    Online,
    /// Through the payment service, at home or at the counter.
    #[serde(untagged)]
    Service(PaymentMethod),
}

impl Means {
    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Online => "online",
            Self::Service(method) => method.as_str(),
        }
    }

    /// True unless somebody handled notes and coins for it. A voucher is paid in cash at a
    /// convenience store.
    #[must_use]
    pub const fn is_cashless(self) -> bool {
        match self {
            Self::Service(PaymentMethod::Card | PaymentMethod::PayPay) | Self::Online => true,
            Self::Service(PaymentMethod::Konbini) | Self::Cash => false,
        }
    }
}

/// As people read it.
impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cash => f.write_str("現金"),
            Self::Online => f.write_str("オンライン決済"),
            Self::Service(method) => method.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_means_is_stored_by_its_own_name() {
        for (means, name, label, cashless) in [
            (Means::Cash, "cash", "現金", false),
            (Means::Online, "online", "オンライン決済", true),
            (Means::Service(PaymentMethod::Card), "card", "カード", true),
            (
                Means::Service(PaymentMethod::PayPay),
                "paypay",
                "PayPay",
                true,
            ),
            (
                Means::Service(PaymentMethod::Konbini),
                "konbini",
                "コンビニ払い",
                false,
            ),
        ] {
            assert_eq!(means.as_str(), name);
            assert_eq!(means.to_string(), label);
            assert_eq!(means.is_cashless(), cashless);
            let json = serde_json::to_value(means).unwrap();
            assert_eq!(json, name);
            assert_eq!(serde_json::from_value::<Means>(json).unwrap(), means);
        }
    }
}
