//! Random lives of reservations (予約の一生): booked with options and answers, paid by card and in cash,
//! too late and twice, given up in parts and in whole, for reasons and for closures. After each life
//! the ledger equals the frozen quotes, what came back equals what the rules say, reckoned here once
//! more by hand, and the accounts equal sums over the raw rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use contract::{Call, CancelSale, GiveUpSlots, Manage as _, Resident as _, SaleCancel, Sales as _};
use domain::civil::{self, TimeOfDay};
use domain::ids::{PersonId, ReservationId, TillId};
use domain::ledger::{Account, Entry};
use domain::money::Yen;
use domain::refunds::Because;
use domain::reservation::ReservationState as Stored;
use domain::town::Town;

use crate::bench::wishes::{one, whole, yen};
use crate::bench::{Bench, Card, Dice, session_of};
use crate::manage::{manager, preview, works};

/// How many steps a life has.
const STEPS: u32 = 45;

/// The test town, with reasons for the gym's refunds and a rounding that bites.
fn town() -> Town {
    let file = testkit::TOWN_FILE.replacen(
        "round_down_yen = 10\narticle = \"条例第10条\"\n",
        "round_down_yen = 100
article = \"条例第10条\"
override = [{ id = \"mayor\", label = \"町長が特に必要と認める\", article = \"条例第10条ただし書\" }]
reason = [{ id = \"illness\", label = \"やむを得ない理由\", article = \"規則第7条\", tier = [{ before_start = true, percent = 80 }] }]
",
        1,
    );
    domain::town::check(file.as_bytes()).unwrap()
}

/// A reservation as this test knows it.
struct Known {
    person: PersonId,
    day: NaiveDate,
    /// The half hours that are still held, by when they begin.
    held: Vec<TimeOfDay>,
    /// What was paid for them, once it was.
    rest: Option<u32>,
    /// What came back of the fee.
    back: u32,
}

/// A town in which all of this happens.
struct Life<'a> {
    bench: &'a Bench,
    clerk: Call,
    boss: Call,
    till: TillId,
    dice: Dice,
    people: Vec<PersonId>,
    known: BTreeMap<ReservationId, Known>,
    booked: u32,
}

/// What the rule of the town says of one's own convenience: a week before all, a day before half.
fn own_percent(day: NaiveDate, today: NaiveDate) -> u32 {
    match (day - today).num_days() {
        7.. => 100,
        1..=6 => 50,
        _ => 0,
    }
}

fn share(paid: u32, percent: u32) -> u32 {
    if percent == 100 {
        paid
    } else {
        paid * percent / 100 / 100 * 100
    }
}

/// What each of so many equal half hours bears of what was paid: running shares, rounded down.
fn bears(paid: u32, halves: usize) -> Vec<u32> {
    let halves = u32::try_from(halves).unwrap();
    let upto = |n: u32| u32::try_from(u64::from(paid) * u64::from(n) / u64::from(halves)).unwrap();
    (0..halves).map(|n| upto(n + 1) - upto(n)).collect()
}

impl Life<'_> {
    fn ids(&self) -> Vec<ReservationId> {
        self.known.keys().copied().collect()
    }

    fn call_of(&self, id: ReservationId) -> Call {
        self.bench.call_of(self.known[&id].person)
    }

    /// The open day after the last one that was booked, not always far ahead.
    async fn book(&mut self) -> ReservationId {
        let today = civil::date_at(self.bench.now());
        let ahead = 2 + i64::from(self.dice.below(12));
        let open = (today + Duration::days(ahead)).iter_days();
        let mut open = open.filter(|day| day.format("%a").to_string() != "Mon");
        loop {
            let day = open.next().unwrap();
            let halves = 2 + usize::try_from(self.dice.below(5)).unwrap();
            let start = 18 + 2 * u16::try_from(self.dice.below(8)).unwrap();
            let begins = |n: usize| {
                let minutes = (start + u16::try_from(n).unwrap()) * 30;
                TimeOfDay::from_minutes(minutes).unwrap()
            };
            let room = self
                .dice
                .one_of(&["gym-full", "gym-full", "gym-north"])
                .unwrap();
            let (from, until) = (begins(0).to_string(), begins(halves).to_string());
            let mut form = self.bench.form(room, &day.to_string(), &from, &until);
            if room == "gym-full" && self.dice.below(2) == 0 {
                form.what.options = vec![one("lighting")];
            }
            let person = self.dice.one_of(&self.people).unwrap();
            let Ok(id) = self.bench.book_as(person, &form).await else {
                continue; // taken, or beyond the gym's hours: another day
            };
            self.booked += 1;
            let known = Known {
                person,
                day,
                held: (0..halves).map(begins).collect(),
                rest: None,
                back: 0,
            };
            self.known.insert(id, known);
            return id;
        }
    }

    /// It is paid, by whatever way: from here on its fee is what can come back.
    async fn paid(&mut self, id: ReservationId) {
        let fee = self.bench.record(id).await.quote.total_yen.get();
        self.known.get_mut(&id).unwrap().rest = Some(fee);
    }

    async fn page(&self, id: ReservationId) -> String {
        let call = self.call_of(id);
        session_of(&self.bench.desk().pay(&call, id).await.unwrap())
    }

    async fn by_card(&mut self, id: ReservationId) {
        let session = self.page(id).await;
        self.bench.pay_at_stripe(&session);
        let call = self.call_of(id);
        self.bench.desk().payment_returned(&call, id).await.unwrap();
        self.paid(id).await;
    }

    async fn in_cash(&mut self, id: ReservationId) {
        let fee = self.bench.record(id).await.quote.total_yen;
        let take = contract::TakeCash {
            reservation: id,
            till: self.till,
            tendered: Yen::new(fee.get() + 1_000),
            seen_total: fee,
            submission: self.bench.key(),
        };
        self.bench
            .desk()
            .take_cash(&self.clerk, &take)
            .await
            .unwrap();
        self.paid(id).await;
    }

    async fn notices(&self) {
        for event in self.bench.events().await {
            self.bench.receive(&event).await;
        }
    }

    /// A page that lapses; money comes all the same, and books the floor again if it is free.
    async fn too_late(&mut self, id: ReservationId) {
        let session = self.page(id).await;
        self.bench.pass(Duration::minutes(31));
        self.bench.rounds().await;
        if self.dice.below(2) == 0 {
            return;
        }
        self.bench.pay_late_at_stripe(&session);
        self.notices().await;
        self.bench.work().await;
        if matches!(self.bench.stored(id).await, Stored::Confirmed { .. }) {
            self.paid(id).await;
        }
    }

    /// Slots from the beginning or from the end, at random; whether the rules allow it or not.
    fn some_slots(&mut self, id: ReservationId) -> BTreeSet<TimeOfDay> {
        let held = self.known[&id].held.clone();
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
        let known = self.known.get_mut(&id).unwrap();
        let paid = known.rest.unwrap_or(0);
        let own = own_percent(known.day, today);
        let each = bears(paid, known.held.len());
        let part = !slots.is_empty();
        let theirs: Vec<u32> = if part {
            let goes = known.held.iter().zip(&each);
            goes.filter(|(start, _)| slots.contains(start))
                .map(|(_, paid)| *paid)
                .collect()
        } else {
            vec![paid]
        };
        let rounded = |percent: u32| theirs.iter().map(|paid| share(*paid, percent)).sum();
        let expected: u32 = match because {
            Because::Own => rounded(own),
            Because::Reason(_) => rounded(80),
            Because::Override { amount, .. } => amount.get(),
        };
        assert_eq!(back, expected, "{theirs:?} {because:?} {own}");
        known.back += back;
        known.rest = known.rest.map(|rest| rest - theirs.iter().sum::<u32>());
        known.held.retain(|start| part && !slots.contains(start));
    }

    /// Its owner gives up some of it, or all.
    async fn resident_gives_up(&mut self, id: ReservationId) {
        let (bench, call) = (self.bench, self.call_of(id));
        let slots = self.some_slots(id);
        let shown = if slots.is_empty() {
            bench.desk().cancel_preview(&call, id).await
        } else {
            bench.desk().give_up_preview(&call, id, &slots).await
        };
        let Ok(shown) = shown else {
            return; // over already, too short, begun
        };
        let seen = shown.refund_yen;
        let done = if slots.is_empty() {
            let cancel = contract::CancelReservation {
                reservation: id,
                seen_refund_yen: Some(seen),
            };
            bench.desk().cancel(&call, &cancel).await
        } else {
            let give_up = GiveUpSlots {
                reservation: id,
                slots: slots.clone(),
                seen_refund_yen: Some(seen),
            };
            bench.desk().give_up(&call, &give_up).await
        };
        if done.is_ok() {
            self.gone(id, &slots, &Because::Own, seen.get());
        }
    }

    /// A clerk gives it up for somebody, for one reason or another.
    async fn clerk_gives_up(&mut self, id: ReservationId) {
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
        let shown = self
            .bench
            .desk()
            .cancel_sale_preview(&self.clerk, &what)
            .await;
        let Ok(shown) = shown else {
            return;
        };
        let cancel = CancelSale {
            what,
            seen_refund: shown.preview.refund_yen,
            reason: "本人の申出".to_owned(),
        };
        if self
            .bench
            .desk()
            .cancel_sale(&self.clerk, &cancel)
            .await
            .is_ok()
        {
            self.gone(id, &slots, &because, cancel.seen_refund.get());
        }
    }

    /// The gym closes for a day, whoever is met.
    async fn closes(&mut self, day: NaiveDate) {
        let mut wish = works(self.bench);
        (wish.schedule.from, wish.schedule.until) = (day, day);
        let shown = preview(self.bench, &self.boss, &wish).await;
        let closed = self
            .bench
            .desk()
            .close(&self.boss, &wish, &shown.seen)
            .await;
        if closed.is_err() {
            return; // closed already
        }
        for hit in shown.cancelled {
            let known = self.known.get_mut(&hit.id).unwrap();
            let rest = known.rest.unwrap_or(0);
            assert_eq!(hit.refund_yen.get(), rest, "all that is left");
            known.back += rest;
            known.rest = known.rest.map(|_rest| 0);
            known.held.clear();
        }
    }

    async fn pays_out(&self) {
        for id in self.ids() {
            for refund in self.bench.refunds(id).await {
                let _refused_unless_due =
                    self.bench.pay_out(&self.clerk, self.till, refund.id).await;
            }
        }
    }

    /// One step. What the rules refuse is no step.
    async fn step(&mut self) {
        match self.dice.below(12) {
            0..=2 => {
                let id = self.book().await;
                self.by_card(id).await;
            }
            3 => {
                let id = self.book().await;
                self.in_cash(id).await;
            }
            4 => {
                // A page that is open when cash comes, and is paid all the same.
                let id = self.book().await;
                let session = self.page(id).await;
                self.in_cash(id).await;
                self.bench.pay_late_at_stripe(&session);
                self.notices().await;
            }
            5 => {
                let id = self.book().await;
                self.too_late(id).await;
            }
            6 | 7 => {
                if let Some(id) = self.dice.one_of(&self.ids()) {
                    self.resident_gives_up(id).await;
                }
            }
            8 | 9 => {
                if let Some(id) = self.dice.one_of(&self.ids()) {
                    self.clerk_gives_up(id).await;
                }
            }
            10 => {
                let days: Vec<NaiveDate> = self.known.values().map(|known| known.day).collect();
                if let Some(day) = self.dice.one_of(&days)
                    && day > civil::date_at(self.bench.now())
                {
                    self.closes(day).await;
                }
            }
            _ => self.pays_out().await,
        }
        // The same drawer lasts for a day, so a life has one night only.
        self.bench.pass(Duration::minutes(2));
        self.bench.work().await;
        self.again();
    }

    fn again(&mut self) {
        self.clerk = self.bench.again(&self.clerk);
        self.boss = self.bench.again(&self.boss);
    }

    /// The next days, with a drawer of their own.
    async fn days_go_by(&mut self, days: i64) {
        let there = self.bench.drawer(self.till).await.state.cash().expected();
        let closed = self
            .bench
            .close_drawer(&self.clerk, self.till, there.get(), "");
        closed.await.unwrap();
        self.bench.pass(Duration::days(days));
        self.bench.rounds().await;
        self.again();
        self.till = self
            .bench
            .open_drawer(&self.clerk, 1, 20_000)
            .await
            .unwrap();
    }
}

/// The sum of a reservation's entries from one account to another.
fn booked(entries: &[Entry], debit: Account, credit: Account) -> u32 {
    let those = entries
        .iter()
        .filter(|entry| entry.debit == debit && entry.credit == credit);
    those.map(|entry| entry.amount.get()).sum()
}

/// Charged is what was quoted, paid is what was charged or nothing, given back is what the rules
/// reckoned and no more than was paid.
async fn assert_a_life_agrees(life: &Life<'_>, id: ReservationId) {
    let (bench, known) = (life.bench, &life.known[&id]);
    let record = bench.record(id).await;
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    let entries = reading.entries(id).await.unwrap();
    let acts = reading.cancellations(id).await.unwrap();
    drop(reading);
    let quoted = record.quote.total_yen.get();
    let context = format!("{:?} {entries:?} {acts:?}", record.state);
    let came: u32 = [Account::StripeClearing, Account::CounterCash]
        .map(|from| booked(&entries, from, Account::Receivable))
        .iter()
        .sum();
    let stray = booked(&entries, Account::Receivable, Account::RefundsPayable);
    let charged = booked(&entries, Account::Receivable, Account::DeferredFees);
    let uncharged = booked(&entries, Account::DeferredFees, Account::Receivable);
    let returned = booked(&entries, Account::DeferredFees, Account::RefundsPayable);
    let was_paid = known.rest.is_some();
    let owed = if was_paid { quoted } else { 0 };
    assert_eq!(charged - uncharged, owed, "charged as quoted: {context}");
    assert_eq!(charged % quoted, 0, "never a part of it: {context}");
    assert_eq!(came - stray, owed, "paid as charged: {context}");
    assert_eq!(
        returned, known.back,
        "given back as reckoned by hand: {context}"
    );
    assert!(returned <= owed, "{context}");
    let kept: u32 = acts.iter().map(|act| act.refund.get()).sum();
    assert_eq!(kept, returned, "and as it is kept: {context}");
    for act in &acts {
        let lines: i64 = act.lines.iter().map(|line| line.amount_yen.get()).sum();
        assert_eq!(lines, act.refund.as_i64(), "{context}");
        assert!(
            act.lines.iter().all(|line| !line.basis.is_empty()),
            "{context}"
        );
    }
    let ended = matches!(record.state, Stored::Cancelled { .. });
    let whole = acts.iter().filter(|act| act.left.is_none()).count();
    assert_eq!(whole, usize::from(ended), "{context}");
    if !ended && !matches!(record.state, Stored::Released { .. }) {
        let halves = usize::try_from(record.span.minutes() / 30).unwrap();
        assert_eq!(halves, known.held.len(), "{context}");
    }
}

/// The accounts against the rows that they are about.
async fn assert_the_accounts_agree(bench: &Bench) {
    let sum = async |sql: &str| {
        let sql = format!("SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM {sql}");
        bench.count(&sql).await
    };
    let account = async |name: &str| {
        sum(&format!("ledger_entries WHERE debit = '{name}'")).await
            - sum(&format!("ledger_entries WHERE credit = '{name}'")).await
    };
    let received = sum("till_movements WHERE kind = 'received'").await;
    let paid_out = sum("till_movements WHERE kind = 'paid_out'").await;
    assert_eq!(account("counter_cash").await, received - paid_out);
    let online = sum("payments WHERE means = 'service' AND state = 'paid'").await;
    let sent = sum("refunds WHERE state = 'done'").await;
    assert_eq!(account("stripe_clearing").await, online - sent);
    let waiting = sum("refunds WHERE state NOT IN ('done', 'paid_in_cash')").await;
    assert_eq!(account("refunds_payable").await, -waiting);
    assert_eq!(account("receivable").await, 0, "everything has settled");
    let all_came = sum("payments WHERE state = 'paid'").await;
    let all_went = sum("refunds").await;
    assert_eq!(-account("deferred_fees").await, all_came - all_went);
    assert_eq!(received + online, all_came);
}

/// One life, from an empty database.
async fn live(db: &testkit::TestStore, seed: u64) {
    let bench = Bench::in_town(db, &town()).await;
    let clerk = bench.clerk("sato").await;
    let boss = manager(&bench).await;
    let till = bench.open_drawer(&clerk, 1, 20_000).await.unwrap();
    let people = vec![
        bench.me(),
        bench.settle_in(&Card::of("taro")).await,
        bench.settle_in(&Card::from_elsewhere("jiro")).await,
    ];
    let mut life = Life {
        bench: &bench,
        clerk,
        boss,
        till,
        dice: Dice(seed),
        people,
        known: BTreeMap::new(),
        booked: 0,
    };
    for step in 1..=STEPS {
        life.step().await;
        if step % 15 == 0 {
            let days = 1 + i64::from(life.dice.below(3));
            life.days_go_by(days).await;
        }
    }
    bench.hours_go_by().await;
    for id in life.ids() {
        assert_a_life_agrees(&life, id).await;
    }
    assert_the_accounts_agree(&bench).await;
    let acts = bench
        .count("SELECT count(*) FROM cancellations WHERE left_from IS NOT NULL")
        .await;
    assert!(
        life.booked > 8 && acts > 0,
        "a life in which nothing happens proves nothing"
    );
    bench.assert_sound().await;
    bench.assert_books_agree().await;
}

testkit::on_both! {
    async fn what_was_quoted_is_what_the_ledger_says_came_and_went(db: TestStore) {
        live(&db, 7).await;
    }

    async fn and_in_another_life(db: TestStore) {
        live(&db, 44).await;
    }

    async fn and_in_a_third(db: TestStore) {
        live(&db, 20_261_129).await;
    }

    async fn and_in_a_fourth(db: TestStore) {
        live(&db, 1_234_567_891).await;
    }
}
