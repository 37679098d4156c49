//! Times.

use chrono::{DateTime, NaiveDate, Utc};
use contract::SlotOffer;
use domain::span::Span;
use serde::Serialize;
use utoipa::ToSchema;

/// A stretch of time on one day (利用時間).
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Time {
    /// The day, in Japan.
    date: NaiveDate,
    /// From, in Japan.
    #[schema(example = "18:00")]
    start: String,
    /// Until, in Japan; may be `24:00`.
    #[schema(example = "20:00")]
    end: String,
    /// The same instant in UTC.
    starts_at: DateTime<Utc>,
    /// The same instant in UTC.
    ends_at: DateTime<Utc>,
}

impl From<Span> for Time {
    fn from(span: Span) -> Self {
        let (start, end) = span.times();
        Self {
            date: span.date(),
            start: start.to_string(),
            end: end.to_string(),
            starts_at: span.start().instant(),
            ends_at: span.end().instant(),
        }
    }
}

/// A time that can be booked now (空いている時間).
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Offer {
    /// The room's id.
    room: String,
    /// The room's name.
    room_name: String,
    /// When.
    time: Time,
}

impl Offer {
    /// From the contract's.
    pub(super) fn of(offer: &SlotOffer) -> Self {
        Self {
            room: offer.room.to_string(),
            room_name: offer.room_name.clone(),
            time: offer.span.into(),
        }
    }
}
