//! Giving up, in part and in whole, and what comes back, reckoned by hand.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contract::{
    CancelReservation, CancelSale, GiveUpSlots, Manage as _, Resident as _, SaleCancel, Sales as _,
};
use domain::civil::{self, TimeOfDay};
use domain::ids::ReservationId;
use domain::refunds::Because;

use super::life::Life;
use super::stages::Stage;
use super::wanted::Slot;
use crate::bench::wishes::{whole, yen};
use crate::manage::{preview, works};

impl Stage {
    /// What the rule of the town says of one's own convenience, percent.
    fn own_percent(&self, day: NaiveDate, today: NaiveDate) -> u32 {
        let notice = (day - today).num_days();
        let tier = self.own.iter().find(|(days, _)| notice >= *days);
        tier.map_or(0, |(_, percent)| *percent)
    }

    /// What comes back of what these slots bear: all of it, or a share that is rounded down, slot by
    /// slot or once.
    fn comes_back(&self, borne: &[u32], percent: u32) -> u32 {
        let unit = u64::from(self.unit);
        let down = |hundredths: u64| u32::try_from(hundredths / 100 / unit * unit).unwrap();
        let all: u32 = borne.iter().sum();
        let share = |paid: u32| u64::from(paid) * u64::from(percent);
        if percent == 100 {
            all
        } else if self.once {
            down(share(all))
        } else {
            borne.iter().map(|paid| down(share(*paid))).sum()
        }
    }
}

/// What each slot bears of what was paid: running shares, rounded down.
fn bears(paid: u32, held: &[Slot]) -> Vec<u32> {
    let all: u64 = held.iter().map(|slot| u64::from(slot.bears)).sum();
    let (mut so_far, mut before) = (0, 0);
    let mut next = |slot: &Slot| {
        so_far += u64::from(slot.bears);
        let upto = u32::try_from(u64::from(paid) * so_far / all).unwrap();
        let own = upto - before;
        before = upto;
        own
    };
    held.iter().map(&mut next).collect()
}

impl Life {
    /// Slots from the beginning or from the end, at random; whether the rules allow it or not.
    fn some_slots(&mut self, id: ReservationId) -> BTreeSet<TimeOfDay> {
        let held: Vec<TimeOfDay> = self.known[&id].held.iter().map(|slot| slot.start).collect();
        let most = u32::try_from(held.len()).unwrap();
        let many = usize::try_from(self.dice.below(most.max(1))).unwrap();
        let some: Vec<TimeOfDay> = if self.dice.below(2) == 0 {
            held.into_iter().take(many).collect()
        } else {
            held.into_iter().rev().take(many).collect()
        };
        some.into_iter().collect()
    }

    /// What was given up, and that what comes back is what the rules say, reckoned by hand.
    fn gone(
        &mut self,
        id: ReservationId,
        slots: &BTreeSet<TimeOfDay>,
        because: &Because,
        back: u32,
    ) {
        let today = civil::date_at(self.bench.now());
        let known = &self.known[&id];
        let paid = known.rest.unwrap_or(0);
        let own = self.stage.own_percent(known.day, today);
        let part = !slots.is_empty();
        let borne: Vec<u32> = if part {
            let each = known.held.iter().zip(bears(paid, &known.held));
            each.filter(|(slot, _)| slots.contains(&slot.start))
                .map(|(_, paid)| paid)
                .collect()
        } else {
            vec![paid]
        };
        let expected: u32 = match because {
            Because::Own => self.stage.comes_back(&borne, own),
            Because::Reason(_) => self.stage.comes_back(&borne, 80),
            Because::Override { amount, .. } => amount.get(),
        };
        assert_eq!(back, expected, "{borne:?} {because:?} {own}");
        let known = self.knows(id);
        known.back += back;
        known.is_shorter |= part;
        known.rest = known.rest.map(|rest| rest - borne.iter().sum::<u32>());
        known
            .held
            .retain(|slot| part && !slots.contains(&slot.start));
    }

    /// Its owner gives up some of it, or all.
    pub async fn resident_gives_up(&mut self, id: ReservationId) {
        let call = self.call_of(id);
        let slots = self.some_slots(id);
        let desk = self.bench.desk();
        let shown = if slots.is_empty() {
            desk.cancel_preview(&call, id).await
        } else {
            desk.give_up_preview(&call, id, &slots).await
        };
        let Ok(shown) = shown else {
            return; // over already, too short, begun
        };
        let seen = shown.refund_yen;
        let done = if slots.is_empty() {
            let cancel = CancelReservation {
                reservation: id,
                seen_refund_yen: Some(seen),
            };
            desk.cancel(&call, &cancel).await
        } else {
            let give_up = GiveUpSlots {
                reservation: id,
                slots: slots.clone(),
                seen_refund_yen: Some(seen),
            };
            desk.give_up(&call, &give_up).await
        };
        if done.is_ok() {
            self.gone(id, &slots, &Because::Own, seen.get());
        }
    }

    /// A clerk gives it up for somebody, for one reason or another.
    pub async fn clerk_gives_up(&mut self, id: ReservationId) {
        let because = match self.dice.below(3) {
            0 => Because::Own,
            1 => Because::Reason("illness".parse().unwrap()),
            _ => Because::Override {
                reason: "mayor".parse().unwrap(),
                amount: yen(self.dice.below(900)),
            },
        };
        let slots = self.some_slots(id);
        let what = SaleCancel {
            slots: slots.clone(),
            because: because.clone(),
            ..whole(id)
        };
        let desk = self.bench.desk();
        let Ok(shown) = desk.cancel_sale_preview(&self.clerk, &what).await else {
            return;
        };
        let cancel = CancelSale {
            what,
            seen_refund: shown.preview.refund_yen,
            reason: "本人の申出".to_owned(),
        };
        if desk.cancel_sale(&self.clerk, &cancel).await.is_ok() {
            self.gone(id, &slots, &because, cancel.seen_refund.get());
        }
    }

    /// The facility closes for a day, whoever is met.
    pub async fn closes(&mut self, day: NaiveDate) {
        let mut wish = works(&self.bench);
        (wish.schedule.from, wish.schedule.until) = (day, day);
        let shown = preview(&self.bench, &self.boss, &wish).await;
        let desk = self.bench.desk();
        if desk.close(&self.boss, &wish, &shown.seen).await.is_err() {
            return; // closed already
        }
        for hit in shown.cancelled {
            let known = self.knows(hit.id);
            let rest = known.rest.unwrap_or(0);
            assert_eq!(hit.refund_yen.get(), rest, "all that is left");
            known.back += rest;
            known.rest = known.rest.map(|_rest| 0);
            known.held.clear();
        }
    }

    pub async fn pays_out(&self) {
        for id in self.ids() {
            for refund in self.bench.refunds(id).await {
                let _refused_unless_due =
                    self.bench.pay_out(&self.clerk, self.till, refund.id).await;
            }
        }
    }
}
