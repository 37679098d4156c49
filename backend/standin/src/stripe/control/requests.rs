//! The JSON bodies of `/_control`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::stripe::objects::refund;
use crate::stripe::webhooks::Order;

/// Where events go from now on.
#[derive(Debug, Deserialize)]
pub struct EndpointSet {
    pub url: String,
    pub secrets: Vec<String>,
}

/// Which held events go first.
#[derive(Debug, Deserialize)]
pub struct Release {
    #[serde(default)]
    pub order: Order,
}

/// An event once more, signed as asked.
#[derive(Debug, Deserialize)]
pub struct Resend {
    pub event: String,
    #[serde(default = "one")]
    pub copies: u32,
    #[serde(default)]
    pub skew_seconds: i64,
    #[serde(default)]
    pub forged_secret: Option<String>,
}

fn one() -> u32 {
    1
}

/// How long to wait for the queue to run empty.
#[derive(Debug, Deserialize)]
pub struct SettledCall {
    /// Real seconds.
    #[serde(default = "ten")]
    pub within_seconds: u64,
}

fn ten() -> u64 {
    10
}

/// One of three ways to set the clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockSet {
    OffsetSeconds(i64),
    AdvanceSeconds(i64),
    Fixed(Option<i64>),
}

/// Which means of payment the dashboard has switched on.
#[derive(Debug, Deserialize)]
pub struct MethodsSet {
    pub on: Vec<String>,
}

/// How a payer pays without the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Pay {
    /// `card`, `paypay` or `konbini`.
    pub method: String,
    /// A test card number.
    pub card: String,
    /// E-mail address.
    pub email: String,
    /// Pays even when the session has expired: what the documents say cannot happen.
    pub force: bool,
}

impl Default for Pay {
    fn default() -> Self {
        Self {
            method: "card".to_owned(),
            card: "4242424242424242".to_owned(),
            email: "payer@example.jp".to_owned(),
            force: false,
        }
    }
}

/// What becomes of a voucher.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum KonbiniSet {
    Paid,
    Lapsed,
}

/// How refunds begin from now on.
#[derive(Debug, Deserialize)]
pub struct RefundsBegin {
    pub status: refund::Status,
}

/// What a refund turns into.
#[derive(Debug, Deserialize)]
pub struct TurnRefund {
    /// The new status.
    pub status: refund::Status,
    /// Why, when it failed.
    #[serde(default)]
    pub failure_reason: Option<String>,
}

/// Fields that lie from now on.
pub type Tamper = Map<String, Value>;
