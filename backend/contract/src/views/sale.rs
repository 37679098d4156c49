//! A reservation at the counter (窓口での受付). Names a person: every view of it is logged.

use chrono::{DateTime, Utc};
use domain::ids::TillId;
use domain::money::Yen;
use domain::personal::Personal;
use domain::till::Change;

use super::{Attendance, RefundDue, ReservationView};

/// A reservation with all that a clerk needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleView {
    /// The reservation, as its owner sees it.
    pub reservation: ReservationView,
    /// Whose it is.
    pub person: Personal<String>,
    /// Whether papers go to them by mail.
    pub has_email: bool,
    /// What can be noted about their coming.
    pub next: Vec<Attendance>,
    /// The checkout that is open for a phone.
    pub checkout: Option<OpenCheckout>,
    /// The drawers that cash can go into and come out of today.
    pub drawers: Vec<DrawerChoice>,
    /// What was handed over and back, while the drawer is open.
    pub cash: Option<CashTaken>,
    /// What is owed besides, because whoever booked has moved away (転出による差額), yen.
    pub difference: Option<Yen>,
    /// Refunds to be paid out in cash.
    pub due: Vec<RefundDue>,
}

/// An open checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCheckout {
    /// Where the phone goes.
    pub url: String,
    /// When the service closes it, UTC.
    pub until: DateTime<Utc>,
}

/// A drawer to take from and put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawerChoice {
    /// Which.
    pub till: TillId,
    /// Its facility's name.
    pub facility_name: String,
    /// Its number there.
    pub drawer: u32,
    /// What there should be inside, yen.
    pub inside: Yen,
}

/// Cash that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashTaken {
    /// What was handed over (預り金), yen.
    pub tendered: Yen,
    /// The fee, yen.
    pub amount: Yen,
    /// What goes back (釣銭).
    pub change: Change,
}

/// How a payment stands, for a screen that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalePayment {
    /// The checkout is open.
    Waiting,
    /// It is paid.
    Paid,
    /// Nothing is waited for any more.
    Over,
}

impl SalePayment {
    /// The word for it on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Paid => "paid",
            Self::Over => "over",
        }
    }
}
