//! One booking of the sample month, with its money, as the use cases would have left it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use contract::Actor;
use domain::civil;
use domain::fees::{self, AttributeValue, BasisDates, QuoteRequest};
use domain::ids::{FacilityId, PaymentId, PersonId, RefundId, RequestId, ReservationId, UnitId};
use domain::ledger::{self, Entry, Refunded};
use domain::payment::{AttemptState, PaymentMethod, RefundState, SessionId};
use domain::quote::Quote;
use domain::reservation::{CancelledBy, ReservationState};
use domain::slots::claims;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{
    AuditEntry, CheckoutCall, ClaimOutcome, InsertOutcome, MadeBy, Particulars, PaymentRecord,
    RefundRecord, ReservationRecord, Store as _, Transaction,
};

use super::Ground;
use super::drawers::Taken;
use super::wishes::Wish;

/// A wish of somebody's.
pub(super) struct Book<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) person: PersonId,
    pub(super) wish: Wish,
}

/// What a booking brought into a drawer, if it did.
pub(super) struct Booked {
    pub(super) facility: FacilityId,
    /// What was taken in cash, if any was.
    pub(super) cash: Option<Taken>,
}

/// What becomes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stands,
    Comes,
    StaysAway,
    GivesUp,
}

impl Book<'_> {
    /// Books it; `None` where somebody has the floor already.
    pub(super) async fn made(&self) -> Result<Option<Booked>> {
        let paid_at = self.wish.made_at + Duration::minutes(4);
        let fate = self.fate();
        let record = self.record(paid_at, fate)?;
        let mut tx = self.ground.store.begin(self.ground.municipality).await?;
        match tx.insert_reservation(&record).await? {
            InsertOutcome::Inserted => {}
            InsertOutcome::NumberTaken | InsertOutcome::SubmissionKnown => return Ok(None),
        }
        if record.state.holds_floor() {
            let cells = claims(&self.units()?, record.span).collect::<Vec<_>>();
            if tx.claim(record.id, &cells).await? != ClaimOutcome::Claimed {
                return Ok(None);
            }
        }
        let payment = self.pay(tx.as_mut(), &record, paid_at, fate).await?;
        self.tell(tx.as_mut(), &record, paid_at).await?;
        let cash = payment
            .filter(|payment| payment.state.is_cash())
            .map(|payment| (payment.id, payment.amount, paid_at));
        tx.commit().await?;
        Ok(Some(Booked {
            facility: record.facility,
            cash,
        }))
    }

    fn fate(&self) -> Fate {
        match (!self.wish.ahead, self.ground.chance.below(100)) {
            (_, 0..8) => Fate::GivesUp,
            (true, 8..12) => Fate::StaysAway,
            (true, 12..90) => Fate::Comes,
            (true, _) | (false, _) => Fate::Stands,
        }
    }

    /// Cash where the payment service would have to know of it: ahead of today, and over a counter.
    const fn in_cash(&self) -> bool {
        self.wish.ahead || !self.wish.online
    }

    fn record(&self, paid_at: DateTime<Utc>, fate: Fate) -> Result<ReservationRecord> {
        let Self { ground, wish, .. } = self;
        let (chance, now) = (&ground.chance, wish.made_at);
        let purposes = u32::try_from(wish.room.purposes.len())?;
        let purpose = usize::try_from(chance.below(purposes))?;
        let purpose = wish.room.purposes.get(purpose).context("no purpose")?;
        let people = (5 + chance.below(25)).min(wish.room.capacity);
        let applied = &ground.applied;
        Ok(ReservationRecord {
            id: ReservationId(chance.id(now)),
            number: number(civil::date_at(now), chance.below(100_000_000)),
            person: self.person,
            group: None,
            made_by: if wish.online {
                MadeBy::Resident
            } else {
                MadeBy::Staff(ground.clerk)
            },
            facility: *applied.facilities.get(&wish.facility.id).context("no id")?,
            room: *applied.rooms.get(&wish.room.id).context("no id")?,
            town_version: Some(applied.version),
            span: wish.span,
            people,
            particulars: Particulars {
                facility: wish.facility.id.clone(),
                facility_name: wish.facility.name.clone(),
                room: wish.room.id.clone(),
                room_name: wish.room.name.clone(),
                purpose: purpose.id.clone(),
                purpose_name: purpose.name.clone(),
                options: BTreeMap::new(),
                option_minutes: BTreeMap::new(),
                attributes: BTreeMap::new(),
                group_name: None,
                reduction: None,
                conditions: Vec::new(),
                illustrative: wish.facility.illustrative,
            },
            note_sealed: None,
            quote: self.quote(people)?,
            state: self.state(paid_at, fate)?,
            submission: chance.id(now),
            request_hash: chance.secret(),
            revision: 1,
            created_at: now,
        })
    }

    fn quote(&self, people: u32) -> Result<Quote> {
        let (wish, town) = (&self.wish, &self.ground.applied.town);
        let (start, end) = wish.span.times();
        let from_card = town.attributes.iter().filter(|one| one.from_residence);
        let request = QuoteRequest {
            room: wish.room.id.clone(),
            date: wish.span.date(),
            start,
            end,
            people,
            purpose: None,
            options: Vec::new(),
            attributes: from_card
                .map(|one| (one.id.to_string(), AttributeValue::Flag(false)))
                .collect(),
            reduction: None,
            reduction_percent: None,
            basis_dates: BasisDates::all_on(civil::date_at(wish.made_at)),
        };
        Ok(fees::quote(town, &wish.room, &request)?)
    }

    fn state(&self, paid_at: DateTime<Utc>, fate: Fate) -> Result<ReservationState> {
        let confirmed = ReservationState::Confirmed { at: paid_at };
        let start = self.wish.span.start().instant();
        Ok(match fate {
            Fate::Stands => confirmed,
            Fate::Comes => ReservationState::CheckedIn {
                at: start - Duration::minutes(i64::from(self.ground.chance.below(20))),
                confirmed_at: paid_at,
            },
            Fate::StaysAway => ReservationState::NoShow {
                at: self.wish.span.end().instant(),
                confirmed_at: paid_at,
            },
            Fate::GivesUp => confirmed.cancel(
                self.given_up_at(),
                self.wish.span,
                CancelledBy::Resident,
                "",
            )?,
        })
    }

    fn given_up_at(&self) -> DateTime<Utc> {
        self.wish.made_at + Duration::minutes(90)
    }

    fn units(&self) -> Result<BTreeSet<UnitId>> {
        let slugs = self.wish.room.units.iter();
        slugs
            .map(|slug| {
                self.ground
                    .applied
                    .units
                    .get(slug)
                    .copied()
                    .context("no id")
            })
            .collect()
    }

    /// The fee, by card or in cash, with what the books say of it; nothing where none is owed.
    async fn pay(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        at: DateTime<Utc>,
        fate: Fate,
    ) -> Result<Option<PaymentRecord>> {
        let fee = record.quote.total_yen;
        if fee.is_zero() {
            return Ok(None);
        }
        let chance = &self.ground.chance;
        let id = PaymentId(chance.id(at));
        let in_cash = self.in_cash();
        let payment = PaymentRecord {
            id,
            reservation: record.id,
            amount: fee,
            state: if in_cash {
                AttemptState::paid_in_cash(at)
            } else {
                AttemptState::Paid {
                    session: SessionId(format!("cs_sample_{id}")),
                    intent: format!("pi_sample_{id}"),
                    entrusted_at: at,
                    method: Some(PaymentMethod::Card),
                }
            },
            checkout: (!in_cash).then(|| CheckoutCall {
                idempotency_key: format!("sample-{id}"),
                request: serde_json::json!({ "sample": true }),
            }),
            revision: 1,
            created_at: at,
        };
        tx.insert_payment(&payment, at).await?;
        tx.number_receipt(id, at).await?;
        self.book(tx, record.id, ledger::charge(record.id, fee), at)
            .await?;
        let came = if in_cash {
            ledger::pay_at_counter(id, fee)
        } else {
            ledger::pay_online(id, fee)
        };
        self.book(tx, record.id, came, at).await?;
        // Cash that is owed back waits at the counter until somebody comes for it.
        if fate == Fate::GivesUp {
            self.give_back(tx, &payment).await?;
        }
        Ok(Some(payment))
    }

    async fn give_back(&self, tx: &mut dyn Transaction, payment: &PaymentRecord) -> Result<()> {
        let at = self.given_up_at();
        let id = RefundId(self.ground.chance.id(at));
        let in_cash = payment.state.is_cash();
        let refund = RefundRecord {
            id,
            payment: payment.id,
            reservation: payment.reservation,
            amount: payment.amount,
            state: if in_cash {
                domain::payment::owe_in_cash(payment.amount, payment.amount, at)?
            } else {
                RefundState::Done {
                    provider_id: format!("re_sample_{id}"),
                    at,
                }
            },
            reason: "cancelled".to_owned(),
            idempotency_key: (!in_cash).then(|| format!("sample-{id}")),
            revision: 1,
            created_at: at,
        };
        tx.insert_refund(&refund, at).await?;
        let decided = ledger::refund_decided(id, payment.amount, Refunded::Fee);
        self.book(tx, payment.reservation, decided, at).await?;
        if !in_cash {
            let paid = ledger::refund_paid(id, payment.amount);
            self.book(tx, payment.reservation, paid, at).await?;
        }
        Ok(())
    }

    async fn book(
        &self,
        tx: &mut dyn Transaction,
        reservation: ReservationId,
        entry: Option<Entry>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        if let Some(entry) = entry {
            let id = self.ground.chance.id(at);
            tx.book_entry(id, reservation, &entry, at).await?;
        }
        Ok(())
    }

    /// What the trail says of it.
    async fn tell(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        paid_at: DateTime<Utc>,
    ) -> Result<()> {
        let clerk = self.ground.clerk;
        let maker = match record.made_by {
            MadeBy::Resident => Actor::Person(self.person),
            MadeBy::Staff(staff) => Actor::Staff(staff),
        };
        let total = serde_json::json!({ "total_yen": record.quote.total_yen });
        self.record_entry(
            tx,
            record,
            (maker, "reservation.held"),
            record.created_at,
            total,
        )
        .await?;
        let nothing = serde_json::json!({});
        self.record_entry(
            tx,
            record,
            (maker, "reservation.confirmed"),
            paid_at,
            nothing.clone(),
        )
        .await?;
        let (action, at, actor) = match &record.state {
            ReservationState::CheckedIn { at, .. } => {
                ("reservation.checked_in", *at, Actor::Staff(clerk))
            }
            ReservationState::NoShow { at, .. } => {
                ("reservation.no_show", *at, Actor::Staff(clerk))
            }
            ReservationState::Cancelled { at, .. } => ("reservation.cancelled", *at, maker),
            _ => return Ok(()),
        };
        self.record_entry(tx, record, (actor, action), at, nothing)
            .await
    }

    async fn record_entry(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        (actor, action): (Actor, &'static str),
        at: DateTime<Utc>,
        detail: serde_json::Value,
    ) -> Result<()> {
        let chance = &self.ground.chance;
        let entry = AuditEntry {
            id: chance.id(at),
            at,
            actor,
            action,
            subject: format!("reservation:{}", record.id),
            detail,
            request: RequestId(chance.id(at)),
        };
        Ok(tx.record(&entry).await?)
    }
}

fn number(today: NaiveDate, digits: u32) -> String {
    format!(
        "{}-{:04}-{:04}",
        today.format("%y%m"),
        digits / 10_000,
        digits % 10_000
    )
}
