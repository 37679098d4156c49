//! The books: what must be true of the database whatever happened.

use std::collections::BTreeMap;

use domain::ids::ReservationId;
use domain::ledger::{Account, balances};
use domain::payment::{AttemptState, RefundState};
use sea_orm::{ConnectionTrait as _, Statement};

use super::Bench;

/// Every table that a use case writes.
const TABLES: [&str; 9] = [
    "reservations",
    "claims",
    "payments",
    "refunds",
    "ledger_entries",
    "receipts",
    "jobs",
    "inbox_events",
    "audit_entries",
];

/// Claims without a reservation that holds them, and reservations without their claims: never any.
const ORPHANS: &str = "SELECT
    (SELECT count(*) FROM reservations r WHERE r.holds_floor AND NOT EXISTS
        (SELECT 1 FROM claims c WHERE c.reservation_id = r.id))
  + (SELECT count(*) FROM claims c WHERE c.reservation_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM reservations r WHERE r.id = c.reservation_id AND r.holds_floor))";

/// Reservations with two attempts that may bring money.
const TWO_LIVE: &str = "SELECT count(*) FROM (SELECT 1 AS one FROM payments
    WHERE state IN ('creating', 'open') GROUP BY reservation_id HAVING count(*) > 1) t";

/// Payments of which more was given back than came.
const OVER_REFUNDED: &str = "SELECT count(*) FROM payments p WHERE p.amount_yen <
    (SELECT COALESCE(SUM(r.amount_yen), 0) FROM refunds r
     WHERE r.payment_id = p.id AND r.state <> 'failed')";

/// Refunds of money that never came.
const NEVER_PAID: &str = "SELECT count(*) FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE p.state <> 'paid'";

/// What a reservation's ledger comes to, yen: debits less credits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What residents owe.
    pub receivable: i64,
    /// What the payment service holds for the town.
    pub clearing: i64,
    /// Fees charged, as they are: positive.
    pub fees: i64,
    /// What the town owes residents: positive.
    pub payable: i64,
}

impl Bench {
    /// How many rows each table has.
    pub async fn rows(&self) -> BTreeMap<&'static str, i64> {
        let mut rows = BTreeMap::new();
        for table in TABLES {
            let sql = format!("SELECT count(*) FROM {table}");
            rows.insert(table, self.count(&sql).await);
        }
        rows
    }

    /// What a query counts, behind the store's back.
    pub async fn count(&self, sql: &str) -> i64 {
        let raw = self.raw().await;
        let statement = Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Changes something behind the store's back.
    pub async fn meddle(&self, sql: &str) {
        self.raw().await.execute_unprepared(sql).await.unwrap();
    }

    /// What a reservation's ledger comes to.
    pub async fn balance(&self, id: ReservationId) -> Balance {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        let entries = reading.entries(id).await.unwrap();
        let sums = balances(&entries);
        assert_eq!(sums.values().sum::<i64>(), 0, "{entries:?}");
        let of = |account| sums.get(&account).copied().unwrap_or(0);
        Balance {
            receivable: of(Account::Receivable),
            clearing: of(Account::StripeClearing),
            fees: -of(Account::DeferredFees),
            payable: -of(Account::RefundsPayable),
        }
    }

    /// What the ledger says the payment service holds for all towns, yen.
    pub async fn clearing(&self) -> i64 {
        let side = |column: &str| {
            format!(
                "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM ledger_entries
                 WHERE {column} = 'stripe_clearing'"
            )
        };
        self.count(&side("debit")).await - self.count(&side("credit")).await
    }

    /// What must be true at any moment: no claim and no reservation without the other, no two live
    /// attempts, never more given back than came.
    pub async fn assert_sound(&self) {
        for (sql, what) in [
            (ORPHANS, "orphans"),
            (TWO_LIVE, "two live attempts"),
            (OVER_REFUNDED, "more given back than came"),
            (NEVER_PAID, "money given back that never came"),
        ] {
            assert_eq!(self.count(sql).await, 0, "{what}");
        }
    }

    /// What must be true of a reservation once everything has settled: nothing is owed by anybody,
    /// and the fee stands exactly while the reservation does.
    pub async fn assert_settled(&self, id: ReservationId) {
        let balance = self.balance(id).await;
        let (payments, refunds) = (self.payments(id).await, self.refunds(id).await);
        let context = format!("{balance:?} {payments:?} {refunds:?}");
        for payment in &payments {
            let over = !payment.state.may_still_bring_money();
            assert!(over, "{context}");
        }
        for refund in &refunds {
            let done = matches!(refund.state, RefundState::Done { .. });
            assert!(done, "{context}");
        }
        let came: i64 = payments
            .iter()
            .filter(|payment| matches!(payment.state, AttemptState::Paid { .. }))
            .map(|payment| payment.amount.as_i64())
            .sum();
        let went: i64 = refunds.iter().map(|refund| refund.amount.as_i64()).sum();
        assert_eq!(balance.clearing, came - went, "{context}");
        assert_eq!(balance.fees, came - went, "{context}");
        assert_eq!((balance.receivable, balance.payable), (0, 0), "{context}");
    }

    /// Our ledger equals the pretend Stripe's own books.
    pub async fn assert_books_agree(&self) {
        assert_eq!(self.clearing().await, self.stripe().balance().gross);
    }
}
