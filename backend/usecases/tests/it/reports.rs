//! What the town answers for: figures that agree with the raw rows, and who did what.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use contract::{
    Attendance, Call, CancelReservation, Counter as _, Detail, HistoryActor, Reports as _,
    Resident as _, Role, Sales as _, TakeCash, WalkIn as _,
};
use domain::closure::{ClosureKind, ClosureReason};
use domain::figures::{Month, Ratio, Tally};
use domain::ids::{ClosureId, ClosureSeriesId, PersonId, ReservationId, TillId};
use domain::payment::AttemptState;
use domain::span::{Cell, Span};
use domain::town::Slug;
use testkit::{TestChance, TestStore};
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{ClaimOutcome, ClosureSeriesRecord};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card, session_of};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

async fn total(bench: &Bench, of: &str) -> Tally {
    let manager = bench
        .on_duty("suzuki", &[(Role::Manager, Some("gym"))])
        .await;
    let view = bench
        .desk()
        .figures(&manager, month(of), Some(&slug("gym")))
        .await;
    view.unwrap().figures.total
}

/// Half the gym is closed for an hour and a half.
async fn close(bench: &Bench, day: &str) {
    let world = bench.world();
    let span = Span::on(
        day.parse().unwrap(),
        "10:00".parse().unwrap(),
        "11:30".parse().unwrap(),
    )
    .unwrap();
    let (unit, id) = (
        world.unit("gym-a").unwrap(),
        ClosureId(world.chance.id(bench.now())),
    );
    let series = ClosureSeriesRecord {
        id: ClosureSeriesId(world.chance.id(bench.now())),
        facility: world.facility(&slug("gym")).unwrap(),
        reason: ClosureReason::new(ClosureKind::Works, "床の張り替え").unwrap(),
        asked: None,
        made_at: bench.now(),
    };
    let mut tx = bench.store().begin(world.municipality).await.unwrap();
    let spans = BTreeMap::from([(id, span)]);
    tx.insert_closure_series(&series, &spans).await.unwrap();
    let cells = span.cells().map(|cell| ((unit, cell), id)).collect();
    assert_eq!(
        tx.claim_closures(&cells).await.unwrap(),
        ClaimOutcome::Claimed
    );
    tx.commit().await.unwrap();
}

/// What people do with a gym in a month: some time is taken already, some holds lapse, some are
/// paid for, some given up, some used, and to some nobody comes.
async fn live(bench: &Bench, seed: u64) {
    let chance = TestChance::seeded(seed);
    let people = [
        bench.me(),
        bench.settle_in(&Card::of("taro")).await,
        bench.settle_in(&Card::of("jiro")).await,
    ];
    let mut to_come: BTreeMap<(String, String), (ReservationId, u32)> = BTreeMap::new();
    let mut fates = (0..9_u32).cycle();
    let clerk = bench.clerk("sato").await;
    let drawer = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
    for _wish in 0..36 {
        let pick = |of: usize| usize::try_from(chance.below(u32::try_from(of).unwrap())).unwrap();
        let (person, room) = (
            people[pick(3)],
            ["gym-full", "gym-north", "gym-south"][pick(3)],
        );
        let day = format!("2026-12-{:02}", [1, 2, 3, 5][pick(4)]);
        let start = 9 + chance.below(9);
        let time = |hour| format!("{hour:02}:00");
        let form = bench.form(room, &day, &time(start), &time(start + 1 + chance.below(3)));
        // Every other one comes to the counter.
        let clerk = bench.again(&clerk);
        let booked = if chance.below(2) == 0 {
            bench.book_as(person, &form).await
        } else {
            bench.desk().book_for(&clerk, person, &form).await
        };
        let Ok(id) = booked else {
            continue;
        };
        // Each fate in turn: none is missing, whatever chance says.
        let fate = fates.next().unwrap();
        if fate == 0 {
            continue;
        }
        if fate > 5 {
            pay_in_cash(bench, &clerk, (drawer, id)).await;
            if fate == 6 {
                give_up(bench, person, id).await;
                let due = bench.refunds(id).await.pop().unwrap();
                bench.pay_out(&clerk, drawer, due.id).await.unwrap();
            } else {
                to_come.insert((day, format!("{}{id}", time(start))), (id, fate));
            }
            continue;
        }
        let call = bench.call_of(person);
        let started = bench.desk().pay(&call, id).await.unwrap();
        let session = session_of(&started);
        if fate > 1 {
            bench.pay_at_stripe(&session);
            bench.desk().payment_returned(&call, id).await.unwrap();
        }
        bench.pass(Duration::minutes(3));
        if fate == 2 {
            give_up(bench, person, id).await;
            bench.work().await;
        }
        if fate > 3 {
            to_come.insert((day, format!("{}{id}", time(start))), (id, fate));
        }
    }
    bench.hours_go_by().await;
    for ((day, start), (id, fate)) in to_come {
        bench.becomes(&day, start.get(..5).unwrap());
        let clerk = bench.again(&clerk);
        let what = match fate {
            4 | 7 => Attendance::CheckIn,
            5 | 8 => Attendance::NoShow,
            _ => continue,
        };
        let noted = bench.desk().note_attendance(&clerk, id, what).await;
        noted.unwrap();
    }
}

