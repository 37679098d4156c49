//! 料金を調べる and the town's questions: what the screens ask and say with real ordinances, as a
//! browser gets them, without a script.

use domain::town::Town;

use crate::app::{HANAKO, TOWN, TestApp};
use crate::sale::press;

const SEIKA: &str = include_str!("../../towns/seika.toml");
const AKKESHI: &str = include_str!("../../../../towns/akkeshi.toml");
const HORONOBE: &str = include_str!("../../../../towns/horonobe.toml");
const MASUDA: &str = include_str!("../../../../towns/masuda.toml");
const MIYOSHI: &str = include_str!("../../../../towns/miyoshi.toml");
const OSATO: &str = include_str!("../../../../towns/osato.toml");

/// The ordinance of another town in the town where the stand-in's cards say that people live.
async fn adopted(app: &TestApp, file: &str) {
    let known = &app.world.town.town;
    let town: Town = toml::from_str(file).unwrap();
    let town = Town {
        code: known.code.clone(),
        host: known.host.clone(),
        prefecture: known.prefecture.clone(),
        name: known.name.clone(),
        ..town
    };
    app.adopt(&town).await;
}

#[track_caller]
fn says(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words} is not said: {page}");
    }
}

#[track_caller]
fn says_not(page: &str, words: &[&str]) {
    for words in words {
        assert!(!page.contains(words), "{words} is said: {page}");
    }
}

