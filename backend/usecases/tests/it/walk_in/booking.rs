//! Holding a room for somebody at the counter.

use contract::{BookRoom, Call, Counter as _, Refusal, Role, WalkIn as _};
use domain::availability::SlotStatus;
use domain::ids::{PersonId, ReservationId};
use domain::reservation::Channel;
use domain::town::Slug;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{Job, JobKind};

use super::{clerk, now, secret, taro};
use crate::bench::Bench;
use crate::bench::wishes::{code, refusal, yen};

/// 太郎, registered without an e-mail address.
async fn registered(bench: &Bench, clerk: &Call) -> PersonId {
    bench.desk().register(clerk, &taro(bench)).await.unwrap()
}

async fn hold(bench: &Bench, clerk: &Call, person: PersonId, form: &BookRoom) -> ReservationId {
    bench.desk().book_for(clerk, person, form).await.unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

testkit::on_both! {
    async fn a_clerk_holds_a_room_for_somebody_and_it_says_who_did(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let taro = registered(&bench, &clerk).await;
        let form = bench.gym();
        let quote = bench.desk().quote_for(&clerk, taro, &form.what).await.unwrap();
        assert_eq!(quote.total_yen, yen(1_600));
        let id = hold(&bench, &clerk, taro, &form).await;
        assert_eq!(hold(&bench, &clerk, taro, &form).await, id, "one form, one reservation");

        let day = bench.desk().arrivals(&clerk, Some(&slug("gym")), form.what.date).await.unwrap();
        let [arrival] = &day.arrivals[..] else { panic!("{:?}", day.arrivals) };
        assert_eq!((arrival.id, arrival.channel), (id, Channel::Counter));
        assert_eq!(arrival.person.reveal(), "山本　太郎");
        let staff = clerk.staff_member().unwrap();
        let noted = format!(
            "SELECT count(*) FROM audit_entries WHERE action = 'reservation.held'
            AND subject = 'reservation:{id}' AND actor = 'staff:{staff}'
            AND CAST(detail AS text) LIKE '%{taro}%'"
        );
        assert_eq!(bench.count(&noted).await, 1);
        let own = bench.book(&bench.form("gym-full", "2026-12-05", "09:00", "11:00")).await.unwrap();
        let day = bench.desk().arrivals(&clerk, Some(&slug("gym")), form.what.date).await.unwrap();
        let online = day.arrivals.iter().find(|one| one.id == own).unwrap();
        assert_eq!(online.channel, Channel::Online);
        bench.assert_sound().await;
    }

    async fn the_counter_sells_what_is_over_online(db: TestStore) {
        let bench = Bench::new(&db).await;
        let form = bench.form("hall-room", "2026-11-27", "09:00", "12:00");
        bench.becomes("2026-11-27", "08:50");
        assert!(matches!(refusal(bench.book(&form).await), Refusal::WindowCounterOnly { .. }));
        let clerk = clerk(&bench).await;
        let (desk, me) = (bench.desk(), bench.me());
        let day = desk.day_for(&clerk, me, Some(&slug("hall")), form.what.date).await.unwrap();
        let statuses: Vec<_> = day.day.rooms[0].slots.iter().map(|slot| &slot.status).collect();
        assert_eq!(statuses, [&SlotStatus::Free, &SlotStatus::Free]);
        let week = desk.room_for(&clerk, me, &slug("hall-room"), form.what.date).await.unwrap();
        assert_eq!(week.week.days[0].slots[0].status, SlotStatus::Free);
        hold(&bench, &clerk, me, &form).await;
    }

    async fn a_time_that_has_begun_is_sold_until_it_ends_but_not_online(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let me = bench.me();
        bench.becomes("2026-11-27", "09:10");
        let morning = bench.form("hall-room", "2026-11-27", "09:00", "12:00");
        assert_eq!(refusal(bench.book(&morning).await), Refusal::SlotPast);
        hold(&bench, &now(&bench, &clerk), me, &morning).await;
        let (at_once, hall) = (now(&bench, &clerk), slug("hall"));
        let day = bench.desk().day_for(&at_once, me, Some(&hall), morning.what.date).await;
        let slots = day.unwrap().day.rooms[0].slots.clone();
        assert_eq!((slots[0].status.clone(), slots[1].status.clone()), (SlotStatus::Taken, SlotStatus::Free));

        let again = bench.form("hall-room", "2026-11-27", "09:00", "12:00");
        let second = bench.desk().book_for(&now(&bench, &clerk), me, &again).await;
        let Refusal::SlotTaken { alternatives } = refusal(second) else { panic!("not taken") };
        assert!(!alternatives.is_empty());
        bench.desk().book_for(&now(&bench, &clerk), me, &bench.form_for(&alternatives[0])).await.unwrap();

        bench.becomes("2026-11-27", "17:00");
        let over = bench.form("hall-room", "2026-11-27", "13:00", "17:00");
        let over = bench.desk().book_for(&now(&bench, &clerk), me, &over).await;
        assert_eq!(refusal(over), Refusal::SlotPast);
        bench.assert_sound().await;
    }

    async fn what_has_not_opened_has_not_opened_for_the_counter(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let early = bench.form("gym-full", "2027-02-25", "10:00", "12:00");
        let early = bench.desk().book_for(&clerk, bench.me(), &early).await;
        assert!(matches!(refusal(early), Refusal::WindowNotYet { .. }));
    }

    async fn the_fee_is_the_persons_and_not_the_clerks(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let mut outsider = taro(&bench);
        outsider.in_town = Some(false);
        let outsider = bench.desk().register(&clerk, &outsider).await.unwrap();
        let form = bench.gym();
        let quote = bench.desk().quote_for(&clerk, outsider, &form.what).await.unwrap();
        assert_eq!(quote.total_yen, yen(3_200));
        let seen = BookRoom { seen_total_yen: Some(yen(1_600)), ..form.clone() };
        let changed = bench.desk().book_for(&clerk, outsider, &seen).await;
        assert_eq!(refusal(changed), Refusal::PriceChanged { total_yen: yen(3_200) });
        hold(&bench, &clerk, outsider, &form).await;
    }

    async fn whoever_cannot_be_reached_at_all_gives_a_number_first(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let silent = bench.come_in(&crate::bench::Card::of("silent")).await;
        let (desk, form) = (bench.desk(), bench.gym());
        assert_eq!(code(desk.book_for(&clerk, silent, &form).await), "profile.incomplete");
        for nonsense in ["", "12", "1234-5678-9018"] {
            let refused = desk.give_phone(&clerk, silent, &secret(nonsense)).await;
            assert_eq!(code(refused), "input.invalid", "{nonsense}");
        }
        let phone = secret("0774-12-3456");
        desk.give_phone(&clerk, silent, &phone).await.unwrap();
        desk.give_phone(&clerk, silent, &phone).await.unwrap();
        let other = desk.give_phone(&clerk, silent, &secret("0774-99-9999")).await;
        assert_eq!(code(other), "input.stale_form", "what is known is hers to change");
        let found = desk.find_people(&clerk, &secret("3456")).await.unwrap().unwrap();
        assert_eq!(found.people[0].id, silent);
        let viewer = bench.on_duty("viewer", &[(Role::Viewer, None)]).await;
        assert_eq!(code(desk.give_phone(&viewer, silent, &phone).await), "forbidden");
        hold(&bench, &clerk, silent, &form).await;
    }

    async fn only_a_role_at_the_facility_sells_there(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, me, form) = (bench.desk(), bench.me(), bench.gym());
        let at_the_hall = bench.on_duty("suzuki", &[(Role::Window, Some("hall"))]).await;
        let viewer = bench.on_duty("viewer", &[(Role::Viewer, None)]).await;
        let (gym, room, day) = (slug("gym"), slug("gym-full"), form.what.date);
        for other in [at_the_hall, viewer, bench.call()] {
            assert_eq!(code(desk.book_for(&other, me, &form).await), "forbidden");
            assert_eq!(code(desk.quote_for(&other, me, &form.what).await), "forbidden");
            assert_eq!(code(desk.day_for(&other, me, Some(&gym), day).await), "forbidden");
            assert_eq!(code(desk.room_for(&other, me, &room, day).await), "forbidden");
        }
        let nobody = desk.book_for(&bench.visitor(), me, &form).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        let own_day = desk.day_for(&at_the_hall, me, None, day).await.unwrap();
        assert_eq!((own_day.day.facility.id.as_str(), own_day.choices.len()), ("hall", 1));
        let clerk = clerk(&bench).await;
        let nowhere = desk.day_for(&clerk, me, Some(&slug("arena")), day).await;
        assert_eq!(code(nowhere), "not_found");
        let nobody = PersonId(bench.world().chance.id(bench.now()));
        assert_eq!(code(desk.book_for(&clerk, nobody, &form).await), "not_found");
        assert_eq!(bench.rows().await["reservations"], 0);
    }

    async fn the_last_use_of_a_room_is_offered_again(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let (me, room) = (bench.me(), slug("gym-full"));
        let day = "2026-12-05".parse().unwrap();
        let first = bench.desk().room_for(&clerk, me, &room, day).await.unwrap();
        assert_eq!(first.usual, None);
        let mut form = bench.gym();
        form.what.people = 17;
        bench.book(&form).await.unwrap();
        let next = bench.desk().room_for(&clerk, me, &room, day).await.unwrap().usual.unwrap();
        assert_eq!((next.people, next.purpose), (17, slug("basketball")));
        let other = bench.desk().room_for(&clerk, me, &slug("gym-north"), day).await.unwrap();
        assert_eq!(other.usual, None, "another room, another use");
    }

    async fn somebody_without_an_address_gets_no_mail_and_nothing_is_given_up(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let taro = registered(&bench, &clerk).await;
        let id = hold(&bench, &clerk, taro, &bench.hall()).await;
        let kind = JobKind::MailCancelled { reservation: id };
        let job = Job {
            municipality: bench.world().municipality,
            id: domain::ids::JobId(bench.world().chance.id(bench.now())),
            dedup_key: kind.dedup_key(),
            kind,
            due_at: bench.now(),
            attempts: 0,
        };
        let mut tx = bench.store().begin(bench.world().municipality).await.unwrap();
        tx.enqueue(&job).await.unwrap();
        tx.commit().await.unwrap();
        bench.work().await;
        let done = "SELECT count(*) FROM jobs WHERE done_at IS NOT NULL AND failed_at IS NULL";
        assert_eq!(bench.count(done).await, 1);
        let typed = secret("山本");
        let found = bench.desk().find_people(&clerk, &typed).await.unwrap().unwrap();
        assert_eq!(found.people[0].id, taro);
    }
}