async fn pay_in_cash(bench: &Bench, clerk: &Call, (till, id): (TillId, ReservationId)) {
    let owed = bench.record(id).await.quote.total_yen;
    let take = TakeCash {
        reservation: id,
        till,
        tendered: owed,
        seen_total: owed,
        submission: bench.key(),
    };
    bench.desk().take_cash(clerk, &take).await.unwrap();
}

async fn give_up(bench: &Bench, person: PersonId, id: ReservationId) {
    let cancel = CancelReservation {
        reservation: id,
        seen_refund_yen: None,
    };
    let call = bench.call_of(person);
    bench.desk().cancel(&call, &cancel).await.unwrap();
}

/// Sums and counts, read behind the store's back.
struct Raw<'a>(&'a Bench);

impl Raw<'_> {
    fn micros(of: &str) -> (i64, i64) {
        let at = |cell: Cell| -> DateTime<Utc> { cell.instant() };
        let (from, until) = Self::cells(of);
        (at(from).timestamp_micros(), at(until).timestamp_micros())
    }

    fn cells(of: &str) -> (Cell, Cell) {
        let midnight = |day| Cell::at(day, "00:00".parse().unwrap()).unwrap();
        (
            midnight(month(of).first()),
            midnight(month(of).next().first()),
        )
    }

    async fn yen(&self, of: &str, which: &str) -> i64 {
        let (from, until) = Self::micros(of);
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM ledger_entries
             WHERE booked_at >= {from} AND booked_at < {until} AND {which}"
        );
        self.0.count(&sql).await
    }

    async fn bookings(&self, of: &str, which: &str) -> u64 {
        let (from, until) = Self::cells(of);
        let sql = format!(
            "SELECT count(*) FROM reservations
             WHERE starts_at >= {} AND starts_at < {} AND {which}",
            from.minutes(),
            until.minutes()
        );
        u64::try_from(self.0.count(&sql).await).unwrap()
    }

    /// Half hours of one half of the gym that somebody has, or had.
    async fn half_hours(&self, of: &str, unit: &str, which: &str) -> u64 {
        let (from, until) = Self::cells(of);
        let sql = format!(
            "SELECT count(DISTINCT c.cell) FROM claims c
             JOIN units u ON u.municipality_id = c.municipality_id AND u.id = c.unit_id
             JOIN reservations r
                ON r.municipality_id = c.municipality_id AND r.id = c.reservation_id
             WHERE u.slug = '{unit}' AND c.cell >= {} AND c.cell < {} AND {which}",
            from.minutes(),
            until.minutes()
        );
        u64::try_from(self.0.count(&sql).await).unwrap()
    }

    async fn accepted(&self, of: &str, which: &str) -> u64 {
        let (from, until) = Self::micros(of);
        let sql = format!(
            "SELECT count(*) FROM reservations r WHERE created_at >= {from} AND created_at < {until}
             AND {which} AND EXISTS (SELECT 1 FROM payments p WHERE p.municipality_id = r.municipality_id
                AND p.reservation_id = r.id AND p.state = 'paid')"
        );
        u64::try_from(self.0.count(&sql).await).unwrap()
    }
}

