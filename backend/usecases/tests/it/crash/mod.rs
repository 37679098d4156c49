//! `kill -9` at every step (test 25): a process of its own books, pays, settles, cancels or signs
//! somebody in, and dies before its n-th write, commit, call to the payment service or mail, for
//! every n. Then the house starts again: nothing is half-written, and the worker brings everything
//! to its end.

mod child;
mod dying;

use std::process::{ExitStatus, Stdio};

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};
use contract::{BookRoom, ReservationState};
use domain::ids::ReservationId;
use std::os::unix::process::ExitStatusExt as _;
use testkit::TestStore;
use tokio::process::Command;

use crate::bench::Bench;
use child::{Act, Orders};

/// More steps than any act has: a fuse that never burns down would hide that nothing is killed.
const MANY: u32 = 60;

/// A house in which processes die.
struct Site {
    bench: Bench,
    /// Counts the bookings, so that each has a time of its own.
    bookings: u32,
}

impl Site {
    async fn new(db: &TestStore) -> Self {
        let bench = Bench::new(db).await;
        bench.shut().await;
        Self { bench, bookings: 0 }
    }

    /// A form for a time that no other has asked for.
    fn form(&mut self, act: Act) -> BookRoom {
        let n = self.bookings;
        self.bookings += 1;
        match act {
            Act::BookFree => {
                let times = [("09:00", "12:00"), ("13:00", "17:00")];
                let (start, end) = times[usize::try_from(n % 2).unwrap()];
                self.bench.form("hall-room", &day_of_use(n / 2), start, end)
            }
            Act::BookAndPay
            | Act::Settle
            | Act::Cancel
            | Act::Notice
            | Act::Rounds
            | Act::SignIn => {
                let (start, end) = (9 + n % 12, 10 + n % 12);
                let (start, end) = (format!("{start:02}:00"), format!("{end:02}:00"));
                self.bench
                    .form("gym-full", &day_of_use(n / 12), &start, &end)
            }
        }
    }

    /// Plays an act in a process of its own that dies before its `strike`-th step.
    async fn play(
        &self,
        act: Act,
        form: &BookRoom,
        id: Option<ReservationId>,
        strike: u32,
    ) -> ExitStatus {
        let bench = &self.bench;
        let orders = Orders {
            database: bench.db().url().to_owned(),
            stripe: bench.stripe_url().to_string(),
            smtp: bench.mailbox().smtp_url(),
            municipality: bench.world().municipality,
            person: bench.me(),
            now: bench.now(),
            seed: u64::from(1_000 + self.bookings),
            act,
            room: form.what.room.clone(),
            date: form.what.date,
            times: (form.what.start, form.what.end),
            purpose: form.purpose.clone(),
            submission: form.submission,
            reservation: id,
            strike,
        };
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::child::the_process_that_is_killed",
                "--ignored",
            ])
            .env(child::ORDERS, serde_json::to_string(&orders).unwrap())
            .stdout(Stdio::null())
            .status()
            .await
            .unwrap()
    }
}

/// The n-th day of use a month ahead on which both gym and hall are open.
fn day_of_use(n: u32) -> String {
    let from = NaiveDate::from_ymd_opt(2026, 12, 8).unwrap();
    let year_end = |day: &NaiveDate| day.ordinal() > 360 || day.ordinal() < 4;
    let open =
        |day: &NaiveDate| !matches!(day.weekday(), Weekday::Mon | Weekday::Tue) && !year_end(day);
    let mut days = from.iter_days().filter(open);
    days.nth(usize::try_from(n).unwrap()).unwrap().to_string()
}

/// A while goes by with a worker at work: leases run out, holds lapse, pages close.
async fn a_while(bench: &Bench) {
    for minutes in [3, 31, 5] {
        bench.pass(Duration::minutes(minutes));
        bench.rounds().await;
    }
}

/// The mails about a reservation whose Message-ID begins so.
fn mails_about(bench: &Bench, kind: &str, id: ReservationId) -> usize {
    let wanted = format!("{kind}.{id}");
    let mails = bench.mailbox().mails();
    let about = mails.iter().filter_map(|mail| mail.message_id.as_deref());
    about
        .filter(|message_id| message_id.starts_with(&wanted))
        .count()
}

