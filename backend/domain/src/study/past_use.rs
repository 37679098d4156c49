//! What a study is made of.

use crate::fees::{AttributeValue, QuoteRequest};
use crate::money::Yen;

/// A use that stood, with what it cost (過去の利用).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastUse {
    /// Where, as it was called when booked.
    pub place: RoomName,
    /// What was asked for.
    pub request: QuoteRequest,
    /// The total of its frozen quote, yen, tax included.
    pub fee: Yen,
}

/// A room by the names that people read (施設・室場).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoomName {
    /// The facility's.
    pub facility: String,
    /// The room's.
    pub room: String,
}

impl PastUse {
    /// The request without answers that say what not answering says. A proposal that no longer asks a
    /// question can then price those who had answered it with no.
    pub(super) fn asked(&self) -> QuoteRequest {
        let mut request = self.request.clone();
        request.attributes.retain(|_, value| {
            !matches!(
                value,
                AttributeValue::Flag(false) | AttributeValue::Amount(0)
            )
        });
        request
    }
}
