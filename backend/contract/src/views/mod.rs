//! What comes back (表示内容). Facts in domain types; the screens put them into words.

mod availability;
mod facility;
mod reservation;

pub use availability::{DayView, RoomDay, SlotOffer, SlotView, WeekDay, WeekView};
pub use facility::{FacilityCard, FacilityView, RoomCard, SearchChoices, TownView};
pub use reservation::{
    CancelPreview, Money, Paper, PayState, Profile, RefundState, ReservationState,
    ReservationSummary, ReservationView, StartedPayment,
};
