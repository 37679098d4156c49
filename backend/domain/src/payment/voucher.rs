//! Vouchers (コンビニ払いの払込番号): complete, and the money comes days later or never.
//!
//! A voucher that the payment service issued cannot be called back (payments.md §2), so its
//! reservation's floor is kept until it has run out and a little longer: [`Voucher::keeps_floor_until`].

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// How long news of a payment made in the last minute may take to reach us, minutes.
///
/// Stripe says of no limit; a till of a store tells its head office, which tells the agent, which
/// tells Stripe. An hour costs nobody the floor, for nobody books at one in the morning.
pub const VOUCHER_GRACE_MINUTES: i64 = 60;

/// A voucher to be paid in cash at a convenience store (払込番号).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Voucher {
    /// Until when the stores take it: the last second of a day in Japan.
    pub until: DateTime<Utc>,
    /// The service's page that shows it, if it has one.
    pub url: Option<String>,
    /// What to say or type in, store by store.
    pub numbers: Vec<StoreNumber>,
}

/// What is typed into the machine of one chain of stores (払込番号・確認番号).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoreNumber {
    /// Where.
    pub store: ConvenienceStore,
    /// 払込番号, also 受付番号 or お客様番号 there.
    pub payment_number: String,
    /// 確認番号: the payer's telephone number or one that was drawn; some chains ask for none.
    pub confirmation_number: Option<String>,
}

/// A chain of convenience stores that takes vouchers (取扱店).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConvenienceStore {
    /// ファミリーマート.
    FamilyMart,
    /// ローソン.
    Lawson,
    /// ミニストップ.
    Ministop,
    /// セイコーマート.
    Seicomart,
}

/// As people read it.
impl fmt::Display for ConvenienceStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FamilyMart => "ファミリーマート",
            Self::Lawson => "ローソン",
            Self::Ministop => "ミニストップ",
            Self::Seicomart => "セイコーマート",
        })
    }
}

impl Voucher {
    /// Until when its reservation's floor is kept (row 6).
    #[must_use]
    pub fn keeps_floor_until(&self) -> DateTime<Utc> {
        self.until + Duration::minutes(VOUCHER_GRACE_MINUTES)
    }
}
