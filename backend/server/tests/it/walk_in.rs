//! 窓口での受付: a walk-in as a clerk's browser goes through it, without a script.

use chrono::Duration;
use contract::Role;

use crate::api::booking;
use crate::app::{Answer, Browser, HANAKO, NEIGHBOUR, SATO, SUZUKI, TOWN, TestApp, hidden};

const PEOPLE: &str = "/counter/people";
const NEW: &str = "/counter/people/new";
const FORM: &str = "/counter/rooms/gym-full/book";
const TIME: &str = "date=2026-12-05&start=18%3A00&end=20%3A00";

/// A clerk types these words into the search field.
pub async fn search(clerk: &mut Browser, typed: &str) -> Answer {
    let token = clerk.token(PEOPLE).await;
    clerk
        .post_form(PEOPLE, &[("token", &token), ("search", typed)])
        .await
}

/// What the address of the first person found says.
pub fn person_in(page: &str) -> String {
    let (_, rest) = page
        .split_once("person=")
        .unwrap_or_else(|| panic!("nobody in {page}"));
    rest.chars().take(36).collect()
}

/// 花子, found by her name.
async fn hanako(app: &TestApp, clerk: &mut Browser) -> String {
    app.resident(TOWN, HANAKO).await;
    person_in(&search(clerk, "山田").await.text())
}

/// The booking form as it is filled in and posted.
async fn hold(clerk: &mut Browser, person: &str, page: &str, people: &str) -> Answer {
    let form = [
        ("token", hidden(page, "token")),
        ("submission", hidden(page, "submission")),
        ("person", person.to_owned()),
        ("date", "2026-12-05".to_owned()),
        ("start", "18:00".to_owned()),
        ("end", "20:00".to_owned()),
        ("people", people.to_owned()),
        ("purpose", "basketball".to_owned()),
        ("note", "ゼッケンを借ります".to_owned()),
        ("action", "book".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    clerk.post_form(FORM, &form).await
}

/// 山本 太郎 as the clerk fills him in, with changes.
fn taro<'a>(token: &'a str, submission: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", token),
        ("submission", submission),
        ("name", "山本　太郎"),
        ("kana", "やまもと　たろう"),
        ("phone", "090-1111-2222"),
        ("email", ""),
        ("residence", "in"),
        ("document", "driving_licence"),
    ]
}

fn with<'a>(
    mut form: Vec<(&'a str, &'a str)>,
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

