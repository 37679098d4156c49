//! What must not be seen: public views say nothing about who booked, the database nothing that is
//! personal, a printed view nothing it should not.

use contract::{Call, Resident as _, SearchFacilities, Visitor as _};
use sea_orm::{ConnectionTrait as _, Statement};
use testkit::{Engine, TestStore};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

/// What stands on the card, what the person told us, and what the payer told the service.
const PERSONAL: [&str; 8] = [
    "山田 hanako",
    "本町三丁目4番地",
    "1990-04-01",
    "hanako@example.jp",
    "0774-00-0000",
    "妻の誕生会です",
    "payer@example.jp",
    "YORIAI TARO",
];

/// Everything a public page can be made of, as text.
async fn public_views(bench: &Bench, call: &Call) -> String {
    let desk = bench.desk();
    let (gym, room) = ("gym".parse().unwrap(), "gym-full".parse().unwrap());
    let date = "2026-12-05".parse().unwrap();
    let taken = bench
        .book_as(bench.settle_in(&Card::of("rival")).await, &bench.gym())
        .await;
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{taken:?}",
        desk.town(call).await.unwrap(),
        desk.search_choices(call).await.unwrap(),
        desk.search(call, &SearchFacilities::default())
            .await
            .unwrap(),
        desk.facility(call, &gym).await.unwrap(),
        desk.day(call, &gym, date).await.unwrap(),
        desk.week(call, &room, date).await.unwrap(),
        desk.quote(call, &bench.gym().what).await.unwrap(),
    )
}

/// Everything that lies in the database, as bytes.
async fn everything_stored(db: &TestStore) -> Vec<u8> {
    match db.engine() {
        Engine::Sqlite => {
            let file = db.url().trim_start_matches("sqlite://").to_owned();
            let mut bytes = std::fs::read(&file).unwrap();
            bytes.extend(std::fs::read(format!("{file}-wal")).unwrap_or_default());
            bytes
        }
        Engine::Postgres => {
            let raw = db.raw().await.unwrap();
            let backend = raw.get_database_backend();
            let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
            let tables = raw
                .query_all_raw(Statement::from_string(backend, tables))
                .await
                .unwrap();
            let mut bytes = Vec::new();
            for table in tables {
                let table: String = table.try_get_by_index(0).unwrap();
                let rows = format!("SELECT t::text FROM {table} t");
                for row in raw
                    .query_all_raw(Statement::from_string(backend, rows))
                    .await
                    .unwrap()
                {
                    bytes.extend(row.try_get_by_index::<String>(0).unwrap().into_bytes());
                }
            }
            raw.close().await.unwrap();
            bytes
        }
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// A booking with a note, paid, noticed and mailed.
async fn busy_day(bench: &Bench) -> domain::ids::ReservationId {
    let mut form = bench.gym();
    form.note = "妻の誕生会です".to_owned();
    let id = bench.book(&form).await.unwrap();
    bench.pay_for(id).await;
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    bench.work().await;
    id
}

testkit::on_both! {
    async fn public_views_say_nothing_about_who_booked(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = busy_day(&bench).await;
        let number = bench.view(id).await.number;
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        for call in [bench.visitor(), bench.call_of(jiro), bench.call()] {
            let views = public_views(&bench, &call).await;
            assert!(views.contains("寄合町体育館") && views.contains("Taken"));
            let ids = [id.to_string(), bench.me().to_string(), number.clone()];
            for secret in PERSONAL.iter().copied().chain(ids.iter().map(String::as_str)) {
                assert!(!views.contains(secret), "{secret}");
            }
        }
    }

    /// DESIGN.md §7: encrypted at rest, the notices of the payment service included.
    async fn nothing_personal_is_legible_in_the_database(db: TestStore) {
        let bench = Bench::new(&db).await;
        busy_day(&bench).await;
        let stored = everything_stored(&db).await;
        // The search does find what is there, whichever way it is written.
        assert!(holds(&stored, "体育館（全面）".as_bytes()));
        assert!(holds(&stored, b"checkout.session.completed"));
        for secret in PERSONAL {
            assert!(!holds(&stored, secret.as_bytes()), "{secret}");
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert!(!holds(&stored, hex.as_bytes()), "{secret} in hex");
        }
    }

    async fn a_profile_or_a_mail_in_a_log_shows_no_name(db: TestStore) {
        let bench = Bench::new(&db).await;
        let profile = bench.desk().profile(&bench.call()).await.unwrap();
        assert_eq!(profile.name.reveal(), "山田 hanako");
        let printed = format!("{profile:?}");
        for secret in PERSONAL {
            assert!(!printed.contains(secret), "{printed}");
        }
    }

    /// A row moved over another person's does not open: it was sealed for its place.
    async fn a_sealed_value_moved_to_another_person_does_not_open(db: TestStore) {
        let bench = Bench::new(&db).await;
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let town = bench.world().municipality;
        let mut tx = bench.store().begin(town).await.unwrap();
        let mine = tx.person(bench.me()).await.unwrap().unwrap();
        let mut theirs = tx.person(jiro).await.unwrap().unwrap();
        theirs.name_sealed = mine.name_sealed;
        tx.update_person(&theirs, bench.now()).await.unwrap();
        tx.commit().await.unwrap();
        let opened = bench.desk().profile(&bench.call_of(jiro)).await;
        assert!(matches!(opened, Err(contract::Failure::Fault(_))));
    }

    /// Papers are the owner's, while there is something to show.
    async fn papers_come_with_the_right_to_them(db: TestStore) {
        let bench = Bench::printing(&db).await;
        let held = bench.book(&bench.hall()).await.unwrap();
        assert_eq!(code(bench.desk().permit(&bench.call(), held).await), "reservation.state");
        assert_eq!(code(bench.desk().receipt(&bench.call(), held).await), "not_found");

        let paid = busy_day(&bench).await;
        let call = bench.call();
        let desk = bench.desk();
        let (permit, receipt) = (desk.permit(&call, paid).await, desk.receipt(&call, paid).await);
        for paper in [permit.unwrap(), receipt.unwrap()] {
            assert!(paper.bytes.starts_with(b"%PDF"), "{paper:?}");
            assert!(paper.file_name.is_ascii());
        }
        let entry = bench.desk().calendar_entry(&call, paid).await.unwrap();
        let entry = String::from_utf8(entry.bytes).unwrap();
        assert!(entry.contains("DTSTART:20261205T090000Z"), "{entry}");
        let mails = bench.mailbox().mails();
        let attached: Vec<_> = mails[0].attachments.iter().map(|a| a.content.get(..4)).collect();
        assert_eq!(attached, [Some(&b"%PDF"[..]), Some(&b"%PDF"[..])]);

        bench.press_cancel(paid).await.unwrap();
        assert_eq!(code(bench.desk().permit(&bench.call(), paid).await), "reservation.state");
        bench.desk().receipt(&bench.call(), paid).await.unwrap();
    }
}