testkit::on_both! {
    async fn scenario_20_what_only_excludes_a_reduction_is_asked_on_the_booking_form(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, SEIKA).await;
        let mut visitor = app.visitor(TOWN);
        let form = "/rooms/nishi-dojo/book?date=2026-12-05&start=18:00&end=20:00&people=12";
        let page = visitor.get(form).await.text();
        says(&page, &["name=\"attribute.entry-fee\"", "name=\"seen_total_yen\""]);
        let asked = format!("{form}&reduction=sports-association&attribute.entry-fee=on");
        let page = visitor.get(&asked).await.text();
        says(&page, &[
            "入場料を徴収する利用は減免の対象になりません（見本）",
            "減免を受けずに進んでください",
        ]);
        says_not(&page, &["name=\"seen_total_yen\""]);
    }

    async fn scenario_16_a_gym_for_two_hours_with_light_costs_800_yen_line_by_line(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, SEIKA).await;
        let mut visitor = app.visitor(TOWN);
        let gym = "/fees?room=nishi-gym&date=2026-12-05&start=18:00&end=20:00&people=12";
        let page = visitor.get(&format!("{gym}&option.light=1")).await;
        assert_eq!(page.status, 200);
        says(&page.text(), &[
            "800円",
            "学校施設の開放 使用料（体育館 1時間200円）",
            "学校施設の開放 使用料（体育館照明 1時間200円）",
            // The way on, with what was answered.
            "/rooms/nishi-gym/book?date=2026-12-05&amp;start=18%3A00&amp;end=20%3A00",
        ]);
        let part = visitor.get(&format!("{gym}&option.light=1&minutes.light=60")).await.text();
        says(&part, &["600円", "照明（1時間）"]);
    }

    async fn scenario_17_the_price_of_a_combination_is_its_own_and_nothing_is_multiplied(
        db: TestStore
    ) {
        let app = TestApp::open(&db).await;
        adopted(&app, MIYOSHI).await;
        let mut visitor = app.visitor(TOWN);
        let room = "/fees?room=meeting&date=2026-12-05&start=09:00&end=12:00&people=10";
        let both = format!("{room}&residence=out&attribute.commercial=on");
        let page = visitor.get(&both).await.text();
        says(&page, &["4,000円", "市外居住者の営利（5倍）", "備考2ただし書"]);
        // Twice, and three times of that.
        says_not(&page, &["4,800円", "市外居住者（2倍）"]);
        let from_town = visitor.get(&format!("{room}&attribute.commercial=on")).await.text();
        says(&from_town, &["2,400円", "営利（3倍）"]);
    }

    async fn scenario_18_cents_are_cut_off_once_in_the_sum_which_is_1040_yen(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, MASUDA).await;
        let time = "date=2026-12-06&start=10:00&end=11:00&people=10";
        let answers = "option.light-200=1&option.shower=1&option.locker=1&choice.user=student";
        let lines = ["1,040円", "361円", "412円", "165円", "103円", "端数処理（10円未満切捨て）"];
        let mut visitor = app.visitor(TOWN);
        let fees = format!("/fees?room=arena-half&{time}&{answers}");
        says(&visitor.get(&fees).await.text(), &lines);

        // By a resident, from the form to the reservation.
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let form = format!("/rooms/arena-half/book?{time}&{answers}");
        let asked = hanako.get(&form).await.text();
        says(&asked, &lines);
        says(&asked, &["どれか一つだけ使えます", "name=\"choice.user\"", "高校生以下"]);
        let fields = [
            ("date", "2026-12-06"),
            ("start", "10:00"),
            ("end", "11:00"),
            ("people", "１０"),
            ("purpose", "use"),
            ("option.light-200", "1"),
            ("option.shower", "1"),
            ("option.locker", "1"),
            ("choice.user", "student"),
            ("action", "book"),
        ];
        let held = press(&mut hanako, &form, &fields).await;
        assert_eq!(held.status, 303, "{}", held.text());
        let confirm = held.header("location").unwrap().to_owned();
        let page = hanako.get(&confirm).await.text();
        says(&page, &lines);
        says(&page, &["公開された料金表", "利用者", "高校生以下"]);
        let reservation = confirm.strip_suffix("/confirm").unwrap();
        let page = hanako.get(reservation).await.text();
        says(&page, &lines);
        says(&page, &["高校生以下"]);
    }

    async fn two_lights_of_which_only_one_can_be_had_are_refused_at_their_field(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, MASUDA).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let form = "/rooms/arena-half/book?date=2026-12-06&start=10:00&end=11:00";
        let fields = [
            ("date", "2026-12-06"),
            ("start", "10:00"),
            ("end", "11:00"),
            ("people", "10"),
            ("purpose", "use"),
            ("option.light-200", "1"),
            ("option.light-500", "1"),
            ("choice.user", "student"),
            ("action", "book"),
        ];
        let refused = press(&mut hanako, form, &fields).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        says(&page, &[
            "「照明 200ルクス」と「照明 500ルクス」は、一緒に使えません。どちらかを選んでください。",
            "href=\"#options\"",
        ]);
        let checked = |id: &str| {
            let mut inputs = page.split("<input").filter(|it| it.contains(&format!("id=\"{id}\"")));
            inputs.any(|it| it.split('>').next().unwrap().contains("checked"))
        };
        assert!(checked("option.light-200") && checked("option.light-500"), "{page}");
        assert!(!checked("option.light-700"), "{page}");
    }

    async fn an_entry_fee_is_asked_in_yen_and_shown_with_the_reservation(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, OSATO).await;
        let time = "date=2026-12-05&start=18:00&end=21:00&people=10";
        let fees = format!("/fees?room=hall&{time}&amount.entry_fee_yen=%EF%BC%91,000%E5%86%86");
        let page = app.visitor(TOWN).get(&fees).await.text();
        says(&page, &["29,750円", "name=\"amount.entry_fee_yen\"", "入場料（最高額、税込み）"]);

        let mut hanako = app.resident(TOWN, HANAKO).await;
        let answered = |entry_fee: &'static str| {
            [
                ("date", "2026-12-05"),
                ("start", "18:00"),
                ("end", "21:00"),
                ("people", "10"),
                ("purpose", "use"),
                ("amount.entry_fee_yen", entry_fee),
                ("action", "book"),
            ]
        };
        let form = format!("/rooms/hall/book?{time}");
        let refused = press(&mut hanako, &form, &answered("無料")).await;
        assert_eq!(refused.status, 422);
        says(&refused.text(), &["金額は0以上の数字で入力してください", "value=\"無料\""]);
        // Nothing is owed for an entry fee that was not seen.
        let unseen = press(&mut hanako, &form, &answered("１，０００円")).await;
        assert_eq!(unseen.status, 409);
        says(&unseen.text(), &["29,750円", "value=\"１，０００円\""]);
        let form = format!("{form}&amount.entry_fee_yen=1000");
        let held = press(&mut hanako, &form, &answered("１，０００円")).await;
        assert_eq!(held.status, 303, "{}", held.text());
        let page = hanako.get(held.header("location").unwrap()).await.text();
        says(&page, &["29,750円", "入場料（最高額、税込み）", "1,000円"]);
    }

    async fn heating_in_its_season_is_shown_as_charged(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, HORONOBE).await;
        let mut visitor = app.visitor(TOWN);
        let room = "/fees?room=training-1&start=09:00&end=12:00&people=10";
        let winter = visitor.get(&format!("{room}&date=2026-12-05")).await.text();
        says(&winter, &["料金にかならず入ります"]);
        let summer = visitor.get(&format!("{room}&date=2027-07-03")).await.text();
        says_not(&summer, &["料金にかならず入ります"]);
    }

    async fn a_reduction_is_reckoned_as_if_it_were_granted_and_says_what_it_takes(db: TestStore) {
        let app = TestApp::open(&db).await;
        adopted(&app, AKKESHI).await;
        let mut visitor = app.visitor(TOWN);
        let room = "/fees?room=training-1&date=2026-12-05&start=13:00&end=15:00&people=10";
        let reduced = visitor.get(&format!("{room}&reduction=handicapped")).await.text();
        says(&reduced, &[
            "減免を受けないとき 110円",
            "−110円",
            "無料",
            "障害者手帳（当日の提示で足りる）",
            "教育委員会",
            "審査で決まります",
        ]);
        let excluded = format!("{room}&reduction=handicapped&attribute.event=on");
        let excluded = visitor.get(&excluded).await;
        assert_eq!(excluded.status, 200);
        says(&excluded.text(), &["収益を目的とする利用は減免の対象になりません"]);
        let unknown = visitor.get(&format!("{room}&reduction=no-such")).await.text();
        says(&unknown, &["選んだ減免は、いまはありません"]);
    }

    async fn what_cannot_be_reckoned_is_said_at_its_field_and_what_is_not_there_is_404(
        db: TestStore
    ) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        for nowhere in ["/fees?room=no-such-room", "/fees?room=%3Cscript%3E"] {
            assert_eq!(visitor.get(nowhere).await.status, 404, "{nowhere}");
        }
        let gym = "/fees?room=gym-full&date=2026-12-05&start=18:00&end=20:00";
        for (wrong, words) in [
            ("people=0", "人数は1以上の数字で入力してください"),
            ("people=", "人数を入力してください"),
            ("people=201", "定員は200人です"),
            ("people=10&option.lighting=many", "いっしょに使うものを正しい形で入力してください"),
            ("people=10&option.lighting=1&minutes.lighting=180", "より長くは使えません"),
        ] {
            let page = visitor.get(&format!("{gym}&{wrong}")).await;
            assert_eq!(page.status, 200, "{wrong}");
            says(&page.text(), &[words]);
            says_not(&page.text(), &["この時間で予約する"]);
        }
        // Nothing asked yet: the next open day and the first time.
        let page = visitor.get("/fees?room=gym-full").await.text();
        says(&page, &["この時間で予約する", "2026-11-22"]);
        let backwards = "/fees?room=gym-full&date=2026-12-05&start=20:00&end=18:00&people=10";
        says(&visitor.get(backwards).await.text(), &["始まりの時刻より後にしてください"]);
        // A fee does not depend on whether the hall is open, and a booking does.
        let closed = "/fees?room=gym-full&date=2026-12-07&start=18:00&end=20:00&people=10";
        let page = visitor.get(closed).await.text();
        says(&page, &["1,600円", "休館日です"]);
        says_not(&page, &["この時間で予約する"]);
    }

    async fn every_room_can_be_chosen_from_all_or_from_a_facility(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let all = visitor.get("/fees").await.text();
        says(&all, &["/fees?room=gym-full", "/fees?room=hall-room"]);
        let gym = visitor.get("/fees?facility=gym").await.text();
        says(&gym, &["/fees?room=gym-full", "すべての部屋を見る"]);
        says_not(&gym, &["/fees?room=hall-room"]);
        let nowhere = visitor.get("/fees?facility=no-such").await.text();
        says(&nowhere, &["調べられる部屋がありません"]);
    }
}
