//! Drawers: one till at a time, everything that moves in them once, closed for good.

use std::sync::Arc;

use chrono::Duration;
use domain::ids::{FacilityId, StaffId, TillId};
use domain::money::Yen;
use domain::till::{CashCount, CashInDrawer, Denomination, Difference, Movement, TillState};
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{MovementRecord, Store as _, StoreFailure, TillRecord};

use crate::behind::refused;
use crate::booking::booked;
use crate::cash::{cash, due_in_cash, move_refund};
use crate::money::{ask_for, paid_for};
use crate::payments::enter;

/// A drawer of the gym just opened with a float of 5,000 円.
pub async fn opened(world: &TestWorld, drawer: u32) -> (TillRecord, Option<Movement>) {
    let (state, movement) = TillState::open(Yen::new(5_000), world.clock.now()).unwrap();
    let till = TillRecord {
        id: TillId(world.chance.id(world.clock.now())),
        facility: gym(world),
        drawer,
        state,
        opened_by: world.clerk().await.unwrap(),
        closed_by: None,
        revision: 1,
    };
    (till, movement)
}

fn gym(world: &TestWorld) -> FacilityId {
    world.facility(&"gym".parse().unwrap()).unwrap()
}

/// Enters a till; true when the drawer had none that is open.
async fn insert(world: &TestWorld, till: &TillRecord) -> bool {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let opened = tx.insert_till(till).await.unwrap();
    tx.commit().await.unwrap();
    opened
}

pub fn moved(world: &TestWorld, till: &TillRecord, movement: Movement) -> MovementRecord {
    world.clock.advance(Duration::microseconds(1));
    MovementRecord {
        id: world.chance.id(world.clock.now()),
        till: till.id,
        movement,
        made_by: till.opened_by,
        at: world.clock.now(),
    }
}

/// Adds a movement alone; the till's own sums are not the point.
async fn add(world: &TestWorld, movement: &MovementRecord) -> Result<bool, StoreFailure> {
    let mut tx = world.store.begin(world.municipality).await?;
    let added = tx.insert_movement(movement).await?;
    tx.commit().await?;
    Ok(added)
}

/// The till's next state, with its movement if there is one.
async fn step(
    world: &TestWorld,
    till: &TillRecord,
    (state, by): (&TillState, StaffId),
    movement: Option<&MovementRecord>,
) -> TillRecord {
    let now = world.clock.now();
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let locked = tx.lock_till(till.id).await.unwrap().unwrap();
    assert_eq!(&locked, till);
    tx.set_till(till.id, locked.revision, state, by, now)
        .await
        .unwrap();
    if let Some(movement) = movement {
        assert!(tx.insert_movement(movement).await.unwrap());
    }
    tx.commit().await.unwrap();
    let reading = world.store.read(world.municipality).await.unwrap();
    reading.till(till.id).await.unwrap().unwrap()
}

fn counted(thousands: i64, hundreds: i64) -> CashCount {
    CashCount::new([
        (Denomination::Yen1000, thousands),
        (Denomination::Yen100, hundreds),
    ])
    .unwrap()
}

