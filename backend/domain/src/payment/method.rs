//! Means of payment (支払方法).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A means of payment (支払方法) that we have a word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentMethod {
    /// Cards (クレジット・デビット・プリペイド), Apple Pay and Google Pay included. The money is there
    /// at once.
    Card,
    /// PayPay. The money is there at once; 50 円 to 1,000,000 円.
    PayPay,
    /// コンビニ払い: a voucher first, the money days later or never (rows 6–8).
    Konbini,
}

impl PaymentMethod {
    /// How long after a payment the service gives it back, days; `None` where no end is published
    /// (payments.md §2: PayPay's pages differ, 180 or 365; domain.md E: 365). What is refused before
    /// that goes to an account as well, like any refund that failed.
    #[must_use]
    pub const fn refundable_days(self) -> Option<i64> {
        match self {
            Self::PayPay => Some(365),
            Self::Card | Self::Konbini => None,
        }
    }

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::PayPay => "paypay",
            Self::Konbini => "konbini",
        }
    }
}

/// As people read it. A card may be a debit card, so it is no クレジットカード here.
impl fmt::Display for PaymentMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Card => "カード",
            Self::PayPay => "PayPay",
            Self::Konbini => "コンビニ払い",
        })
    }
}
