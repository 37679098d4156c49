//! Paying: by card, in cash, late, twice.

use chrono::Duration;
use contract::{Failure, Refusal, Resident as _, Sales as _, StartedPayment, TakeCash};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::reservation::ReservationState;

use super::life::Life;
use crate::bench::session_of;

/// A payment page, or why there is none.
pub enum Page {
    /// Open, by its session.
    Open(String),
    /// Nothing was to be paid.
    Free,
    /// Too little for a card.
    TooSmall,
}

impl Life {
    /// It is paid, by whatever way: from here on its fee is what can come back.
    pub async fn paid(&mut self, id: ReservationId) {
        let fee = self.frozen(id).await;
        self.knows(id).rest = Some(fee);
    }

    /// Presses 「支払う」; once more where the day of payment has brought another fee.
    pub async fn page(&mut self, id: ReservationId) -> Page {
        loop {
            let call = self.call_of(id);
            match self.bench.desk().pay(&call, id).await {
                Ok(StartedPayment::Confirmed) => return Page::Free,
                Ok(started) => return Page::Open(session_of(&started)),
                Err(Failure::Refused(Refusal::PaymentTooSmall)) => return Page::TooSmall,
                Err(Failure::Refused(Refusal::PriceChanged { total_yen })) => {
                    assert_eq!(self.frozen(id).await, total_yen.get(), "told as frozen");
                }
                Err(failure) => panic!("{failure:?}"),
            }
        }
    }

    pub async fn by_card(&mut self, id: ReservationId) {
        match self.page(id).await {
            Page::Open(session) => {
                self.bench.pay_at_stripe(&session);
                let call = self.call_of(id);
                self.bench.desk().payment_returned(&call, id).await.unwrap();
                self.paid(id).await;
            }
            Page::Free => self.paid(id).await,
            Page::TooSmall => self.in_cash(id).await,
        }
    }

    pub async fn in_cash(&mut self, id: ReservationId) {
        loop {
            let fee = self.frozen(id).await;
            if fee == 0 {
                assert!(matches!(self.page(id).await, Page::Free));
                break;
            }
            let take = TakeCash {
                reservation: id,
                till: self.till,
                tendered: Yen::new(fee + 1_000),
                seen_total: Yen::new(fee),
                submission: self.bench.key(),
            };
            match self.bench.desk().take_cash(&self.clerk, &take).await {
                Ok(()) => break,
                Err(Failure::Refused(Refusal::PriceChanged { .. })) => {}
                Err(failure) => panic!("{failure:?}"),
            }
        }
        self.paid(id).await;
    }

    /// The service tells everything that happened, once more.
    pub async fn notices(&self) {
        for event in self.bench.events().await {
            self.bench.receive(&event).await;
        }
    }

    /// A page that is open when cash comes, and is paid all the same.
    pub async fn in_cash_beside_an_open_page(&mut self) {
        let id = self.book().await;
        let page = self.page(id).await;
        if matches!(page, Page::Free) {
            return self.paid(id).await;
        }
        self.in_cash(id).await;
        self.paid_all_the_same(page).await;
    }

    /// A page that was put away is paid: what must not happen and does.
    pub async fn paid_all_the_same(&self, page: Page) {
        if let Page::Open(session) = page {
            self.bench.pay_late_at_stripe(&session);
            self.notices().await;
            self.bench.work().await;
        }
    }

    /// A page that lapses; money comes all the same, and books the floor again if it is free.
    pub async fn too_late(&mut self) {
        let id = self.book().await;
        let page = self.page(id).await;
        if matches!(page, Page::Free) {
            return self.paid(id).await;
        }
        self.bench.pass(Duration::minutes(31));
        self.bench.rounds().await;
        self.again();
        if self.dice.below(2) == 0 {
            self.paid_all_the_same(page).await;
            self.paid_if_confirmed(id).await;
        }
    }

    /// Late money may have confirmed it.
    pub async fn paid_if_confirmed(&mut self, id: ReservationId) {
        let state = self.bench.stored(id).await;
        if self.known[&id].rest.is_none() && matches!(state, ReservationState::Confirmed { .. }) {
            self.paid(id).await;
        }
    }

    /// Somebody pays what was permitted; or the page stays open until it is too late.
    pub async fn pays_what_was_permitted(&mut self) {
        let owing = self.in_state("awaiting_payment").await;
        let Some(id) = self.dice.one_of(&owing) else {
            return;
        };
        match self.dice.below(3) {
            0 => self.by_card(id).await,
            1 => self.in_cash(id).await,
            _ => {
                let page = self.page(id).await;
                self.bench.pass(Duration::minutes(36));
                self.bench.rounds().await;
                self.again();
                self.paid_all_the_same(page).await;
                self.paid_if_confirmed(id).await;
            }
        }
    }
}
