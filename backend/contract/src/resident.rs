//! The traits that screens and the API call. The use cases implement them.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::civil::TimeOfDay;
use domain::ids::ReservationId;
use domain::quote::Quote;
use domain::town::Slug;

use crate::commands::{
    BookRoom, CancelReservation, CardRef, GiveUpSlots, QuoteRoom, SearchFacilities, UpdateProfile,
    WhatIf,
};
use crate::groups::Groups;
use crate::views::{
    AccountForm, CancelPreview, DayView, FacilityCard, FacilityView, FeeAnswer, FeeForm, OwnCard,
    Paper, PendingCard, Profile, ReservationSummary, ReservationView, SearchChoices,
    StartedPayment, TownView, WeekView,
};
use crate::{Call, Outcome};
use crate::{SubmitForReview, TellAccount};

/// What anybody may ask (どなたでも). Public pages never show who booked.
///
/// # Errors
/// Every method: [`crate::Failure::Refused`] as its table in `Refusal` says, `not_found` for
/// unknown slugs, [`crate::Failure::Fault`] when something broke.
#[async_trait]
pub trait Visitor: Send + Sync {
    /// The town itself.
    async fn town(&self, call: &Call) -> Outcome<TownView>;

    /// The town for what stands around a page (枠): as it was read last, asked anew only where it
    /// never was. A page that shows availability has made sure before; others may be one visit late
    /// with a new telephone number.
    async fn letterhead(&self, call: &Call) -> Outcome<TownView>;

    /// What the search form offers.
    async fn search_choices(&self, call: &Call) -> Outcome<SearchChoices>;

    /// Facilities that fit, each with its next free time.
    async fn search(&self, call: &Call, query: &SearchFacilities) -> Outcome<Vec<FacilityCard>>;

    /// One facility.
    async fn facility(&self, call: &Call, facility: &Slug) -> Outcome<FacilityView>;

    /// All rooms of a facility on one day.
    async fn day(&self, call: &Call, facility: &Slug, date: NaiveDate) -> Outcome<DayView>;

    /// One room for seven days from `from`.
    async fn week(&self, call: &Call, room: &Slug, from: NaiveDate) -> Outcome<WeekView>;

    /// What it would cost. For somebody signed in the card's address counts.
    async fn quote(&self, call: &Call, what: &QuoteRoom) -> Outcome<Quote>;

    /// The room's options that such a use is charged for without asking (季節の暖房 …).
    async fn automatic_options(&self, call: &Call, what: &QuoteRoom) -> Outcome<Vec<Slug>>;

    /// What the fee simulation asks about a room.
    async fn fee_form(&self, call: &Call, room: &Slug) -> Outcome<FeeForm>;

    /// What it would cost whoever it may be, free or not. Nothing is taken from a card.
    async fn what_if(&self, call: &Call, what: &WhatIf) -> Outcome<FeeAnswer>;
}

/// What a person who signed in may do (利用者).
///
/// # Errors
/// Every method: `sign_in.required` without a session, `not_found` for what belongs to somebody
/// else, and the refusals of its rules.
#[async_trait]
pub trait Resident: Visitor + Groups {
    /// The own profile.
    async fn profile(&self, call: &Call) -> Outcome<Profile>;

    /// Sets e-mail and phone. Another e-mail than there was needs the card again
    /// (`identity.step_up_required`), and the old one is told.
    async fn update_profile(&self, call: &Call, change: &UpdateProfile) -> Outcome<()>;

    /// The cards one signs in with, the first one first.
    async fn cards(&self, call: &Call) -> Outcome<Vec<OwnCard>>;

    /// The card that was shown to be added and waits for a yes; `None` when there is none.
    async fn pending_card(&self, call: &Call) -> Outcome<Option<PendingCard>>;

    /// Adds the card that waits for a yes.
    async fn add_card(&self, call: &Call) -> Outcome<()>;

    /// Takes a card away, never the last one, and ends every other session.
    async fn remove_card(&self, call: &Call, card: &CardRef) -> Outcome<()>;

    /// Claims the floor and freezes the quote.
    async fn book(&self, call: &Call, booking: &BookRoom) -> Outcome<ReservationId>;

    /// One own reservation.
    async fn reservation(&self, call: &Call, id: ReservationId) -> Outcome<ReservationView>;

    /// All own reservations, the next one first, past ones last.
    async fn reservations(&self, call: &Call) -> Outcome<Vec<ReservationSummary>>;

    /// Gives a hold more time.
    async fn extend_hold(&self, call: &Call, id: ReservationId) -> Outcome<()>;

    /// Applies for what somebody has to decide before it stands (審査).
    async fn submit_for_review(&self, call: &Call, submit: &SubmitForReview) -> Outcome<()>;

    /// Goes on from a hold: confirms what is free of charge, else opens a checkout.
    async fn pay(&self, call: &Call, id: ReservationId) -> Outcome<StartedPayment>;

    /// Back from the checkout: settles if the payment is known to be made.
    async fn payment_returned(&self, call: &Call, id: ReservationId) -> Outcome<ReservationView>;

    /// What cancelling now would give back.
    async fn cancel_preview(&self, call: &Call, id: ReservationId) -> Outcome<CancelPreview>;

    /// Cancels and gives back what the rule says.
    async fn cancel(&self, call: &Call, cancel: &CancelReservation) -> Outcome<()>;

    /// What giving up these slots now and keeping the rest would give back (一部取消).
    async fn give_up_preview(
        &self,
        call: &Call,
        id: ReservationId,
        slots: &BTreeSet<TimeOfDay>,
    ) -> Outcome<CancelPreview>;

    /// Gives up some slots, keeps the rest and gives back what the rule says.
    async fn give_up(&self, call: &Call, give_up: &GiveUpSlots) -> Outcome<()>;

    /// What waits to be sent to an account of the owner's. `refund.not_by_transfer` where nothing does.
    async fn account_form(&self, call: &Call, id: ReservationId) -> Outcome<AccountForm>;

    /// Tells the account.
    async fn tell_account(&self, call: &Call, tell: &TellAccount) -> Outcome<()>;

    /// The permit (使用許可書) as PDF.
    async fn permit(&self, call: &Call, id: ReservationId) -> Outcome<Paper>;

    /// The receipt (領収書) as PDF.
    async fn receipt(&self, call: &Call, id: ReservationId) -> Outcome<Paper>;

    /// The refund notice (還付通知書) about the `nth` time that something was given up, as PDF;
    /// `not_found` where nothing went back.
    async fn refund_notice(&self, call: &Call, id: ReservationId, nth: u32) -> Outcome<Paper>;

    /// The reservation as a calendar file (iCalendar).
    async fn calendar_entry(&self, call: &Call, id: ReservationId) -> Outcome<Paper>;
}
