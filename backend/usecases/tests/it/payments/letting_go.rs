//! Letting go of what was not paid: row 9, tests 15, 16 and 24.

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};
use contract::{ReservationState, Resident as _};
use domain::civil;
use domain::ids::ReservationId;
use standin::stripe::{Mischief, Operation};
use testkit::TestChance;
use usecases::ports::chance::Chance as _;

use crate::bench::Bench;
use crate::bench::wishes::code;

/// Schedules of test 15 on each database.
const SCHEDULES: u32 = 120;

/// What may happen at the moment a hold ends.
#[derive(Clone, Copy, Debug)]
enum Move {
    Pay,
    ComeBack,
    LetGo,
    Poll,
    PressPay,
    Cancel,
    Rival,
}

const MOVES: [Move; 7] = [
    Move::Pay,
    Move::ComeBack,
    Move::LetGo,
    Move::Poll,
    Move::PressPay,
    Move::Cancel,
    Move::Rival,
];

/// One case of test 15: a booking with an open page, about to lapse.
#[derive(Clone)]
struct Case {
    bench: Bench,
    id: ReservationId,
    session: String,
    day: String,
    hour: u32,
}

impl Case {
    async fn open(bench: &Bench, seed: u32) -> Self {
        let start = civil::instant(
            NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            "09:00".parse().unwrap(),
        );
        let now = start + Duration::hours(i64::from(seed) * 2);
        let time = civil::wall_clock_at(now).time().format("%H:%M").to_string();
        bench.becomes(&civil::date_at(now).to_string(), &time);
        let day = use_day(civil::date_at(start), seed / 12).to_string();
        let hour = 9 + seed % 12;
        let mut case = Self {
            bench: bench.clone(),
            id: ReservationId(uuid::Uuid::nil()),
            session: String::new(),
            day,
            hour,
        };
        case.id = bench.book(&case.form()).await.unwrap();
        case.session = bench.open_page(case.id).await;
        case
    }

    fn form(&self) -> contract::BookRoom {
        let (start, end) = (
            format!("{:02}:00", self.hour),
            format!("{:02}:00", self.hour + 1),
        );
        self.bench.form("gym-full", &self.day, &start, &end)
    }

    /// Plays one move. What it is refused is part of the game, a fault is not.
    async fn play(self, played: Move) {
        let Self { bench, id, .. } = &self;
        let refused = match played {
            Move::Pay => {
                // Whether the page still takes money is the pretend Stripe's to say.
                let _closed = bench
                    .stripe()
                    .pay(&self.session, &standin::stripe::Pay::default());
                None
            }
            Move::ComeBack => bench
                .desk()
                .payment_returned(&bench.call(), *id)
                .await
                .err(),
            Move::LetGo => bench.house().worker.release_unpaid().await.err(),
            Move::Poll => bench.house().worker.poll_payments().await.err(),
            Move::PressPay => bench.press_pay(*id).await.err(),
            Move::Cancel => bench.press_cancel(*id).await.err(),
            Move::Rival => bench.book(&self.form()).await.err(),
        };
        if let Some(contract::Failure::Fault(fault)) = refused {
            panic!("{played:?}: {fault:?}");
        }
    }
}

/// The n-th day of use that is not closed, a month ahead.
fn use_day(from: NaiveDate, n: u32) -> NaiveDate {
    let open = |day: &NaiveDate| {
        let year_end = (day.month() == 12 && day.day() > 28) || (day.month() == 1 && day.day() < 4);
        // Holidays move the closing day: keep away from Tuesdays as well.
        !year_end && !matches!(day.weekday(), Weekday::Mon | Weekday::Tue)
    };
    let mut days = from.iter_days().skip(30).filter(open);
    days.nth(usize::try_from(n).unwrap()).unwrap()
}

/// Some of the moves in some order.
fn schedule(chance: &TestChance) -> Vec<Move> {
    let mut moves = MOVES.to_vec();
    let mut drawn = Vec::new();
    let length = 3 + chance.below(5);
    for _ in 0..length {
        let left = u32::try_from(moves.len()).unwrap();
        drawn.push(moves.remove(usize::try_from(chance.below(left)).unwrap()));
    }
    drawn
}

