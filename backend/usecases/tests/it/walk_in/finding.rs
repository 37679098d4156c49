//! Finding people by what they say at the counter.

use contract::{Call, FoundPeople, Role, WalkIn as _};
use domain::search_key::SearchRefusal;
use testkit::TestWorld;

use super::{clerk, now, secret, taro};
use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

/// Who is found by these words.
async fn found(bench: &Bench, clerk: &Call, typed: &str) -> FoundPeople {
    let answer = bench.desk().find_people(clerk, &secret(typed)).await;
    answer.unwrap().unwrap()
}

/// Their names.
async fn names(bench: &Bench, clerk: &Call, typed: &str) -> Vec<String> {
    let people = found(bench, clerk, typed).await.people;
    let names = people.into_iter().map(|one| one.name.into_revealed());
    names.collect()
}

async fn views(bench: &Bench, page: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM view_log WHERE page = '{page}'");
    bench.count(&sql).await
}

testkit::on_both! {
    async fn somebody_is_found_by_whatever_they_say(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let taro = bench.desk().register(&clerk, &taro(&bench)).await.unwrap();
        let number = bench.desk().person(&clerk, taro).await.unwrap().person.number;
        for typed in [
            number.to_string(),
            number.digits(),
            "090-1111-2222".to_owned(),
            "０９０１１１１２２２２".to_owned(),
            "2222".to_owned(),
            "ヤマモト".to_owned(),
            "やまも".to_owned(),
            "ﾀﾛｳ".to_owned(),
            "山本太郎".to_owned(),
            "山本".to_owned(),
            "太郎".to_owned(),
        ] {
            assert_eq!(names(&bench, &clerk, &typed).await, ["山本　太郎"], "{typed}");
        }
        assert_eq!(views(&bench, "counter.people").await, 11, "one note for each look");
        for nobody in ["9999-9992", "ヤマグチ", "090-1111-2223", "1111", "山下"] {
            assert_eq!(names(&bench, &clerk, nobody).await, [""; 0], "{nobody}");
        }
        assert_eq!(views(&bench, "counter.people").await, 11, "nobody was shown");
    }

    async fn somebody_is_found_by_a_reservation_of_theirs(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let number = bench.view(id).await.number;
        let clerk = clerk(&bench).await;
        for typed in [id.to_string(), number.clone()] {
            assert_eq!(names(&bench, &clerk, &typed).await, ["山田 hanako"], "{typed}");
        }
        // At another facility it is nobody's.
        let at_the_hall = bench.on_duty("suzuki", &[(Role::Window, Some("hall"))]).await;
        let answer = bench.desk().find_people(&at_the_hall, &secret(&number)).await;
        assert_eq!(answer.unwrap(), Err(SearchRefusal::OddDigits));
    }

    async fn a_card_and_a_new_number_are_found_at_once_and_the_old_number_no_more(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        bench.settle_in(&Card::of("jiro")).await;
        assert_eq!(names(&bench, &clerk, "山田 jiro").await, ["山田 jiro"]);
        assert_eq!(found(&bench, &clerk, "0774-00-0000").await.people.len(), 2);
        let change = contract::UpdateProfile { email: None, phone: secret("0774-22-3333") };
        contract::Resident::update_profile(bench.desk(), &bench.call(), &change).await.unwrap();
        assert_eq!(names(&bench, &clerk, "0774-22-3333").await, ["山田 hanako"]);
        assert_eq!(names(&bench, &clerk, "0774-00-0000").await, ["山田 jiro"]);

        // Her name changes, and with it what the card says.
        let married = Card { name: "佐藤 花子".to_owned(), ..Card::of("hanako") };
        bench.sign_in(&married, None).await.unwrap();
        assert_eq!(names(&bench, &clerk, "佐藤").await, ["佐藤 花子"]);
        assert_eq!(names(&bench, &clerk, "山田").await, ["山田 jiro"]);
    }

    async fn whoever_came_before_the_index_is_filed_by_the_worker(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        // The world's own person is sealed by nobody; only hanako is to be filed.
        bench.meddle("DELETE FROM person_terms").await;
        bench.meddle("UPDATE people SET filed_at = 1").await;
        let id = bench.me();
        let number = bench.desk().person(&clerk, id).await.unwrap().person.number;
        bench.meddle(&format!("UPDATE people SET filed_at = NULL WHERE serial = {}", number.serial())).await;
        assert_eq!(names(&bench, &clerk, "山田").await, [""; 0]);
        assert_eq!(names(&bench, &clerk, &number.to_string()).await, ["山田 hanako"]);
        assert_eq!(bench.house().worker.file_people().await.unwrap(), 1);
        assert_eq!(names(&bench, &clerk, "山田").await, ["山田 hanako"]);
        assert_eq!(bench.house().worker.file_people().await.unwrap(), 0, "once is enough");
    }

    async fn nobody_of_another_town_is_found_or_seen(db: TestStore) {
        let bench = Bench::new(&db).await;
        let here = clerk(&bench).await;
        let taro = bench.desk().register(&here, &taro(&bench)).await.unwrap();
        let number = bench.desk().person(&here, taro).await.unwrap().person.number;
        let neighbour = TestWorld::neighbour(&db, "243418", "tonari").await.unwrap();
        let there = neighbour.staff("there", &[(Role::Admin, None)]).await.unwrap();
        let there = neighbour.call_of_staff(there);
        for typed in ["山本", "ヤマモト", "090-1111-2222"] {
            assert_eq!(names(&bench, &there, typed).await, [""; 0], "{typed}");
        }
        assert_eq!(found(&bench, &there, &number.to_string()).await.people, []);
        assert_eq!(code(bench.desk().person(&there, taro).await), "not_found");
        let gym = "gym".parse().unwrap();
        let day = "2026-12-05".parse().unwrap();
        assert_eq!(code(bench.desk().day_for(&there, taro, Some(&gym), day).await), "not_found");
    }

    async fn more_than_a_page_holds_is_said(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        for n in 0..21 {
            let mut one = taro(&bench);
            one.words.phone = secret(&format!("090-3333-{n:04}"));
            one.is_new = true;
            bench.desk().register(&clerk, &one).await.unwrap();
        }
        let many = found(&bench, &clerk, "ヤマモト").await;
        assert_eq!((many.people.len(), many.more), (20, true));
        let few = found(&bench, &clerk, "090-3333-0007").await;
        assert_eq!((few.people.len(), few.more), (1, false));
        assert_eq!(views(&bench, "counter.people").await, 21);
    }

    async fn words_that_find_nobody_are_said_to_be_so(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        for (typed, why) in [
            ("", SearchRefusal::TooShort),
            ("ヤ", SearchRefusal::TooShort),
            ("123", SearchRefusal::OddDigits),
            ("123456789012", SearchRefusal::OddDigits),
            ("1234-5672", SearchRefusal::MistypedNumber),
        ] {
            let answer = bench.desk().find_people(&clerk, &secret(typed)).await;
            assert_eq!(answer.unwrap(), Err(why), "{typed}");
        }
    }

    async fn only_who_may_see_names_sees_them(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, me) = (bench.desk(), bench.me());
        let here = clerk(&bench).await;
        for role in [Role::Accounting, Role::Viewer] {
            let other = bench.on_duty(role.as_str(), &[(role, None)]).await;
            assert_eq!(code(desk.find_people(&other, &secret("山田")).await), "forbidden");
            assert_eq!(code(desk.person(&other, me).await), "forbidden");
            let words = taro(&bench).words;
            assert_eq!(code(desk.perhaps_known(&other, &words).await), "forbidden");
        }
        let own = desk.find_people(&bench.call(), &secret("山田")).await;
        assert_eq!(code(own), "forbidden");
        let nobody = desk.find_people(&bench.visitor(), &secret("山田")).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        assert_eq!(bench.count("SELECT count(*) FROM view_log").await, 0);
        bench.pass(chrono::Duration::minutes(1));
        assert_eq!(names(&bench, &now(&bench, &here), "山田").await, ["山田 hanako"]);
    }

    async fn a_clerk_sees_what_somebody_has_booked_at_their_own_facilities(db: TestStore) {
        let bench = Bench::new(&db).await;
        let gym = bench.book(&bench.gym()).await.unwrap();
        bench.book(&bench.hall()).await.unwrap();
        let at_the_gym = bench.on_duty("gym", &[(Role::Window, Some("gym"))]).await;
        let shown = bench.desk().person(&at_the_gym, bench.me()).await.unwrap();
        let ids: Vec<_> = shown.coming.iter().map(|one| one.id).collect();
        assert_eq!(ids, [gym]);
        assert_eq!(shown.verified_by, contract::SeenBy::Card);
        assert_eq!(shown.email.unwrap().reveal(), "hanako@example.jp");
        let everywhere = bench.desk().person(&clerk(&bench).await, bench.me()).await.unwrap();
        assert_eq!(everywhere.coming.len(), 2);
        assert_eq!(views(&bench, "counter.person").await, 2);
    }
}