testkit::on_both! {
    async fn a_clerk_goes_from_the_list_to_a_held_room(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let list = clerk.get("/counter?facility=gym&date=2026-12-05").await.text();
        assert!(list.contains("/counter/people?facility=gym&amp;date=2026-12-05"), "{list}");
        let person = hanako(&app, &mut clerk).await;
        let board = clerk.get(&format!("/counter/book?person={person}&facility=gym&date=2026-12-05")).await;
        let board = board.text();
        let start = format!("{FORM}?person={person}&amp;date=2026-12-05&amp;start=18%3A00");
        assert!(board.contains(&start) && board.contains("花子"), "{board}");
        let page = clerk.get(&format!("{FORM}?person={person}&{TIME}")).await.text();
        assert!(page.contains("1,600円") && page.contains("条例第8条"), "{page}");
        assert_eq!(hidden(&page, "seen_total_yen"), "1600");
        assert!(page.contains("仮予約する"), "{page}");
        let held = hold(&mut clerk, &person, &page, "12").await;
        assert_eq!(held.status, 303, "{}", held.text());
        let there = held.header("location").unwrap().to_owned();
        assert!(there.starts_with("/counter/reservations/"), "{there}");
        let twice = hold(&mut clerk, &person, &page, "12").await;
        assert_eq!(twice.header("location"), Some(&*there), "the same form twice");
        let list = clerk.get("/counter?facility=gym&date=2026-12-05").await.text();
        assert!(list.contains("・窓口"), "{list}");
    }

    async fn a_slot_that_was_just_taken_is_told_with_what_else_there_is_and_nothing_is_lost(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let person = hanako(&app, &mut clerk).await;
        let page = clerk.get(&format!("{FORM}?person={person}&{TIME}")).await.text();
        let mut resident = app.resident(TOWN, HANAKO).await;
        let made = resident.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        assert_eq!(made.status, 201);
        let taken = hold(&mut clerk, &person, &page, "12").await;
        assert_eq!(taken.status, 409);
        let text = taken.text();
        assert!(text.contains("この時間には、先に予約が入りました。"), "{text}");
        assert!(text.contains(&format!("action=\"{FORM}\"")), "{text}");
        assert_eq!(hidden(&text, "people"), "12");
        assert_eq!(hidden(&text, "note"), "ゼッケンを借ります");
        assert_eq!(hidden(&text, "person"), person);
    }

    async fn a_form_that_was_left_lying_is_there_again_after_signing_in(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let person = hanako(&app, &mut clerk).await;
        let page = clerk.get(&format!("{FORM}?person={person}&{TIME}")).await.text();
        app.world.clock.advance(Duration::minutes(15));
        let ended = hold(&mut clerk, &person, &page, "12").await;
        assert_eq!(ended.status, 303, "{}", ended.text());
        let door = ended.header("location").unwrap();
        let (door, asked) = door.split_once('?').unwrap();
        assert_eq!(door, "/staff/sign-in");
        let (_, back) = url::form_urlencoded::parse(asked.as_bytes()).next().unwrap();
        assert_eq!(back, format!("{FORM}?person={person}&{TIME}&people=12&purpose=basketball"));
        let arrived = clerk.sign_in_staff(&app.idp, SATO, &back).await;
        assert_eq!(arrived.header("location"), Some(&*back));
        let again = clerk.get(&back).await;
        assert_eq!(again.status, 200, "{}", again.text());
        let text = again.text();
        assert!(text.contains("花子") && text.contains("1,600円"), "{text}");
        assert!(text.contains("value=\"12\"") && text.contains("checked"), "{text}");
        assert_eq!(hold(&mut clerk, &person, &text, "12").await.status, 303);
    }

    async fn signing_in_again_leads_back_to_the_day_that_was_looked_at(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let token = clerk.token("/staff").await;
        app.world.clock.advance(Duration::minutes(15));
        for page in ["/counter/till?facility=gym&date=2026-11-21", "/counter/people?facility=gym&date=2026-12-05"] {
            let form = [("token", &*token), ("facility", "gym"), ("drawer", "1"), ("float", "0"), ("submission", "0193a0b0-0000-7000-8000-000000000001")];
            let ended = clerk.post_form(page, &form).await;
            assert_eq!(ended.header("location"), Some(&*app::links::staff_sign_in(page)));
        }
    }

    async fn what_is_missing_is_said_at_its_field_and_the_rest_is_kept(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let person = hanako(&app, &mut clerk).await;
        let page = clerk.get(&format!("{FORM}?person={person}&{TIME}")).await.text();
        let crowd = hold(&mut clerk, &person, &page, "201").await;
        assert_eq!(crowd.status, 422);
        let text = crowd.text();
        assert!(text.contains("定員は200人") && text.contains("ゼッケンを借ります"), "{text}");
        assert!(text.contains("花子"), "still for her: {text}");
        let mut stale = clerk.get(&format!("{FORM}?person={person}&{TIME}")).await.text();
        stale = stale.replace(&hidden(&stale, "token"), "0");
        assert_eq!(hold(&mut clerk, &person, &stale, "12").await.status, 409);
    }

    async fn somebody_new_is_registered_and_told_their_number(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let page = clerk.get(NEW).await.text();
        let (token, submission) = (hidden(&page, "token"), hidden(&page, "submission"));
        let form = taro(&token, &submission);

        let empty = clerk.post_form(NEW, &[("token", &*token), ("submission", &*submission)]).await;
        assert_eq!(empty.status, 422);
        let text = empty.text();
        for words in ["氏名を入力してください。", "フリガナを入力してください。", "お住まいを選んでください。", "確認した書類を選んでください。"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        let number = clerk.post_form(NEW, &with(form.clone(), &[("name", "1234 5678 9018")])).await;
        assert_eq!(number.status, 422);
        assert!(number.text().contains("マイナンバーは入力しないでください"), "{}", number.text());

        let done = clerk.post_form(NEW, &form).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let there = done.header("location").unwrap().to_owned();
        assert_eq!(there, format!("/counter/people/{submission}?registered=1"));
        let person = clerk.get(&there).await.text();
        for words in ["登録しました", "利用者番号は", "山本　太郎", "ヤマモト タロウ", "運転免許証", "職員 sato"] {
            assert!(person.contains(words), "{words} in {person}");
        }
        assert_eq!(clerk.post_form(NEW, &form).await.header("location"), Some(&*there));

        let page = clerk.get(NEW).await.text();
        let other = hidden(&page, "submission");
        let twin = with(taro(&token, &other), &[("name", "山本 次郎"), ("kana", "ヤマモトジロウ")]);
        let asked = clerk.post_form(NEW, &twin).await;
        assert_eq!(asked.status, 409);
        let text = asked.text();
        assert!(text.contains("もう登録されている方かもしれません") && text.contains("山本　太郎"), "{text}");
        assert!(text.contains("value=\"山本 次郎\"") && text.contains("name=\"is_new\""), "{text}");
        let sure = clerk.post_form(NEW, &with(twin, &[("is_new", "1")])).await;
        assert_eq!(sure.status, 303);
    }

    async fn a_search_says_who_who_else_and_who_not(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        app.resident(TOWN, HANAKO).await;
        let found = search(&mut clerk, "090-1234-5678").await;
        assert_eq!(found.status, 200);
        assert!(found.text().contains("花子"));
        let nobody = search(&mut clerk, "カワカミ").await;
        assert_eq!(nobody.status, 200);
        assert!(nobody.text().contains("この言葉で見つかる方はいません。") && nobody.text().contains("カワカミ"));
        let nonsense = search(&mut clerk, "1").await;
        assert_eq!(nonsense.status, 422);
        // An address finds nobody: names do not belong there.
        let address = clerk.get("/counter/people?search=%E5%B1%B1%E7%94%B0").await;
        assert_eq!(address.status, 200);
        assert!(!address.text().contains("花子"));
        let stale = clerk.post_form(PEOPLE, &[("token", "0"), ("search", "山田")]).await;
        assert_eq!(stale.status, 409);
        assert!(!stale.text().contains("花子"), "a form from elsewhere looks for nobody");
    }

    async fn pages_of_the_walk_in_open_for_who_sells_and_for_nobody_else(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut clerk = app.colleague(TOWN, SUZUKI, Role::Window).await;
        let person = hanako(&app, &mut clerk).await;
        let pages = [
            PEOPLE.to_owned(),
            NEW.to_owned(),
            format!("/counter/people/{person}"),
            format!("/counter/book?person={person}&facility=gym&date=2026-12-05"),
            format!("{FORM}?person={person}&{TIME}"),
        ];
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let may = contract::role_may(role, contract::Action::SellAtCounter);
            for page in &pages {
                let answer = staff.get(page).await;
                assert_eq!(answer.status, if may { 200 } else { 403 }, "{role} {page}");
                assert!(may || !answer.text().contains("山田"), "{role} {page}");
            }
            app.revoke(TOWN, SATO).await;
        }
        let mut elsewhere = app.colleague(NEIGHBOUR, SATO, Role::Admin).await;
        for page in &pages[2..] {
            let answer = elsewhere.get(page).await;
            assert_eq!(answer.status, 404, "{page}");
            assert!(!answer.text().contains("山田"), "{page}");
        }
        let mut resident = app.resident(TOWN, HANAKO).await;
        for page in &pages {
            assert_eq!(resident.get(page).await.status, 401, "{page}");
        }
    }
}