testkit::on_both! {
    async fn an_unpaid_booking_closes_its_page_before_it_gives_the_floor_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pass(Duration::minutes(30) - Duration::microseconds(1));
        bench.rounds().await;
        assert_eq!(bench.stripe().object(&session).unwrap()["status"], "open");
        bench.pass(Duration::microseconds(1));
        bench.rounds().await;
        assert_eq!(bench.stripe().object(&session).unwrap()["status"], "expired");
        assert_eq!(bench.state(id).await, ReservationState::Released);
        assert!(bench.stripe().pay(&session, &standin::stripe::Pay::default()).is_err());
        bench.book(&bench.gym()).await.unwrap();
        bench.assert_settled(id).await;
    }

    /// Row 9, the other ending: paid in the last moment, which closing the page brings to light.
    async fn money_of_the_last_moment_confirms_instead_of_letting_go(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pass(Duration::minutes(30));
        bench.pay_at_stripe(&session);
        assert_eq!(bench.house().worker.release_unpaid().await.unwrap(), 0);
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// Test 16.
    async fn while_a_page_cannot_be_closed_the_floor_stays(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (start, end, pays) in [("18:00", "20:00", false), ("10:00", "12:00", true)] {
            let form = bench.form("gym-full", "2026-12-05", start, end);
            let id = bench.book(&form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.down(Operation::SessionExpire, Mischief::Unavailable);
            bench.pass(Duration::minutes(31));
            bench.rounds().await;
            let rival = bench.form("gym-north", "2026-12-05", start, end);
            assert_eq!(code(bench.book(&rival).await), "slot.taken");
            if pays {
                bench.pay_at_stripe(&session);
            }
            bench.stripe().clear_faults();
            bench.rounds().await;
            if pays {
                assert_eq!(bench.state(id).await, ReservationState::Confirmed);
            } else {
                assert_eq!(bench.state(id).await, ReservationState::Released);
                bench.book(&rival).await.unwrap();
            }
            bench.assert_settled(id).await;
        }
        bench.assert_sound().await;
        bench.assert_books_agree().await;
    }

    /// Test 15: paying, coming back, letting go, polling, paying again, cancelling and a rival for
    /// the same floor, in seeded orders, one after the other or all at once.
    async fn however_paying_and_lapsing_cross_nobody_loses_money_or_floor(db: TestStore) {
        let bench = Bench::new(&db).await;
        let chance = TestChance::seeded(15);
        let mut endings = std::collections::BTreeMap::new();
        for seed in 0..SCHEDULES {
            let case = Case::open(&bench, seed).await;
            bench.pass(Duration::minutes(29 + i64::from(chance.below(3))));
            let moves = schedule(&chance);
            if chance.below(2) == 0 {
                let mut playing = tokio::task::JoinSet::new();
                for played in moves.clone() {
                    playing.spawn(case.clone().play(played));
                }
                playing.join_all().await;
            } else {
                for played in moves.clone() {
                    case.clone().play(played).await;
                }
            }
            bench.pass(Duration::minutes(40));
            bench.rounds().await;
            bench.rounds().await;

            let context = format!("schedule {seed}: {moves:?}");
            let came: i64 = bench.payments(case.id).await.iter()
                .filter(|payment| payment.state.name() == "paid")
                .map(|payment| payment.amount.as_i64())
                .sum();
            let went: i64 = bench.refunds(case.id).await.iter().map(|r| r.amount.as_i64()).sum();
            let state = bench.state(case.id).await;
            let kept = match state {
                ReservationState::Confirmed => 800,
                ReservationState::Released | ReservationState::Cancelled { .. } => 0,
                other => panic!("{context}: {other:?}"),
            };
            assert_eq!(came - went, kept, "{context}");
            bench.assert_settled(case.id).await;
            assert_eq!(bench.clearing().await, bench.stripe().balance().gross, "{context}");
            let ending = std::mem::discriminant(&state);
            *endings.entry(format!("{ending:?} {came} {went}")).or_insert(0) += 1;
        }
        bench.assert_sound().await;
        // Confirmed; released or cancelled without money; cancelled with a refund.
        assert!(endings.len() >= 4, "the schedules prove little: {endings:?}");
    }

    /// Test 24: no notice ever arrives.
    async fn without_any_notice_the_poller_finds_everything_out(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut ids = Vec::new();
        for hour in 9..21 {
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 1));
            let id = bench.book(&bench.form("gym-full", "2026-12-12", &start, &end)).await.unwrap();
            ids.push((id, bench.open_page(id).await));
        }
        for (n, (_, session)) in ids.iter().enumerate() {
            if n % 3 != 0 {
                bench.pay_at_stripe(session);
            }
        }
        bench.hours_go_by().await;
        for (n, (id, _)) in ids.iter().enumerate() {
            if n % 3 == 2 {
                bench.press_cancel(*id).await.unwrap();
            }
        }
        bench.pass(Duration::days(3));
        bench.hours_go_by().await;
        for (n, (id, _)) in ids.iter().enumerate() {
            let state = bench.state(*id).await;
            match n % 3 {
                0 => assert_eq!(state, ReservationState::Released),
                1 => assert_eq!(state, ReservationState::Confirmed),
                _ => assert!(matches!(state, ReservationState::Cancelled { .. }), "{state:?}"),
            }
            bench.assert_settled(*id).await;
        }
        assert_eq!(bench.rows().await["inbox_events"], 0);
        assert_eq!(bench.stripe().balance().gross, 4 * 800);
        bench.assert_books_agree().await;
        bench.assert_sound().await;
    }
}
