//! A counter (窓口): a clerk with a drawer.

use contract::{Call, CloseDrawer, OpenDrawer, Outcome, PayOut, Role, TakeCash, Tills as _};
use contract::{Sales as _, TillDay};
use domain::ids::{RefundId, ReservationId, StaffId, TillId};
use domain::money::Yen;
use domain::till::{CashCount, Denomination};
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{MovementRecord, TillRecord};
use uuid::Uuid;

use super::Bench;

impl Bench {
    /// A fresh submission key.
    pub fn key(&self) -> Uuid {
        self.world().chance.id(self.now())
    }

    /// A clerk at the gym's window.
    pub async fn clerk(&self, subject: &str) -> Call {
        self.on_duty(subject, &[(Role::Window, Some("gym"))]).await
    }

    /// The same clerk, now.
    pub fn again(&self, clerk: &Call) -> Call {
        let staff: StaffId = clerk.staff_member().unwrap();
        self.call_of_staff(staff)
    }

    /// Opens a drawer of the gym with so much inside.
    pub async fn open_drawer(&self, clerk: &Call, drawer: u32, float: u32) -> Outcome<TillId> {
        let open = OpenDrawer {
            facility: "gym".parse().unwrap(),
            drawer,
            float: Yen::new(float),
            submission: self.key(),
        };
        self.desk().open_drawer(clerk, &open).await
    }

    /// Takes cash for a reservation.
    pub async fn take_cash(
        &self,
        clerk: &Call,
        (till, id): (TillId, ReservationId),
        tendered: u32,
    ) -> Outcome<()> {
        let view = self.view(id).await;
        let take = TakeCash {
            reservation: id,
            till,
            tendered: Yen::new(tendered),
            seen_total: view.quote.total_yen,
            submission: self.key(),
        };
        self.desk().take_cash(clerk, &take).await
    }

    /// Pays a refund out.
    pub async fn pay_out(
        &self,
        clerk: &Call,
        till: TillId,
        refund: RefundId,
    ) -> Outcome<ReservationId> {
        let out = PayOut {
            refund,
            till,
            submission: self.key(),
        };
        self.desk().pay_out(clerk, &out).await
    }

    /// Closes a drawer in which so much was counted, having looked a moment ago.
    pub async fn close_drawer(
        &self,
        clerk: &Call,
        till: TillId,
        counted: u32,
        reason: &str,
    ) -> Outcome<()> {
        let expected = self.drawer(till).await.state.cash().expected();
        let close = CloseDrawer {
            till,
            counted: coins(counted),
            reason: reason.to_owned(),
            seen_expected: expected,
        };
        self.desk().close_drawer(clerk, &close).await
    }

    /// A drawer, as stored.
    pub async fn drawer(&self, till: TillId) -> TillRecord {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        reading.till(till).await.unwrap().unwrap()
    }

    /// What moved in a drawer, as stored.
    pub async fn moved(&self, till: TillId) -> Vec<MovementRecord> {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        reading.movements(till).await.unwrap()
    }

    /// The gym's money of today.
    pub async fn till_today(&self, clerk: &Call) -> TillDay {
        let gym = "gym".parse().unwrap();
        let today = domain::civil::date_at(self.now());
        let day = self.desk().till_day(clerk, Some(&gym), today).await;
        day.unwrap()
    }
}

/// So many yen in coins of 10 円 and 1 円.
pub fn coins(yen: u32) -> CashCount {
    let pieces = [
        (Denomination::Yen1000, yen / 1_000),
        (Denomination::Yen10, yen % 1_000 / 10),
        (Denomination::Yen1, yen % 10),
    ];
    CashCount::new(pieces.map(|(kind, pieces)| (kind, i64::from(pieces)))).unwrap()
}