/// Kills an act at every step. `prepare` sets the stage, `after` looks at what is left.
async fn kill_at_every_step(
    db: &TestStore,
    act: Act,
    prepare: impl AsyncFn(&Bench, &BookRoom) -> Option<ReservationId>,
    after: impl AsyncFn(&Bench, &BookRoom, Option<ReservationId>, u32),
) {
    let mut site = Site::new(db).await;
    let mut killed = 0;
    for strike in 1.. {
        let form = site.form(act);
        let bench = site.bench.started_again().await;
        let id = prepare(&bench, &form).await;
        bench.shut().await;

        let status = site.play(act, &form, id, strike).await;
        let ran_through = status.success();
        assert!(
            ran_through || status.signal() == Some(9),
            "step {strike}: {status}"
        );

        let bench = site.bench.started_again().await;
        bench.assert_sound().await;
        after(&bench, &form, id, strike).await;
        bench.assert_sound().await;
        bench.assert_books_agree().await;
        bench.shut().await;
        if ran_through {
            break;
        }
        killed = strike;
        assert!(killed < MANY, "the act never ends");
    }
    assert!(killed >= 10, "only {killed} steps: who counts them?");
    let bench = site.bench.started_again().await;
    for session in bench.stripe().sessions() {
        let status = bench.stripe().object(&session).unwrap()["status"].clone();
        assert_ne!(status, "open", "a page was left open");
    }
    bench.shut().await;
}

async fn nothing_yet(_bench: &Bench, _form: &BookRoom) -> Option<ReservationId> {
    None
}

/// What a form has made, if anything.
async fn made_by(bench: &Bench, form: &BookRoom) -> Option<ReservationId> {
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    let made = reading
        .by_submission(bench.me(), form.submission)
        .await
        .unwrap();
    made.map(|record| record.id)
}