const STANDS: &str = "state IN ('confirmed', 'checked_in', 'completed', 'no_show')";
const CAME: &str = "debit IN ('stripe_clearing', 'counter_cash') AND credit = 'receivable'";
const WENT: &str = "debit = 'refunds_payable' AND credit IN ('stripe_clearing', 'counter_cash')";

async fn assert_figures_agree(db: &TestStore, seed: u64) {
    let bench = Bench::new(db).await;
    close(&bench, "2026-12-04").await;
    live(&bench, seed).await;
    let raw = Raw(&bench);
    for of in ["2026-10", "2026-11", "2026-12"] {
        let total = total(&bench, of).await;
        assert_eq!(
            i128::from(total.received_yen),
            i128::from(raw.yen(of, CAME).await),
            "{of}"
        );
        assert_eq!(total.refunded_yen, raw.yen(of, WENT).await, "{of}");
        assert_eq!(total.bookings, raw.bookings(of, STANDS).await, "{of}");
        assert_eq!(
            total.checked_in,
            raw.bookings(of, "state = 'checked_in'").await,
            "{of}"
        );
        assert_eq!(
            total.no_shows,
            raw.bookings(of, "state = 'no_show'").await,
            "{of}"
        );
        let online = raw.accepted(of, "channel = 'online'").await;
        let accepted = raw.accepted(of, "true").await;
        assert_eq!(total.online, Ratio::new(online, accepted), "{of}");
        let cashless = format!("{CAME} AND debit = 'stripe_clearing'");
        let cashless = u64::try_from(raw.yen(of, &cashless).await).unwrap();
        assert_eq!(
            total.cashless_yen,
            Ratio::new(cashless, total.received_yen),
            "{of}"
        );
        let mut halves = (0, 0);
        for unit in ["gym-a", "gym-b"] {
            halves.0 += raw.half_hours(of, unit, STANDS).await;
            halves.1 += raw.half_hours(of, unit, "state = 'checked_in'").await;
        }
        assert_eq!(
            (total.blocks.booked, total.blocks.checked_in),
            halves,
            "{of}"
        );
    }
    // December 2026 without its four Mondays and 29 to 31: 24 days of 24 half hours, twice, less
    // the three that were closed.
    let december = total(&bench, "2026-12").await;
    assert_eq!(
        (december.days.open, december.blocks.open),
        (48, 48 * 24 - 3)
    );
    assert!(
        december.bookings > 3 && december.checked_in > 0,
        "{december:?}"
    );
    let november = total(&bench, "2026-11").await;
    assert!(
        november.received_yen > 0 && november.refunded_yen > 0,
        "{november:?}"
    );
    for share in [november.online, november.cashless_yen] {
        assert!(
            0 < share.part && share.part < share.whole,
            "both ways: {november:?}"
        );
    }
    assert!(december.no_shows > 1, "{december:?}");
    bench.assert_sound().await;
}

