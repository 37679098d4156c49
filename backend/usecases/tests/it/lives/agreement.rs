//! What must agree after a life: the ledger with the quotes, the refunds with the rules, the accounts
//! with the raw rows.

use std::collections::BTreeSet;

use domain::ids::ReservationId;
use domain::ledger::{Account, Cause, Entry};
use domain::reservation::ReservationState;
use usecases::ports::store::{CancellationRecord, RefundRecord, ReservationRecord, ReviewRecord};

use super::life::Life;
use crate::bench::Bench;

/// A reservation with every raw row about it.
struct Rows {
    record: ReservationRecord,
    entries: Vec<Entry>,
    acts: Vec<CancellationRecord>,
    refunds: Vec<RefundRecord>,
    reviews: Vec<ReviewRecord>,
}

impl Rows {
    async fn of(bench: &Bench, id: ReservationId) -> Self {
        let town = bench.world().municipality;
        let reading = bench.store().read(town).await.unwrap();
        Self {
            record: reading.reservation(id).await.unwrap().unwrap(),
            entries: reading.entries(id).await.unwrap(),
            acts: reading.cancellations(id).await.unwrap(),
            refunds: reading.refunds(id).await.unwrap(),
            reviews: reading.reviews(id).await.unwrap(),
        }
    }

    /// The sum of the entries from one account to another.
    fn booked(&self, debit: Account, credit: Account) -> u32 {
        let those = |entry: &&Entry| entry.debit == debit && entry.credit == credit;
        let those = self.entries.iter().filter(those);
        those.map(|entry| entry.amount.get()).sum()
    }

    fn context(&self) -> String {
        let Self {
            record,
            entries,
            acts,
            refunds,
            ..
        } = self;
        format!("{record:?}\n{entries:#?}\n{acts:?}\n{refunds:?}")
    }
}

/// Charged is what is quoted, paid is what was charged or nothing, given back is what the rules
/// reckoned and no more than was paid, once.
pub async fn assert_a_life_agrees(life: &Life, id: ReservationId) {
    let rows = Rows::of(&life.bench, id).await;
    assert_charged_as_quoted(life, id, &rows);
    assert_given_back_as_reckoned(life, id, &rows);
    assert_the_reductions_are_kept(life, id, &rows);
    let balance = life.bench.balance(id).await;
    assert_eq!(balance.receivable, 0, "nobody owes: {}", rows.context());
    assert_eq!(balance.payable, 0, "nobody is owed: {}", rows.context());
    let state = &rows.record.state;
    if Life::stands(state) {
        assert_eq!(Some(rows.record.span.times()), life.span(id), "{state:?}");
    }
}

fn assert_charged_as_quoted(life: &Life, id: ReservationId, rows: &Rows) {
    let (known, context) = (&life.known[&id], rows.context());
    let (receivable, fees) = (Account::Receivable, Account::DeferredFees);
    let owed = if known.rest.is_some() {
        rows.record.quote.total_yen.get()
    } else {
        0
    };
    let charged = rows.booked(receivable, fees);
    let uncharged = rows.booked(fees, receivable);
    assert_eq!(charged - uncharged, owed, "charged as quoted: {context}");
    // Each time at a whole fee that was frozen when it was charged, never at a part of one.
    for entry in &rows.entries {
        let (Cause::Charged(_) | Cause::Uncharged(_) | Cause::ChargedAgain(_)) = entry.cause else {
            continue;
        };
        let amount = entry.amount.get();
        assert!(
            known.totals.contains(&amount),
            "a fee of its own: {context}"
        );
    }
    let came: u32 = [Account::StripeClearing, Account::CounterCash]
        .map(|from| rows.booked(from, receivable))
        .iter()
        .sum();
    let stray = rows.booked(receivable, Account::RefundsPayable);
    assert_eq!(came - stray, owed, "paid as charged: {context}");
}

fn assert_given_back_as_reckoned(life: &Life, id: ReservationId, rows: &Rows) {
    let (known, context) = (&life.known[&id], rows.context());
    let returned = rows.booked(Account::DeferredFees, Account::RefundsPayable);
    assert_eq!(returned, known.back, "as reckoned by hand: {context}");
    let kept: u32 = rows.acts.iter().map(|act| act.refund.get()).sum();
    assert_eq!(kept, returned, "and as it is kept: {context}");
    let mut seen = BTreeSet::new();
    for act in &rows.acts {
        let lines: i64 = act.lines.iter().map(|line| line.amount_yen.get()).sum();
        assert_eq!(lines, act.refund.as_i64(), "{context}");
        let cited = act.lines.iter().all(|line| !line.basis.is_empty());
        assert!(cited, "{context}");
        assert_eq!(act.refund_id.is_some(), !act.refund.is_zero(), "{context}");
        if let Some(refund) = act.refund_id {
            assert!(seen.insert(refund), "no refund serves two acts: {context}");
            let row = rows.refunds.iter().find(|row| row.id == refund).unwrap();
            assert_eq!(row.amount, act.refund, "{context}");
        }
    }
    for refund in &rows.refunds {
        let of = |cause: Cause| {
            rows.entries
                .iter()
                .filter(move |entry| entry.cause == cause)
        };
        let decided: Vec<&Entry> = of(Cause::RefundDecided(refund.id)).collect();
        let at_counter = of(Cause::RefundPaidAtCounter(refund.id));
        let gone: Vec<&Entry> = of(Cause::RefundPaid(refund.id)).chain(at_counter).collect();
        let once = |entries: &[&Entry]| matches!(entries, [one] if one.amount == refund.amount);
        assert!(once(&decided) && once(&gone), "once and whole: {context}");
    }
    let state = &rows.record.state;
    let ended = matches!(state, ReservationState::Cancelled { .. });
    let whole = rows.acts.iter().filter(|act| act.left.is_none()).count();
    assert_eq!(whole, usize::from(ended), "{context}");
}

/// The quote before and after stands with the decision, and the one in force is what was granted.
fn assert_the_reductions_are_kept(life: &Life, id: ReservationId, rows: &Rows) {
    let (known, quote) = (&life.known[&id], &rows.record.quote);
    if !Life::stands(&rows.record.state) {
        return;
    }
    let is_decided = !matches!(rows.record.state, ReservationState::AwaitingReview { .. });
    let granted = known.granted.is_some() && is_decided;
    assert_eq!(quote.unreduced_yen.is_some(), granted, "{quote:?}");
    for (before, after) in rows.reviews.iter().filter_map(|one| one.quotes.as_ref()) {
        for kept in [before, after] {
            let total = kept.total_yen.get();
            assert!(known.totals.contains(&total), "{kept:?} {:?}", known.totals);
        }
        assert_eq!(before.unreduced_yen, None);
        assert!(after.unreduced_yen.is_some());
    }
}

/// The accounts against the rows that they are about.
pub async fn assert_the_accounts_agree(bench: &Bench) {
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
    assert_eq!(waiting, 0, "everything was fetched");
    assert_eq!(account("refunds_payable").await, 0);
    assert_eq!(account("receivable").await, 0, "everything has settled");
    let all_came = sum("payments WHERE state = 'paid'").await;
    let all_went = sum("refunds").await;
    assert_eq!(-account("deferred_fees").await, all_came - all_went);
    assert_eq!(received + online, all_came);
}
