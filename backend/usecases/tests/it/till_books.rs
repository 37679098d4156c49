//! Random lives of reservations that are paid in cash and online: at the end drawers, ledger, pages
//! and day sheets agree with sums made from the raw rows and nothing else.

use chrono::Duration;
use contract::{Call, SheetFormat, Tills as _};
use domain::ids::{ReservationId, TillId};
use domain::till::TillState;

use crate::bench::{Bench, Dice, session_of};

/// How many steps a life of the counter has.
const STEPS: u32 = 40;

/// A counter with two drawers, and everything that was booked there.
struct Life<'a> {
    bench: &'a Bench,
    clerk: Call,
    dice: Dice,
    open: Vec<TillId>,
    all: Vec<TillId>,
    booked: Vec<ReservationId>,
    days: u32,
}

impl Life<'_> {
    /// One of the open drawers.
    fn drawer(&mut self) -> TillId {
        let most = u32::try_from(self.open.len()).unwrap();
        let which = usize::try_from(self.dice.below(most)).unwrap();
        self.open[which]
    }

    fn one_of_the_booked(&mut self) -> Option<ReservationId> {
        let most = u32::try_from(self.booked.len()).unwrap();
        if most == 0 {
            return None;
        }
        let which = usize::try_from(self.dice.below(most)).unwrap();
        self.booked.get(which).copied()
    }

    async fn open(&mut self) {
        let number = u32::try_from(self.all.len()).unwrap() + 1;
        let float = self.dice.below(30) * 1_000;
        let till = self.bench.open_drawer(&self.clerk, number, float).await;
        let till = till.unwrap();
        self.open.push(till);
        self.all.push(till);
    }

    /// Counts a drawer, not always right, and opens another in its place.
    async fn close(&mut self, till: TillId) {
        let there = self.bench.drawer(till).await.state.cash().expected().get();
        let (counted, reason) = match self.dice.below(3) {
            0 => (there.saturating_sub(10), "不足の理由"),
            1 => (there + 30, "過剰の理由"),
            _ => (there, ""),
        };
        let closed = self.bench.close_drawer(&self.clerk, till, counted, reason);
        closed.await.unwrap();
        self.open.retain(|open| *open != till);
    }

    async fn book(&mut self) -> ReservationId {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let open = day
            .iter_days()
            .filter(|day| day.format("%a").to_string() != "Mon");
        let nth = usize::try_from(self.days / 3).unwrap();
        let hours = [("12:00", "14:00"), ("16:00", "18:00"), ("18:00", "20:00")];
        let (start, end) = hours[usize::try_from(self.days % 3).unwrap()];
        let day = open.skip(nth).map(|day| day.to_string()).next().unwrap();
        self.days += 1;
        let form = self.bench.form("gym-full", &day, start, end);
        let id = self.bench.book(&form).await.unwrap();
        self.booked.push(id);
        id
    }

    /// One step. What the rules refuse is no step.
    async fn step(&mut self) {
        let bench = self.bench;
        match self.dice.below(10) {
            0..=3 => {
                let (id, till) = (self.book().await, self.drawer());
                let tendered = 1_600 + self.dice.below(8) * 500;
                let taken = bench.take_cash(&self.clerk, (till, id), tendered).await;
                taken.unwrap();
            }
            4 | 5 => {
                let id = self.book().await;
                bench.pay_for(id).await;
            }
            6 => {
                // A page that is open when cash comes, and is paid all the same, too late.
                let (id, till) = (self.book().await, self.drawer());
                let session = session_of(&bench.press_pay(id).await.unwrap());
                bench
                    .take_cash(&self.clerk, (till, id), 2_000)
                    .await
                    .unwrap();
                bench.pay_late_at_stripe(&session);
                for event in bench.events().await {
                    bench.receive(&event).await;
                }
            }
            7 | 8 => {
                if let Some(id) = self.one_of_the_booked() {
                    let _refused_when_cancelled_before = bench.press_cancel(id).await;
                    for refund in bench.refunds(id).await {
                        let till = self.drawer();
                        let _refused_unless_due = bench.pay_out(&self.clerk, till, refund.id).await;
                    }
                }
            }
            _ => {
                let till = self.drawer();
                self.close(till).await;
                self.open().await;
            }
        }
        bench.pass(Duration::minutes(3));
        bench.work().await;
        self.clerk = bench.again(&self.clerk);
    }
}

/// What a query counts of one drawer.
async fn of_till(bench: &Bench, till: TillId, kind: &str) -> i64 {
    let sums = "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM till_movements m
        WHERE kind = '$kind' AND m.till_id IN (SELECT id FROM tills t WHERE t.opened_at = $at
            AND t.drawer = $drawer)";
    let record = bench.drawer(till).await;
    let at = record.state.opened_at().timestamp_micros().to_string();
    let sql = sums
        .replace("$kind", kind)
        .replace("$at", &at)
        .replace("$drawer", &record.drawer.to_string());
    bench.count(&sql).await
}