testkit::on_both! {
    async fn a_free_booking_killed_anywhere_is_whole_or_not_there(db: TestStore) {
        kill_at_every_step(&db, Act::BookFree, nothing_yet, async |bench, form, _, strike| {
            let made = made_by(bench, form).await;
            if strike % 2 == 0 {
                // The person sends the form again and goes on.
                let id = bench.book(form).await.unwrap();
                assert!(made.is_none_or(|made| made == id));
                bench.press_pay(id).await.unwrap();
                a_while(bench).await;
                assert_eq!(bench.state(id).await, ReservationState::Confirmed);
                assert!(mails_about(bench, "mail_confirmed", id) >= 1);
            } else {
                // The person never comes back.
                a_while(bench).await;
                if let Some(id) = made {
                    let state = bench.state(id).await;
                    let ended = [ReservationState::Confirmed, ReservationState::Released];
                    assert!(ended.contains(&state), "{state:?}");
                }
            }
        })
        .await;
    }

    async fn a_booking_and_its_payment_page_killed_anywhere_go_on_or_lapse(db: TestStore) {
        kill_at_every_step(&db, Act::BookAndPay, nothing_yet, async |bench, form, _, strike| {
            let made = made_by(bench, form).await;
            if strike % 2 == 0 {
                let id = bench.book(form).await.unwrap();
                assert!(made.is_none_or(|made| made == id));
                bench.pay_for(id).await;
                a_while(bench).await;
                assert_eq!(bench.state(id).await, ReservationState::Confirmed);
                assert_eq!(bench.payments(id).await.len(), 1, "the page of before is used");
                bench.assert_settled(id).await;
            } else {
                a_while(bench).await;
                if let Some(id) = made {
                    assert_eq!(bench.state(id).await, ReservationState::Released);
                    bench.assert_settled(id).await;
                }
                let mut again = form.clone();
                again.submission = bench.gym().submission;
                let id = bench.book(&again).await.unwrap();
                bench.press_cancel(id).await.unwrap();
            }
        })
        .await;
    }

    async fn money_that_came_is_booked_once_wherever_settling_is_killed(db: TestStore) {
        let paid = async |bench: &Bench, form: &BookRoom| {
            let id = bench.book(form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pay_at_stripe(&session);
            Some(id)
        };
        kill_at_every_step(&db, Act::Settle, paid, async |bench, _, id, _| {
            let id = id.unwrap();
            a_while(bench).await;
            assert_eq!(bench.state(id).await, ReservationState::Confirmed);
            bench.assert_settled(id).await;
            // Sent before the killed worker could note it, it goes out again as the same mail.
            let mails = mails_about(bench, "mail_confirmed", id);
            assert!((1..=2).contains(&mails), "{mails} mails");
        })
        .await;
    }

    async fn a_cancellation_killed_anywhere_gives_back_once(db: TestStore) {
        let confirmed = async |bench: &Bench, form: &BookRoom| {
            let id = bench.book(form).await.unwrap();
            bench.pay_for(id).await;
            bench.work().await;
            Some(id)
        };
        kill_at_every_step(&db, Act::Cancel, confirmed, async |bench, _, id, _| {
            let id = id.unwrap();
            // Done already, or done now: the button is the same.
            bench.press_cancel(id).await.unwrap();
            a_while(bench).await;
            let state = bench.state(id).await;
            assert!(matches!(state, ReservationState::Cancelled { .. }), "{state:?}");
            let refunds = bench.refunds(id).await;
            assert_eq!(refunds.len(), 1);
            assert_eq!(bench.balance(id).await.clearing, 0);
            bench.assert_settled(id).await;
            let mails = mails_about(bench, "mail_cancelled", id);
            assert!((1..=2).contains(&mails), "{mails} mails");
        })
        .await;
    }

    /// Kept or not kept; looked into or not: the service sends it again until we said that we have
    /// it, and in the end it has been taken in once.
    async fn a_notice_killed_anywhere_is_taken_in_once(db: TestStore) {
        let paid = async |bench: &Bench, form: &BookRoom| {
            let id = bench.book(form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pay_at_stripe(&session);
            Some(id)
        };
        kill_at_every_step(&db, Act::Notice, paid, async |bench, _, id, strike| {
            let id = id.unwrap();
            let event = bench.events().await.pop().unwrap();
            let kept = format!("SELECT count(*) FROM inbox_events WHERE event_id = '{}'", event.id);
            let was_kept = bench.count(&kept).await;
            if was_kept == 0 || strike % 2 == 0 {
                bench.receive(&event).await;
            }
            a_while(bench).await;
            assert_eq!(bench.state(id).await, ReservationState::Confirmed);
            bench.assert_settled(id).await;
            assert_eq!(bench.count(&kept).await, 1);
            let left = "SELECT count(*) FROM jobs WHERE kind = 'handle_event' AND done_at IS NULL";
            assert_eq!(bench.count(left).await, 0);
            let mails = mails_about(bench, "mail_confirmed", id);
            assert!((1..=2).contains(&mails), "{mails} mails");
        })
        .await;
    }

    /// The page is closed first and the floor goes after, wherever the rounds are killed.
    async fn rounds_killed_anywhere_over_an_unpaid_page_let_the_floor_go_once(db: TestStore) {
        let overdue = async |bench: &Bench, form: &BookRoom| {
            let id = bench.book(form).await.unwrap();
            bench.open_page(id).await;
            bench.pass(Duration::minutes(31));
            Some(id)
        };
        kill_at_every_step(&db, Act::Rounds, overdue, async |bench, form, id, _| {
            let id = id.unwrap();
            a_while(bench).await;
            assert_eq!(bench.state(id).await, ReservationState::Released);
            bench.assert_settled(id).await;
            // The floor is there for somebody else.
            let mut again = form.clone();
            again.submission = bench.gym().submission;
            let again = bench.book(&again).await.unwrap();
            bench.press_cancel(again).await.unwrap();
        })
        .await;
    }

    /// Paid in the last moment, which the rounds bring to light.
    async fn rounds_killed_anywhere_over_a_paid_page_lose_no_money(db: TestStore) {
        let overdue = async |bench: &Bench, form: &BookRoom| {
            let id = bench.book(form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pass(Duration::minutes(31));
            bench.pay_at_stripe(&session);
            Some(id)
        };
        kill_at_every_step(&db, Act::Rounds, overdue, async |bench, _, id, _| {
            let id = id.unwrap();
            a_while(bench).await;
            assert_eq!(bench.state(id).await, ReservationState::Confirmed);
            bench.assert_settled(id).await;
            let mails = mails_about(bench, "mail_confirmed", id);
            assert!((1..=2).contains(&mails), "{mails} mails");
        })
        .await;
    }

    async fn a_newcomer_killed_anywhere_at_the_door_is_one_person_or_nobody(db: TestStore) {
        kill_at_every_step(&db, Act::SignIn, nothing_yet, async |bench, form, _, strike| {
            let card = child::newcomer(form.submission);
            let subject = &card.subject;
            let known = format!("SELECT count(*) FROM identities WHERE subject = '{subject}'");
            let inside = format!("SELECT count(*) FROM sessions s JOIN identities i
                ON i.person_id = s.person_id WHERE i.subject = '{subject}'");
            // Entered with the session or not at all; the session of before goes with the new one.
            let found = (bench.count(&known).await, bench.count(&inside).await);
            assert!([(0, 0), (1, 1)].contains(&found), "step {strike}: {found:?}");
            let nameless = "SELECT count(*) FROM people p WHERE NOT EXISTS
                (SELECT 1 FROM identities i WHERE i.person_id = p.id)";
            assert_eq!(bench.count(nameless).await, 0, "step {strike}");
            // Whatever was left, the card opens the door, to one and the same person.
            let person = bench.come_in(&card).await;
            assert_eq!(bench.come_in(&card).await, person);
            assert_eq!(bench.count(&known).await, 1);
        })
        .await;
    }
}
