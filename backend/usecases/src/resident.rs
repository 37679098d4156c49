//! The desk answers the contract. Each method is one line: the work is in the file of its name.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{
    AccountForm, Action as Doing, BookRoom, Call, CancelPreview, CancelReservation, CardRef,
    DayView, FacilityCard, FacilityView, FeeAnswer, FeeForm, GiveUpSlots, Outcome, OwnCard, Paper,
    PendingCard, Profile, QuoteRoom, Refusal, ReservationSummary, ReservationView, Resident,
    SearchChoices, SearchFacilities, StartedPayment, SubmitForReview, TellAccount, TownView,
    UpdateProfile, Visitor, WeekView, WhatIf,
};
use domain::civil::TimeOfDay;
use domain::ids::ReservationId;
use domain::quote::Quote;
use domain::refunds::{Because, PartRefusal};
use domain::reservation::CancelledBy;
use domain::town::Slug;

use crate::booking::Facts;
use crate::desk::Desk;
use crate::payments::Wish;

#[async_trait]
impl Visitor for Desk {
    async fn town(&self, call: &Call) -> Outcome<TownView> {
        self.town_view(call).await
    }

    async fn letterhead(&self, call: &Call) -> Outcome<TownView> {
        self.town_as_known(call).await
    }

    async fn search_choices(&self, call: &Call) -> Outcome<SearchChoices> {
        self.choices(call).await
    }

    async fn search(&self, call: &Call, query: &SearchFacilities) -> Outcome<Vec<FacilityCard>> {
        self.find(call, query).await
    }

    async fn facility(&self, call: &Call, facility: &Slug) -> Outcome<FacilityView> {
        self.facility_view(call, facility).await
    }

    async fn day(&self, call: &Call, facility: &Slug, date: NaiveDate) -> Outcome<DayView> {
        self.day_view(call, facility, date).await
    }

    async fn week(&self, call: &Call, room: &Slug, from: NaiveDate) -> Outcome<WeekView> {
        self.week_view(call, room, from).await
    }

    async fn quote(&self, call: &Call, what: &QuoteRoom) -> Outcome<Quote> {
        self.price(call, what).await
    }

    async fn automatic_options(&self, call: &Call, what: &QuoteRoom) -> Outcome<Vec<Slug>> {
        self.charged_by_themselves(call, what).await
    }

    async fn fee_form(&self, call: &Call, room: &Slug) -> Outcome<FeeForm> {
        self.fee_questions(call, room).await
    }

    async fn what_if(&self, call: &Call, what: &WhatIf) -> Outcome<FeeAnswer> {
        self.simulate(call, what).await
    }
}

#[async_trait]
impl Resident for Desk {
    async fn profile(&self, call: &Call) -> Outcome<Profile> {
        self.own_profile(call).await
    }

    async fn update_profile(&self, call: &Call, change: &UpdateProfile) -> Outcome<()> {
        self.change_profile(call, change).await
    }

    async fn cards(&self, call: &Call) -> Outcome<Vec<OwnCard>> {
        self.own_cards(call).await
    }

    async fn pending_card(&self, call: &Call) -> Outcome<Option<PendingCard>> {
        self.card_that_waits(call).await
    }

    async fn add_card(&self, call: &Call) -> Outcome<()> {
        self.add_the_card(call).await
    }

    async fn remove_card(&self, call: &Call, card: &CardRef) -> Outcome<()> {
        self.take_card_away(call, card).await
    }

    async fn book(&self, call: &Call, booking: &BookRoom) -> Outcome<ReservationId> {
        self.hold(call, booking).await
    }

    async fn reservation(&self, call: &Call, id: ReservationId) -> Outcome<ReservationView> {
        self.own_reservation(call, id).await
    }

    async fn reservations(&self, call: &Call) -> Outcome<Vec<ReservationSummary>> {
        self.own_reservations(call).await
    }

    async fn extend_hold(&self, call: &Call, id: ReservationId) -> Outcome<()> {
        self.extend(call, id, Doing::ChangeOwnReservation).await
    }

    async fn submit_for_review(&self, call: &Call, submit: &SubmitForReview) -> Outcome<()> {
        self.submit(call, submit, Doing::ChangeOwnReservation).await
    }

    async fn pay(&self, call: &Call, id: ReservationId) -> Outcome<StartedPayment> {
        self.start_payment(call, id, Doing::ChangeOwnReservation)
            .await
    }

    async fn payment_returned(&self, call: &Call, id: ReservationId) -> Outcome<ReservationView> {
        self.return_from_payment(call, id).await
    }

    async fn cancel_preview(&self, call: &Call, id: ReservationId) -> Outcome<CancelPreview> {
        let facts = Facts::load(self, call, id).await?;
        self.preview_cancel(call, &facts, (&BTreeSet::new(), &Because::Own))
    }

    async fn cancel(&self, call: &Call, cancel: &CancelReservation) -> Outcome<()> {
        let wish = Wish {
            reservation: cancel.reservation,
            slots: &BTreeSet::new(),
            because: &Because::Own,
            seen_refund_yen: cancel.seen_refund_yen,
            by: CancelledBy::Resident,
            words: "",
        };
        self.cancel_as(call, wish).await
    }

    async fn give_up_preview(
        &self,
        call: &Call,
        id: ReservationId,
        slots: &BTreeSet<TimeOfDay>,
    ) -> Outcome<CancelPreview> {
        let facts = Facts::load(self, call, id).await?;
        if slots.is_empty() {
            return Err(Refusal::from(PartRefusal::Nothing).into());
        }
        self.preview_cancel(call, &facts, (slots, &Because::Own))
    }

    async fn give_up(&self, call: &Call, give_up: &GiveUpSlots) -> Outcome<()> {
        if give_up.slots.is_empty() {
            return Err(Refusal::from(PartRefusal::Nothing).into());
        }
        let wish = Wish {
            reservation: give_up.reservation,
            slots: &give_up.slots,
            because: &Because::Own,
            seen_refund_yen: give_up.seen_refund_yen,
            by: CancelledBy::Resident,
            words: "",
        };
        self.cancel_as(call, wish).await
    }

    async fn account_form(&self, call: &Call, id: ReservationId) -> Outcome<AccountForm> {
        self.ask_for_account(call, id, Doing::ChangeOwnReservation)
            .await
    }

    async fn tell_account(&self, call: &Call, tell: &TellAccount) -> Outcome<()> {
        self.keep_account(call, tell, Doing::ChangeOwnReservation)
            .await
    }

    async fn permit(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.permit_paper(call, id).await
    }

    async fn receipt(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.receipt_paper(call, id).await
    }

    async fn refund_notice(&self, call: &Call, id: ReservationId, nth: u32) -> Outcome<Paper> {
        self.refund_paper(call, id, nth).await
    }

    async fn calendar_entry(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.calendar_paper(call, id).await
    }
}
