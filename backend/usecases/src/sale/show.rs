//! One reservation with all that a clerk needs.

use contract::{
    Action as Doing, Call, CashTaken, DrawerChoice, OpenCheckout, Outcome, Refusal, SalePayment,
    SaleView,
};
use domain::civil;
use domain::ids::{PaymentId, ReservationId, TillId};
use domain::payment::{AttemptState, RefundState};
use domain::till::{Movement, change};

use crate::authority::OnDuty;
use crate::booking::Facts;
use crate::counter::{choices, possible};
use crate::desk::Desk;
use crate::moved_away::difference;
use crate::ports::store::Reading;
use crate::profile::open_profile;
use crate::residency::Ties;
use crate::till::due;

/// The page, in the log of views.
const PAGE: &str = "counter.reservation";

impl Desk {
    pub(super) async fn show_sale(&self, call: &Call, id: ReservationId) -> Outcome<SaleView> {
        let (facts, on_duty) = Facts::at_counter(self, call, id).await?;
        let reading = self.store.read(call.municipality()).await?;
        let person = reading.person(facts.record.person).await?;
        let person = person.ok_or(Refusal::NotFound)?;
        let profile = open_profile(self.vault.as_ref(), call.municipality(), &person)?;
        let drawers = drawers(reading.as_ref(), call, &on_duty).await?;
        let cash = match facts.paid() {
            Some(paid) if paid.state.is_cash() => {
                taken(reading.as_ref(), &drawers, paid.id).await?
            }
            Some(_) | None => None,
        };
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let ties = Ties::of(reading.as_ref(), &person, None).await?;
        drop(reading);
        let today = civil::date_at(call.now());
        // Nobody is shown without a note of it.
        self.viewed(call, &on_duty, &[facts.record.person], PAGE)
            .await?;
        let waits = |state: &RefundState| {
            matches!(
                state,
                RefundState::DueInCash { .. }
                    | RefundState::DueByTransfer { .. }
                    | RefundState::Failed { .. }
            )
        };
        let waiting = facts.refunds.iter().filter(|refund| waits(&refund.state));
        Ok(SaleView {
            reservation: facts.view(self, call)?,
            person: profile.name,
            has_email: profile.email.is_some(),
            next: possible(&facts.record, call.now()),
            checkout: facts
                .payments
                .iter()
                .find_map(|payment| open(&payment.state)),
            difference: difference(&applied.town, &facts.record, &ties, today),
            due: waiting.map(|refund| due(refund, &facts.record)).collect(),
            drawers,
            cash,
        })
    }

    pub(super) async fn show_payment(
        &self,
        call: &Call,
        id: ReservationId,
        ask: bool,
    ) -> Outcome<SalePayment> {
        let (mut facts, _) = Facts::at_counter(self, call, id).await?;
        if ask {
            self.ask_about_open(call, &facts).await;
            (facts, _) = Facts::at_counter(self, call, id).await?;
        }
        let waits = facts
            .payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money());
        Ok(if facts.paid().is_some() {
            SalePayment::Paid
        } else if waits {
            SalePayment::Waiting
        } else {
            SalePayment::Over
        })
    }
}

fn open(state: &AttemptState) -> Option<OpenCheckout> {
    match state {
        AttemptState::Open {
            url, expires_at, ..
        } => Some(OpenCheckout {
            url: url.clone(),
            until: *expires_at,
        }),
        _ => None,
    }
}

/// The drawers that this clerk may take from and put into today.
async fn drawers(
    reading: &dyn Reading,
    call: &Call,
    on_duty: &OnDuty,
) -> Outcome<Vec<DrawerChoice>> {
    let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
    let today = civil::date_at(call.now());
    let mut drawers = Vec::new();
    for place in choices(&applied, on_duty, Doing::HandleTill) {
        for till in reading.open_tills(place.id).await? {
            if till.state.date() == today {
                drawers.push(DrawerChoice {
                    till: till.id,
                    facility_name: place.name.clone(),
                    drawer: till.drawer,
                    inside: till.state.cash().expected(),
                });
            }
        }
    }
    Ok(drawers)
}

/// What was handed over and back for a payment, as long as its drawer is open.
async fn taken(
    reading: &dyn Reading,
    drawers: &[DrawerChoice],
    paid: PaymentId,
) -> Outcome<Option<CashTaken>> {
    let tills = drawers.iter().map(|drawer| drawer.till);
    for till in tills.collect::<Vec<TillId>>() {
        for movement in reading.movements(till).await? {
            if let Movement::Received {
                payment,
                amount,
                tendered,
            } = movement.movement
                && payment == paid
            {
                let change = change(amount, tendered).map_err(Refusal::Till)?;
                return Ok(Some(CashTaken {
                    tendered,
                    amount,
                    change,
                }));
            }
        }
    }
    Ok(None)
}