/// Of a drawer's CSV, the sum of the rows whose kind is this.
fn in_csv(csv: &str, kind: &str) -> i64 {
    let rows = csv.lines().filter_map(|line| line.split_once(','));
    rows.filter(|(what, _)| *what == kind)
        .map(|(_, amount)| amount.parse::<i64>().unwrap())
        .sum()
}

async fn assert_a_drawer_agrees(bench: &Bench, clerk: &Call, till: TillId) {
    let record = bench.drawer(till).await;
    let float = of_till(bench, till, "float").await;
    let received = of_till(bench, till, "received").await;
    let paid_out = of_till(bench, till, "paid_out").await;
    let cash = record.state.cash();
    assert_eq!(cash.float.as_i64(), float);
    assert_eq!(cash.received.as_i64(), received);
    assert_eq!(cash.paid_out.as_i64(), paid_out);
    assert_eq!(cash.expected().as_i64(), float + received - paid_out);
    let TillState::Closed(closed) = record.state else {
        return;
    };
    let counted = closed.counted().total().as_i64();
    assert_eq!(
        closed.difference().as_i64(),
        counted - (float + received - paid_out)
    );
    let sheet = bench.desk().day_sheet(clerk, till, SheetFormat::Csv).await;
    let sheet = String::from_utf8(sheet.unwrap().bytes).unwrap();
    for (kind, sum) in [
        ("釣銭準備金", float),
        ("収納", received),
        ("還付", -paid_out),
        ("あるべき現金", float + received - paid_out),
        ("実査 合計", counted),
    ] {
        assert_eq!(in_csv(&sheet, kind), sum, "{kind}: {sheet}");
    }
}

/// The whole of it: what the ledger says is in the drawers, what the day's page says came online.
async fn assert_the_day_agrees(bench: &Bench, life: &Life<'_>) {
    let movements = |kind: &str| {
        format!(
            "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM till_movements
             WHERE kind = '{kind}'"
        )
    };
    let ledger = |side: &str| {
        format!(
            "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM ledger_entries
             WHERE {side} = 'counter_cash'"
        )
    };
    let received = bench.count(&movements("received")).await;
    let paid_out = bench.count(&movements("paid_out")).await;
    assert_eq!(bench.count(&ledger("debit")).await, received);
    assert_eq!(bench.count(&ledger("credit")).await, paid_out);
    assert!(received > 0, "a life without cash proves nothing");

    let day = bench.till_today(&life.clerk).await;
    let pages: i64 = day
        .tills
        .iter()
        .map(|till| till.state.cash().received.as_i64())
        .sum();
    assert_eq!((day.tills.len(), pages), (life.all.len(), received));
    let online = "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM payments
        WHERE means = 'service' AND state = 'paid'";
    assert_eq!(day.online.1.as_i64(), bench.count(online).await);
    let waiting = "SELECT count(*) FROM refunds WHERE state IN ('due_in_cash', 'failed')";
    assert_eq!(
        i64::try_from(day.due.len()).unwrap(),
        bench.count(waiting).await
    );

    // A receipt for each payment that a reservation stood on, numbered without a gap.
    let cash = bench
        .count("SELECT count(*) FROM payments WHERE means = 'cash'")
        .await;
    let of_cash = "SELECT count(*) FROM receipts r JOIN payments p ON p.id = r.payment_id
        WHERE p.means = 'cash'";
    assert_eq!(bench.count(of_cash).await, cash);
    let gaps = "SELECT CAST(COALESCE(MAX(number), 0) - count(*) AS bigint) FROM receipts";
    assert_eq!(bench.count(gaps).await, 0);
}

/// One life, from an empty database.
async fn live(db: &testkit::TestStore, seed: u64) {
    let bench = Bench::new(db).await;
    let clerk = bench.clerk("sato").await;
    let mut life = Life {
        bench: &bench,
        clerk,
        dice: Dice(seed),
        open: Vec::new(),
        all: Vec::new(),
        booked: Vec::new(),
        days: 0,
    };
    life.open().await;
    life.open().await;
    for _step in 0..STEPS {
        life.step().await;
    }
    let last = life.open[0];
    life.close(last).await;
    for till in life.all.clone() {
        assert_a_drawer_agrees(&bench, &life.clerk, till).await;
    }
    assert_the_day_agrees(&bench, &life).await;
    bench.assert_sound().await;
    bench.assert_books_agree().await;
}

testkit::on_both! {
    async fn drawers_ledger_and_sheets_agree_with_the_raw_rows(db: TestStore) {
        live(&db, 11).await;
    }

    async fn and_in_another_life(db: TestStore) {
        live(&db, 2_026).await;
    }

    async fn and_in_a_third(db: TestStore) {
        live(&db, 987_654_321).await;
    }
}
