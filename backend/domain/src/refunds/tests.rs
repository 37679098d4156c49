use proptest::prelude::*;

use super::*;
use crate::town::RefundTier;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(day(date), time.parse().unwrap())
}

fn rule(tiers: &[(u32, u32)], round_down_yen: u32) -> RefundRule {
    RefundRule {
        tiers: tiers
            .iter()
            .map(|(days_before, percent)| RefundTier {
                days_before: *days_before,
                percent: *percent,
            })
            .collect(),
        round_down_yen,
        article: "条例第10条".into(),
        illustrative: false,
    }
}

/// domain.md A4.
#[test]
fn each_town_gives_back_what_its_rule_says_to_the_day() {
    let ishinomaki = rule(&[(30, 100), (7, 50)], 1);
    let takayama_hall = rule(&[(180, 100), (90, 50), (30, 20)], 1);
    let utsunomiya = rule(&[], 1);
    for (rule, now, refund) in [
        (&ishinomaki, at("2026-10-29", "23:59"), 1_000),
        (&ishinomaki, at("2026-10-30", "00:00"), 500),
        (&ishinomaki, at("2026-11-21", "23:59"), 500),
        (&ishinomaki, at("2026-11-22", "00:00"), 0),
        (&takayama_hall, at("2026-10-01", "09:00"), 200),
        (&takayama_hall, at("2026-06-01", "09:00"), 1_000),
        (&utsunomiya, at("2026-06-01", "09:00"), 0),
    ] {
        let reckoning =
            refund_on_cancelling(rule, Yen::new(1_000), day("2026-11-28"), now).unwrap();
        assert_eq!(reckoning.refund_yen, Yen::new(refund), "{now}");
        assert_eq!(reckoning.line.amount_yen, reckoning.refund_yen.into());
        assert_eq!(reckoning.line.basis, "条例第10条");
    }
}

#[test]
fn days_are_counted_in_japan_not_in_utc() {
    let rule = rule(&[(1, 50)], 1);
    // 23:59 in Japan is 14:59 UTC of the same day; 00:30 is 15:30 UTC of the day before.
    let refund = |time: &str, date: &str| {
        refund_on_cancelling(&rule, Yen::new(800), day("2026-11-28"), at(date, time))
            .unwrap()
            .refund_yen
    };
    assert_eq!(refund("23:59", "2026-11-27"), Yen::new(400));
    assert_eq!(refund("00:30", "2026-11-28"), Yen::ZERO);
}

#[test]
fn fractions_are_rounded_down_but_the_whole_is_given_back_whole() {
    let rule = rule(&[(7, 100), (3, 50)], 10);
    let refund = |date: &str| {
        refund_on_cancelling(&rule, Yen::new(815), day("2026-11-28"), at(date, "12:00")).unwrap()
    };
    assert_eq!(refund("2026-11-21").refund_yen, Yen::new(815));
    assert_eq!(refund("2026-11-22").refund_yen, Yen::new(400));
    assert_eq!(
        refund("2026-11-25").line.label,
        "利用日の3日前までの取消（50%）"
    );
    assert_eq!(
        refund_by_facility(&rule, Yen::new(815)).refund_yen,
        Yen::new(815)
    );
}

#[test]
fn the_confirmation_says_until_when_how_much_comes_back() {
    let rule = rule(&[(7, 100), (3, 50)], 10);
    let terms = refund_terms(&rule, Yen::new(815), day("2026-11-28")).unwrap();
    let said: Vec<_> = terms
        .iter()
        .map(|term| (term.last_day.to_string(), term.refund_yen.get()))
        .collect();
    assert_eq!(
        said,
        [
            ("2026-11-21".to_owned(), 815),
            ("2026-11-25".to_owned(), 400)
        ]
    );
}

proptest! {
    /// Nothing gives back more than was paid, and waiting never pays.
    #[test]
    fn waiting_never_gives_more_back(
        paid in 0_u32..5_000_000,
        unit in prop::sample::select(vec![1_u32, 10, 100]),
        early in 0_i64..120,
        wait in 0_i64..60,
    ) {
        let rule = rule(&[(60, 100), (30, 80), (7, 50), (1, 20)], unit);
        let date = day("2026-11-28");
        let now = civil::instant(date, civil::TimeOfDay::MIDNIGHT) - chrono::Duration::days(early);
        let refund = |now| {
            refund_on_cancelling(&rule, Yen::new(paid), date, now).unwrap().refund_yen
        };
        let first = refund(now);
        prop_assert!(first <= Yen::new(paid));
        prop_assert!(refund(now + chrono::Duration::days(wait)) <= first);
        // What the confirmation page promises is what cancelling on that day gives.
        for term in refund_terms(&rule, Yen::new(paid), date).unwrap() {
            let at = civil::instant(term.last_day, "23:59".parse().unwrap());
            prop_assert_eq!(refund(at), term.refund_yen);
        }
    }
}