testkit::on_both! {
    async fn a_drawer_comes_back_as_it_stands_at_every_step_of_its_day(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, float) = opened(&world, 1).await;
        let clerk = till.opened_by;
        let another = world.clerk().await.unwrap();
        let float = moved(&world, &till, float.unwrap());
        assert!(insert(&world, &till).await);
        assert!(add(&world, &float).await.unwrap());

        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let (state, received, change) = till
            .state
            .clone()
            .receive(taken.id, taken.amount, Yen::new(1_000), world.clock.now())
            .unwrap();
        assert_eq!(change.amount, Yen::new(200));
        let received = moved(&world, &till, received);
        let till = step(&world, &till, (&state, clerk), Some(&received)).await;
        assert_eq!((&till.state, till.revision, till.closed_by), (&state, 2, None));

        let back = due_in_cash(&world, taken.id, reservation.id);
        ask_for(&world, &back).await;
        let out = back.state.clone().pay_in_cash(back.amount, Yen::ZERO, world.clock.now());
        move_refund(&world, back.id, 1, &out.unwrap()).await;
        let (state, paid_out) = state.pay_out(back.id, back.amount, world.clock.now()).unwrap();
        let paid_out = moved(&world, &till, paid_out);
        let till = step(&world, &till, (&state, another), Some(&paid_out)).await;

        world.clock.advance(Duration::hours(8));
        let state = state.close(counted(5, 3), "百円玉が1枚足りない", world.clock.now()).unwrap();
        let till = step(&world, &till, (&state, another), None).await;
        assert_eq!((&till.state, till.closed_by), (&state, Some(another)));
        let TillState::Closed(closed) = &till.state else { unreachable!("{till:?}") };
        assert_eq!(closed.difference(), Difference::Short(Yen::new(100)));

        let reading = world.store.read(world.municipality).await.unwrap();
        let movements = reading.movements(till.id).await.unwrap();
        assert_eq!(movements, [float, received, paid_out]);
        let sums = CashInDrawer::of(movements.iter().map(|one| &one.movement)).unwrap();
        assert_eq!(sums, till.state.cash());
        assert_eq!(reading.tills_on(gym(&world), till.state.date()).await.unwrap(), [till]);
        assert_eq!(reading.open_tills(gym(&world)).await.unwrap(), []);
    }

    async fn twenty_who_open_one_drawer_at_once_open_it_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let start = Arc::new(Barrier::new(20));
        let mut clerks = JoinSet::new();
        for _ in 0..20 {
            let (world, start) = (world.clone(), Arc::clone(&start));
            clerks.spawn(async move {
                let (till, _) = opened(&world, 1).await;
                start.wait().await;
                insert(&world, &till).await
            });
        }
        let opened_it = clerks.join_all().await;
        assert_eq!(opened_it.iter().filter(|opened| **opened).count(), 1);
    }

    async fn a_drawer_opens_again_once_it_is_closed_and_others_do_not_mind(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (first, _) = opened(&world, 1).await;
        assert!(insert(&world, &first).await);
        let (second, _) = opened(&world, 2).await;
        assert!(insert(&world, &second).await, "another drawer");
        let hall = world.facility(&"hall".parse().unwrap()).unwrap();
        let elsewhere = TillRecord { facility: hall, ..opened(&world, 1).await.0 };
        assert!(insert(&world, &elsewhere).await, "another facility");
        world.clock.advance(Duration::hours(1));
        assert!(!insert(&world, &opened(&world, 1).await.0).await);
        let state = first.state.clone().close(counted(5, 0), "", world.clock.now()).unwrap();
        let first = step(&world, &first, (&state, first.opened_by), None).await;
        let (again, _) = opened(&world, 1).await;
        assert!(insert(&world, &again).await, "the same day");
        let reading = world.store.read(world.municipality).await.unwrap();
        let day = first.state.date();
        let known = reading.tills_on(gym(&world), day).await.unwrap();
        let known: Vec<_> = known.into_iter().map(|till| till.id).collect();
        assert_eq!(known, [first.id, again.id, second.id]);
        let open = reading.open_tills(gym(&world)).await.unwrap();
        let open: Vec<_> = open.into_iter().map(|till| till.id).collect();
        assert_eq!(open, [again.id, second.id]);
        let next_day = day.succ_opt().unwrap();
        assert_eq!(reading.tills_on(gym(&world), next_day).await.unwrap(), []);
    }

    async fn one_payment_is_taken_once_and_one_refund_paid_out_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, _) = opened(&world, 1).await;
        assert!(insert(&world, &till).await);
        let (other, _) = opened(&world, 2).await;
        assert!(insert(&world, &other).await);
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let received = Movement::Received {
            payment: taken.id,
            amount: taken.amount,
            tendered: taken.amount,
        };
        assert!(add(&world, &moved(&world, &till, received)).await.unwrap());
        assert!(!add(&world, &moved(&world, &till, received)).await.unwrap());
        assert!(!add(&world, &moved(&world, &other, received)).await.unwrap());
        let back = due_in_cash(&world, taken.id, reservation.id);
        ask_for(&world, &back).await;
        let out = back.state.clone().pay_in_cash(back.amount, Yen::ZERO, world.clock.now());
        move_refund(&world, back.id, 1, &out.unwrap()).await;
        let paid_out = Movement::PaidOut { refund: back.id, amount: back.amount };
        assert!(add(&world, &moved(&world, &other, paid_out)).await.unwrap());
        assert!(!add(&world, &moved(&world, &till, paid_out)).await.unwrap());
    }

    async fn what_moves_is_what_was_paid_in_cash_to_the_yen(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, _) = opened(&world, 1).await;
        assert!(insert(&world, &till).await);
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let by_card = paid_for(&world, reservation.id, "cs_1").await;
        let waiting = due_in_cash(&world, taken.id, reservation.id);
        ask_for(&world, &waiting).await;
        let (fee, more) = (taken.amount, Yen::new(801));
        for wrong in [
            Movement::Received { payment: taken.id, amount: more, tendered: more },
            Movement::Received { payment: by_card, amount: fee, tendered: fee },
            // Nobody has paid it out yet.
            Movement::PaidOut { refund: waiting.id, amount: waiting.amount },
        ] {
            let added = add(&world, &moved(&world, &till, wrong)).await;
            assert!(matches!(added, Err(StoreFailure::Fault(_))), "{wrong:?}: {added:?}");
        }
    }

    async fn a_closed_till_takes_nothing_more_and_stays_as_it_was_counted(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, float) = opened(&world, 1).await;
        assert!(insert(&world, &till).await);
        let state = till.state.clone().close(counted(5, 0), "", world.clock.now()).unwrap();
        let closed = step(&world, &till, (&state, till.opened_by), None).await;
        let late = add(&world, &moved(&world, &closed, float.unwrap())).await;
        assert!(matches!(late, Err(StoreFailure::Fault(_))), "{late:?}");
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let (by, now) = (till.opened_by, world.clock.now());
        let reopened = tx.set_till(till.id, closed.revision, &till.state, by, now).await;
        assert!(matches!(reopened, Err(StoreFailure::Fault(_))), "{reopened:?}");
        drop(tx);
        refused(&db, "UPDATE tills SET counted_yen = counted_yen", "closed for good").await;
    }

    async fn a_stale_clerk_changes_nothing_and_another_town_sees_nothing(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let (till, _) = opened(&world, 1).await;
        assert!(insert(&world, &till).await);
        let now = world.clock.now();
        let (state, _) = till.state.clone().add_float(Yen::new(1_000), now).unwrap();
        let till = step(&world, &till, (&state, till.opened_by), None).await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let stale = tx.set_till(till.id, 1, &state, till.opened_by, now).await;
        assert!(matches!(stale, Err(StoreFailure::Contended)), "{stale:?}");
        drop(tx);
        let reading = there.store.read(there.municipality).await.unwrap();
        assert_eq!(reading.till(till.id).await.unwrap(), None);
        assert_eq!(reading.open_tills(gym(&world)).await.unwrap(), []);
        let mut tx = there.store.begin(there.municipality).await.unwrap();
        assert_eq!(tx.lock_till(till.id).await.unwrap(), None);
    }
}
