//! The cards one signs in with: added by whoever holds both, never the last one taken away.

use chrono::Duration;
use contract::{OwnCard, Resident as _};
use usecases::sign_in::{Ended, SignInStop};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

/// The card of somebody who had it made again: another subject, the same human.
fn remade(name: &str) -> Card {
    Card {
        name: format!("谷川 {name}"),
        subject: format!("{name}-again"),
        ..Card::of(name)
    }
}

async fn cards(bench: &Bench) -> Vec<OwnCard> {
    bench.desk().cards(&bench.call()).await.unwrap()
}

/// How many entries of this kind the trail has about a person.
async fn noted(bench: &Bench, action: &str, about: domain::ids::PersonId) -> i64 {
    let sql = format!(
        "SELECT count(*) FROM audit_entries
         WHERE action = '{action}' AND subject = 'person:{about}'"
    );
    bench.count(&sql).await
}

testkit::on_both! {
    async fn a_card_that_was_made_again_is_added_and_is_the_same_person(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let shown = bench.show_another(&secret, &remade("hanako")).await.unwrap();
        assert!(matches!(shown, Ended::CardShown { .. }));
        assert_eq!(cards(&bench).await.len(), 1, "showing it adds nothing");
        assert_eq!(bench.who(&secret).await, Some(bench.me()), "the session is the same");
        let call = bench.call_by(&secret).await;
        let waits = bench.desk().pending_card(&call).await.unwrap().unwrap();
        assert_eq!(waits.name.unwrap().reveal(), "谷川 hanako");
        bench.desk().add_card(&call).await.unwrap();
        assert_eq!(cards(&bench).await.len(), 2);
        assert_eq!(noted(&bench, "card.added", bench.me()).await, 1);
        assert!(bench.desk().pending_card(&call).await.unwrap().is_none());
        assert_eq!(code(bench.desk().add_card(&call).await), "identity.no_pending_card");
        assert_eq!(bench.come_in(&remade("hanako")).await, bench.me());
        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].recipients, ["hanako@example.jp"]);
        assert!(mails[0].text.contains("1枚追加されました"), "{}", mails[0].text);
    }

    async fn a_card_waits_in_the_session_that_asked_and_no_longer_than_that(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let elsewhere = bench.sign_in_twice(&Card::of("hanako")).await;
        bench.show_another(&secret, &remade("hanako")).await.unwrap();
        let other = bench.call_by(&elsewhere).await;
        assert!(bench.desk().pending_card(&other).await.unwrap().is_none());
        assert_eq!(code(bench.desk().add_card(&other).await), "identity.no_pending_card");

        bench.pass(Duration::minutes(5));
        let late = bench.call_by(&secret).await;
        assert_eq!(code(bench.desk().add_card(&late).await), "identity.step_up_required");
        let town = bench.world().municipality;
        bench.house().door.sign_out(town, &secret).await.unwrap();
        assert_eq!(bench.count("SELECT count(*) FROM pending_cards").await, 0);
        assert_eq!(cards(&bench).await.len(), 1);
    }

    async fn the_card_shown_last_is_the_one_that_is_added(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let (first, last) = (remade("hanako"), Card { subject: "last".to_owned(), ..remade("hanako") });
        bench.show_another(&secret, &first).await.unwrap();
        bench.add_card(&secret, &last).await.unwrap();
        assert_eq!(bench.come_in(&last).await, bench.me());
        assert_ne!(bench.come_in(&first).await, bench.me());
    }

    async fn a_card_that_is_ones_own_already_is_nothing_new(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let shown = bench.show_another(&secret, &Card::of("hanako")).await.unwrap();
        assert!(matches!(shown, Ended::CardKnown));
        let call = bench.call_by(&secret).await;
        assert!(bench.desk().pending_card(&call).await.unwrap().is_none());
    }

    async fn another_residents_card_is_refused_and_noted_on_both(db: TestStore) {
        let bench = Bench::new(&db).await;
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let stop = bench.show_another(&secret, &Card::of("jiro")).await.err().unwrap();
        assert!(matches!(stop, SignInStop::NotTheirs { .. }), "{stop:?}");
        for about in [bench.me(), jiro] {
            assert_eq!(noted(&bench, "card.refused", about).await, 1);
        }
        let told = "SELECT count(*) FROM audit_entries WHERE action = 'card.refused'
            AND actor LIKE 'person:%'
            AND replace(CAST(detail AS text), ' ', '') = '{\"code\":\"identity.card_taken\"}'";
        assert_eq!(bench.count(told).await, 2, "and nothing of what the card said");
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        assert_eq!(cards(&bench).await.len(), 1);
        assert_eq!(bench.come_in(&Card::of("jiro")).await, jiro);
    }

    /// By the date of birth: names change, and are shared.
    async fn another_humans_card_is_refused_even_under_the_same_name(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        for birthdate in [Some("1990-04-02"), Some("19900401"), None] {
            let card = Card {
                subject: "twin".to_owned(),
                birthdate: birthdate.map(str::to_owned),
                ..Card::of("hanako")
            };
            let stop = bench.show_another(&secret, &card).await.err().unwrap();
            assert!(matches!(stop, SignInStop::NotTheirs { .. }), "{birthdate:?} {stop:?}");
        }
        assert_eq!(noted(&bench, "card.refused", bench.me()).await, 3);
        assert_eq!(cards(&bench).await.len(), 1);
    }

    /// Judged again at the yes: the own card may have been read since, and say something else.
    async fn a_yes_is_worth_nothing_once_the_cards_no_longer_agree(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        bench.show_another(&secret, &remade("hanako")).await.unwrap();
        let corrected = Card { birthdate: Some("1990-04-03".to_owned()), ..Card::of("hanako") };
        bench.sign_in(&corrected, None).await.unwrap();
        let call = bench.call_by(&secret).await;
        assert_eq!(code(bench.desk().add_card(&call).await), "identity.another_person");
        assert_eq!(code(bench.desk().add_card(&call).await), "identity.no_pending_card", "used up");
        assert_eq!(cards(&bench).await.len(), 1);
    }

    async fn a_card_somebody_came_in_with_meanwhile_is_theirs(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        bench.show_another(&secret, &remade("hanako")).await.unwrap();
        let other = bench.come_in(&remade("hanako")).await;
        assert_ne!(other, bench.me());
        let call = bench.call_by(&secret).await;
        assert_eq!(code(bench.desk().add_card(&call).await), "identity.card_taken");
        for about in [bench.me(), other] {
            assert_eq!(noted(&bench, "card.refused", about).await, 1);
        }
    }

    /// Two residents, one card, at once: the key of the table lets one through.
    async fn of_two_who_add_one_card_at_once_one_has_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.settle_in(&Card::of("jiro")).await;
        for round in 0..10 {
            let card = Card { subject: format!("both-{round}"), ..Card::of("hanako") };
            let hanako = bench.sign_in_twice(&Card::of("hanako")).await;
            let jiro = bench.sign_in_twice(&Card::of("jiro")).await;
            for secret in [&hanako, &jiro] {
                bench.show_another(secret, &card).await.unwrap();
            }
            let (hanako, jiro) = (bench.call_by(&hanako).await, bench.call_by(&jiro).await);
            let (one, other) =
                tokio::join!(bench.desk().add_card(&hanako), bench.desk().add_card(&jiro));
            let winner = match (&one, &other) {
                (Ok(()), Err(_)) => hanako.person(),
                (Err(_), Ok(())) => jiro.person(),
                both => panic!("{both:?}"),
            };
            assert_eq!(code(one.and(other)), "identity.card_taken");
            assert_eq!(Some(bench.come_in(&card).await), winner);
        }
    }

    async fn a_lost_card_is_taken_away_and_whoever_found_it_is_out(db: TestStore) {
        let bench = Bench::new(&db).await;
        let finder = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        bench.add_card(&secret, &remade("hanako")).await.unwrap();
        let lost = cards(&bench).await[0].card;
        let not_again = bench.call();
        let refused = bench.desk().remove_card(&not_again, &lost).await;
        assert_eq!(code(refused), "identity.step_up_required");
        let call = bench.call_by(&secret).await;
        bench.desk().remove_card(&call, &lost).await.unwrap();
        assert_eq!(bench.who(&finder).await, None);
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        assert_eq!(bench.come_in(&remade("hanako")).await, bench.me());
        assert_ne!(bench.come_in(&Card::of("hanako")).await, bench.me());
        assert_eq!(noted(&bench, "card.removed", bench.me()).await, 1);
        assert_eq!(code(bench.desk().remove_card(&call, &lost).await), "not_found");
        let last = cards(&bench).await[0].card;
        assert_eq!(code(bench.desk().remove_card(&call, &last).await), "identity.last_card");
        bench.work().await;
        let mails = bench.mailbox().mails();
        assert!(mails.iter().any(|mail| mail.text.contains("1枚外されました")));
    }

    async fn nobody_takes_away_somebody_elses_card(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.settle_in(&Card::of("jiro")).await;
        let mine = cards(&bench).await[0].card;
        let secret = bench.sign_in_twice(&Card::of("jiro")).await;
        bench.add_card(&secret, &remade("jiro")).await.unwrap();
        let call = bench.call_by(&secret).await;
        assert_eq!(code(bench.desk().remove_card(&call, &mine).await), "not_found");
    }

    async fn of_two_cards_taken_away_at_once_one_stays(db: TestStore) {
        let bench = Bench::new(&db).await;
        for round in 0..10 {
            let name = format!("taro-{round}");
            let person = bench.settle_in(&Card::of(&name)).await;
            let secret = bench.sign_in_twice(&Card::of(&name)).await;
            bench.add_card(&secret, &remade(&name)).await.unwrap();
            let call = bench.call_by(&secret).await;
            let own = bench.desk().cards(&call).await.unwrap();
            let (one, other) = tokio::join!(
                bench.desk().remove_card(&call, &own[0].card),
                bench.desk().remove_card(&call, &own[1].card),
            );
            assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
            let reading = bench.store().read(bench.world().municipality).await.unwrap();
            assert_eq!(reading.identities(person).await.unwrap().len(), 1, "round {round}");
        }
    }
}