testkit::on_both! {
    async fn figures_agree_with_the_raw_rows_whatever_people_did(db: TestStore) {
        assert_figures_agree(&db, 11).await;
    }

    async fn and_whatever_other_people_did(db: TestStore) {
        assert_figures_agree(&db, 2_026).await;
    }

    /// The service may offer something one day that we have no word for, and what came before
    /// methods were kept has none: it is in the sums all the same.
    async fn money_without_a_word_for_how_it_came_is_counted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let payment = bench.payment(id).await;
        let mut state = payment.state;
        let AttemptState::Paid { method, .. } = &mut state else {
            panic!("it is paid");
        };
        *method = None;
        let mut tx = bench.store().begin(bench.world().municipality).await.unwrap();
        tx.set_payment_state(payment.id, payment.revision, &state, bench.now()).await.unwrap();
        tx.commit().await.unwrap();
        let november = total(&bench, "2026-11").await;
        assert_eq!((november.received_yen, november.refunded_yen), (1_600, 0));
        assert_eq!(november.cashless_yen, Ratio::new(1_600, 1_600));
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        assert_eq!(total(&bench, "2026-11").await.net_yen(), 0);
    }

    async fn figures_are_for_those_who_answer_for_the_place(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let (desk, now) = (bench.desk(), month("2026-11"));
        let (gym, hall) = (slug("gym"), slug("hall"));
        let manager = bench.on_duty("suzuki", &[(Role::Manager, Some("gym"))]).await;
        let all = desk.figures(&manager, now, None).await.unwrap();
        assert_eq!(all.choices.len(), 1);
        assert_eq!(all.figures.facilities.len(), 1, "the hall is another's");
        assert_eq!(all.figures.total.received_yen, 1_600);
        assert_eq!(code(desk.figures(&manager, now, Some(&hall)).await), "forbidden");
        assert_eq!(code(desk.figures(&manager, now, Some(&slug("arena"))).await), "not_found");
        let elsewhere = bench.on_duty("kato", &[(Role::Manager, Some("hall"))]).await;
        let none = desk.figures(&elsewhere, now, None).await.unwrap().figures.total;
        assert_eq!(none.received_yen, 0);
        for (role, may) in [(Role::Accounting, true), (Role::Viewer, true), (Role::Window, false)] {
            let who = bench.on_duty(role.as_str(), &[(role, None)]).await;
            assert_eq!(desk.figures(&who, now, Some(&gym)).await.is_ok(), may, "{role:?}");
            assert_eq!(desk.figures_file(&who, now, None).await.is_ok(), may, "{role:?}");
        }
        assert_eq!(code(desk.figures(&bench.call(), now, None).await), "forbidden");
        let nobody = desk.figures(&bench.visitor(), now, None).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        let file = desk.figures_file(&manager, now, Some(&gym)).await.unwrap();
        assert_eq!(file.file_name, "riyo-jisseki-2026-11-gym.csv");
    }

    async fn a_history_says_who_did_what_and_with_the_money_too(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.pass(Duration::minutes(1));
        let session = bench.open_page(id).await;
        bench.pass(Duration::minutes(1));
        bench.pay_at_stripe(&session);
        bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        bench.becomes("2026-12-05", "17:30");
        let clerk = bench.on_duty("sato", &[(Role::Window, Some("gym"))]).await;
        let desk = bench.desk();
        desk.note_attendance(&clerk, id, Attendance::CheckIn).await.unwrap();
        let manager = bench.on_duty("suzuki", &[(Role::Manager, Some("gym"))]).await;
        let history = desk.history(&manager, &id.to_string()).await.unwrap();
        let told: Vec<&str> = history.entries.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(
            told,
            [
                "reservation.held",
                "payment.started",
                // The page stands open; then it is paid.
                "payment.settled",
                "payment.settled",
                "reservation.confirmed",
                "reservation.checked_in",
            ]
        );
        assert_eq!(history.entries[0].by, HistoryActor::Resident);
        assert!(matches!(&history.entries[5].by, HistoryActor::Staff(_)));
        let after = Detail::Text("checked_in".to_owned());
        assert_eq!(history.entries[5].detail.get("after"), Some(&after));
        let found = desk.history(&manager, &history.number).await.unwrap();
        assert_eq!(found.id, id);

        let elsewhere = bench.on_duty("kato", &[(Role::Manager, Some("hall"))]).await;
        let typed = history.number.as_str();
        assert_eq!(code(desk.history(&elsewhere, typed).await), "not_found");
        assert_eq!(code(desk.history(&clerk, typed).await), "forbidden");
        assert_eq!(code(desk.history(&manager, "9999-0000-0000").await), "not_found");
        assert_eq!(code(desk.history(&manager, "=1+1").await), "not_found");
        assert_eq!(code(desk.history(&bench.call(), typed).await), "forbidden");
        assert_eq!(code(desk.history(&bench.visitor(), typed).await), "staff.sign_in_required");
    }
}
