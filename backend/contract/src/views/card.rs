//! Cards, as their holder sees them.

use chrono::NaiveDate;
use domain::personal::Personal;

use crate::CardRef;

/// A card that one signs in with (登録しているカード).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCard {
    /// How a form names it.
    pub card: CardRef,
    /// The day it was added, in Japan.
    pub added_on: NaiveDate,
}

/// A card that was shown to be added, and waits for a yes (追加の確認を待つカード).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingCard {
    /// The name on it; `None` where the card gave none.
    pub name: Option<Personal<String>>,
}
