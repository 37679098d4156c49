//! Many people, one floor, real connections (DESIGN.md §3): exactly one winner or one consistent
//! set of winners; the losers are told what is free, and it is.

use std::sync::Arc;

use contract::{BookRoom, Failure, Outcome, Refusal, SlotOffer};
use domain::ids::{PersonId, ReservationId};
use domain::span::Span;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bench::{Bench, Card};

const PEOPLE: usize = 50;
const ROUNDS: usize = 20;

/// What somebody wanted, and what became of it.
type Wish = (BookRoom, Outcome<ReservationId>);

async fn crowd(bench: &Bench) -> Vec<PersonId> {
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        people.push(bench.settle_in(&Card::of(&format!("person{n}"))).await);
    }
    people
}

/// Lets everybody book at once.
async fn rush(bench: &Bench, people: &[PersonId], wish: impl Fn(usize) -> BookRoom) -> Vec<Wish> {
    let start = Arc::new(Barrier::new(people.len()));
    let mut tasks = JoinSet::new();
    for (n, person) in people.iter().copied().enumerate() {
        let (bench, start, wish) = (bench.clone(), Arc::clone(&start), wish(n));
        tasks.spawn(async move {
            start.wait().await;
            let outcome = bench.book_as(person, &wish).await;
            (wish, outcome)
        });
    }
    tasks.join_all().await
}

/// A day of its own for each round, none of them closed.
fn day(round: usize) -> String {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let open = day
        .iter_days()
        .filter(|day| day.format("%a").to_string() != "Mon");
    open.skip(round).map(|day| day.to_string()).next().unwrap()
}

fn span(form: &BookRoom) -> Span {
    Span::on(form.what.date, form.what.start, form.what.end).unwrap()
}

/// Those who got it, and the others with what they were offered.
fn part(outcomes: Vec<Wish>) -> (Vec<BookRoom>, Vec<(BookRoom, Vec<SlotOffer>)>) {
    let (mut winners, mut losers) = (Vec::new(), Vec::new());
    for (wish, outcome) in outcomes {
        match outcome {
            Ok(_id) => winners.push(wish),
            Err(Failure::Refused(Refusal::SlotTaken { alternatives })) => {
                losers.push((wish, alternatives));
            }
            Err(other) => panic!("neither won nor told what is free: {other:?}"),
        }
    }
    (winners, losers)
}

/// Every offer can be booked: tried with the rules of the booking itself and taken back.
async fn assert_free(bench: &Bench, offers: &[SlotOffer]) {
    for offer in offers {
        let id = bench.book(&bench.form_for(offer)).await.unwrap();
        bench.press_cancel(id).await.unwrap();
    }
}

testkit::on_both! {
    async fn fifty_people_at_once_on_one_court_make_one_booking(db: TestStore) {
        let bench = Bench::new(&db).await;
        let people = crowd(&bench).await;
        for round in 0..ROUNDS {
            let day = day(round);
            let wish = |_| bench.form("gym-full", &day, "18:00", "20:00");
            let (winners, losers) = part(rush(&bench, &people, wish).await);
            assert_eq!((winners.len(), losers.len()), (1, PEOPLE - 1), "round {round}");
            // Once one has it the floor changes no more, so all are offered the same.
            let offers = &losers[0].1;
            assert!(losers.iter().all(|(_, others)| others == offers), "round {round}");
            assert_eq!(offers.len(), 3, "round {round}");
            assert_free(&bench, offers).await;
        }
        let won = "SELECT count(*) FROM reservations WHERE holds_floor";
        assert_eq!(bench.count(won).await, 20);
        assert_eq!(bench.rows().await["claims"], 20 * 8);
        bench.assert_sound().await;
    }

    async fn the_whole_gym_and_its_halves_never_stand_together(db: TestStore) {
        let bench = Bench::new(&db).await;
        let people = crowd(&bench).await;
        for round in 0..ROUNDS {
            let day = day(round);
            let wish = |n: usize| {
                let room = ["gym-full", "gym-north", "gym-south"][n % 3];
                // Overlapping times in all orders, so that sorting has something to prove.
                let times = [("18:00", "20:00"), ("18:30", "19:30"), ("19:00", "21:00")];
                let (start, end) = times[n / 3 % 3];
                bench.form(room, &day, start, end)
            };
            let (winners, losers) = part(rush(&bench, &people, wish).await);
            assert!(!winners.is_empty(), "round {round}: somebody must get it");
            let town = &bench.world().town.town;
            for (n, one) in winners.iter().enumerate() {
                for other in &winners[n + 1..] {
                    let (_, room) = town.room(&one.what.room).unwrap();
                    let (_, next) = town.room(&other.what.room).unwrap();
                    let clash = room.conflicts_with(next) && span(one).overlaps(span(other));
                    assert!(!clash, "round {round}: {one:?} and {other:?}");
                }
            }
            assert!(losers.iter().all(|(_, offers)| !offers.is_empty()), "round {round}");
            // While the others were booking an offer may have gone; now that all is quiet it holds.
            let again = bench.book(&losers[0].0).await;
            let Err(Failure::Refused(Refusal::SlotTaken { alternatives })) = again else {
                panic!("round {round}: lost to nobody: {again:?}");
            };
            assert_free(&bench, &alternatives).await;
        }
        bench.assert_sound().await;
    }

    /// Who is told what is free books it at once, against everybody else who was told the same.
    async fn in_the_end_everybody_who_follows_the_offers_has_a_time(db: TestStore) {
        let bench = Bench::new(&db).await;
        let people = crowd(&bench).await;
        let start = Arc::new(Barrier::new(people.len()));
        let mut tasks = JoinSet::new();
        for (n, person) in people.into_iter().enumerate() {
            let (bench, start) = (bench.clone(), Arc::clone(&start));
            tasks.spawn(async move {
                let mut form = bench.form("gym-full", "2026-12-05", "18:00", "20:00");
                start.wait().await;
                for _ in 0..PEOPLE {
                    match bench.book_as(person, &form).await {
                        Err(Failure::Refused(Refusal::SlotTaken { alternatives })) => {
                            let offer = &alternatives[n % alternatives.len()];
                            form = bench.form_for(offer);
                        }
                        outcome => return outcome.map(|_id| ()),
                    }
                }
                panic!("offered {PEOPLE} times what was not to be had")
            });
        }
        for outcome in tasks.join_all().await {
            outcome.unwrap();
        }
        assert_eq!(bench.rows().await["reservations"], 50);
        bench.assert_sound().await;
    }
}
