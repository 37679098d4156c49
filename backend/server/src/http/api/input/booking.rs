//! Booking and cancelling.

use contract::{BookRoom, CancelReservation, ProblemKind, Refusal};
use domain::ids::ReservationId;
use domain::money::Yen;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::is_slug;
use super::quote::{QuoteInput, parsed};

/// A room to hold (予約の申込み).
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookInput {
    /// What is booked: the same as was priced.
    #[validate(required, nested)]
    #[schema(value_type = QuoteInput)]
    what: Option<QuoteInput>,
    /// The purpose's id, one of the room's.
    #[validate(required, custom(function = "is_slug"))]
    #[schema(value_type = String, example = "basketball")]
    purpose: Option<String>,
    /// For the office, at most 200 characters.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(required = false, max_length = 200)]
    note: String,
    /// The total that was shown, yen; a booking at another total is refused.
    #[schema(required = false, value_type = Option<u32>)]
    seen_total_yen: Option<Yen>,
    /// A key of your own for this booking (UUID): the same key again gives the same reservation.
    #[validate(required)]
    #[schema(value_type = uuid::Uuid)]
    submission: Option<uuid::Uuid>,
}

impl BookInput {
    /// As the use cases want it.
    ///
    /// # Errors
    /// As [`QuoteInput::typed`].
    pub(in super::super) fn typed(self) -> Result<BookRoom, Refusal> {
        Ok(BookRoom {
            what: self.what.ok_or_else(|| missing("what"))?.typed()?,
            purpose: parsed("purpose", self.purpose.as_deref())?,
            note: self.note,
            seen_total_yen: self.seen_total_yen,
            submission: self.submission.ok_or_else(|| missing("submission"))?,
        })
    }
}

fn missing(field: &str) -> Refusal {
    Refusal::field(field, ProblemKind::Missing)
}

/// A cancellation (取消し).
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelInput {
    /// The refund that was shown, yen; a cancellation with another refund is refused.
    #[schema(required = false, value_type = Option<u32>)]
    seen_refund_yen: Option<Yen>,
}

impl CancelInput {
    /// As the use cases want it.
    pub(in super::super) const fn typed(&self, reservation: ReservationId) -> CancelReservation {
        CancelReservation {
            reservation,
            seen_refund_yen: self.seen_refund_yen,
        }
    }
}
