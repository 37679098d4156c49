//! What is given up (取消・一部取消), for which reason and what comes back: scenarios 33, 43, 44 and 49.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{
    Call, CancelSale, GiveUpSlots, Manage as _, Outcome, PayState, RefundState, Refusal,
    ReservationState, Resident as _, SaleCancel, Sales as _, WalkIn as _,
};
use domain::civil::TimeOfDay;
use domain::eligibility::{incident_of, tally};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::refunds::{Because, Grounds};
use domain::reservation::{CancelledBy, ReservationState as Stored};
use domain::town::{ClosedDay, RefundRounding, Town};
use tokio::sync::Barrier;
use usecases::ports::store::CancellationRecord;

use crate::bench::books::Balance;
use crate::bench::wishes::{code, refusal, whole, yen};
use crate::bench::{Bench, Card};
use crate::manage::{close, manager, preview, works};

/// The day on which all of this is used: a Saturday.
const DAY: &str = "2026-12-05";

/// The test town with a hall that costs something by its divisions, reasons for the gym's refunds,
/// and points for not coming.
fn town() -> Town {
    let file = testkit::TOWN_FILE
        .replace(
            "price = { free = {} }",
            "price = { per_division = { yen = { morning = 1050, afternoon = 1550 } } }",
        )
        .replace(
            "article = \"規則第9条\"",
            "article = \"規則第9条\"\ntier = [{ days_before = 7, percent = 100 }, { days_before = 1, percent = 30 }]",
        )
        .replace(
            "article = \"条例第10条\"\n",
            "article = \"条例第10条\"
override = [{ id = \"mayor\", label = \"町長が特に必要と認める\", article = \"条例第10条ただし書\" }]
reason = [
  { id = \"rain\", label = \"雨天のため使えない\", rooms = [\"gym-full\"], article = \"規則第6条\", tier = [{ before_start = true, percent = 100 }] },
  { id = \"illness\", label = \"やむを得ない理由\", article = \"規則第7条\", tier = [{ days_before = 3, percent = 80 }] },
]
",
        )
        .replacen(
            "[[attribute]]",
            "[penalty]
no_show = \"1\"
late_cancel = \"0.5\"
late_cancel_days = 3
rain_exempt = [\"late_cancel\"]
threshold = \"2\"
bar = { months = 6 }
article = \"要綱第9条\"

[[attribute]]",
            1,
        );
    domain::town::check(file.as_bytes()).unwrap()
}

fn slots(starts: &[&str]) -> BTreeSet<TimeOfDay> {
    starts.iter().map(|start| start.parse().unwrap()).collect()
}

/// Gives up some slots as their owner, whatever comes back.
async fn give_up(bench: &Bench, id: ReservationId, starts: &[&str]) -> Outcome<()> {
    let give_up = GiveUpSlots {
        reservation: id,
        slots: slots(starts),
        seen_refund_yen: None,
    };
    bench.desk().give_up(&bench.call(), &give_up).await
}

/// Cancels at the counter, having looked.
async fn cancel(bench: &Bench, clerk: &Call, what: SaleCancel, words: &str) -> Outcome<Yen> {
    let shown = bench.desk().cancel_sale_preview(clerk, &what).await?;
    let cancel = CancelSale {
        what,
        seen_refund: shown.preview.refund_yen,
        reason: words.to_owned(),
    };
    bench.desk().cancel_sale(clerk, &cancel).await?;
    Ok(shown.preview.refund_yen)
}

async fn given_up(bench: &Bench, id: ReservationId) -> Vec<CancellationRecord> {
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    reading.cancellations(id).await.unwrap()
}

/// The hall for a whole day, paid: 2,600 円 for two divisions.
async fn hall_all_day(bench: &Bench) -> ReservationId {
    let form = bench.form("hall-room", DAY, "09:00", "17:00");
    let id = bench.book(&form).await.unwrap();
    bench.pay_for(id).await;
    id
}

/// The gym for two hours, paid: 1,600 円 for four slots of half an hour.
async fn gym(bench: &Bench) -> ReservationId {
    bench.paid_booking().await
}

fn for_reason(id: ReservationId, reason: &str) -> SaleCancel {
    SaleCancel {
        because: Because::Reason(reason.parse().unwrap()),
        ..whole(id)
    }
}

fn out_of_rule(id: ReservationId, reason: &str, amount: u32) -> SaleCancel {
    SaleCancel {
        because: Because::Override {
            reason: reason.parse().unwrap(),
            amount: yen(amount),
        },
        ..whole(id)
    }
}

testkit::on_both! {
    /// 学校行事の優先枠登録 / 既存許可あり / 通知・代替・100%還付を起票.
    async fn scenario_33_a_priority_use_displaces_a_permit_with_notice_and_all_the_money(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = gym(&bench).await;
        bench.work().await;
        // By the rule for residents half would come back now.
        bench.becomes("2026-12-04", "09:00");
        let boss = manager(&bench).await;
        let shown = preview(&bench, &boss, &works(&bench)).await;
        assert_eq!(shown.cancelled[0].refund_yen, yen(1_600));
        bench.desk().close(&boss, &works(&bench), &shown.seen).await.unwrap();
        bench.work().await;
        let view = bench.view(id).await;
        assert_eq!(view.money.refunds, [(yen(1_600), RefundState::Done { at: bench.now() })]);
        let last = view.given_up.last().unwrap();
        assert_eq!((last.paid_yen, last.refund_yen, last.left), (yen(1_600), yen(1_600), None));
        assert_eq!(last.reckoning[0].basis, "条例第10条");
        let mail = bench.mailbox().mails().pop().unwrap();
        let told = [
            "施設の都合",
            "1,600円をお返しします",
            "条例第10条",
            "いま空いている近い時間",
            "体育館（全面）",
        ];
        for words in told {
            assert!(mail.text.contains(words), "{}", mail.text);
        }
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }

    /// What was given up before for one's own convenience, by the rule of then, stays so.
    async fn scenario_33_gives_back_all_that_is_left_after_a_part_was_given_up(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = gym(&bench).await;
        bench.becomes("2026-12-04", "09:00");
        give_up(&bench, id, &["19:00", "19:30"]).await.unwrap();
        bench.work().await;
        let boss = manager(&bench).await;
        let shown = preview(&bench, &boss, &works(&bench)).await;
        assert_eq!(shown.refund_yen, yen(800));
        close(&bench, &boss, &works(&bench)).await.unwrap();
        bench.work().await;
        let mut back: Vec<Yen> = bench.refunds(id).await.iter().map(|it| it.amount).collect();
        // Both at one instant: their ids alone would order them.
        back.sort_unstable();
        assert_eq!(back, [yen(400), yen(800)], "half of one half, all of the other");
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// 還付期限が休館日 / 翌開館日に申出 / 期限内扱い（設定時）: the day before Tuesday 12/8 is a Monday, on
    /// which the gym rests.
    async fn scenario_43_a_last_day_on_which_the_house_rests_moves_where_the_town_says_so(db: TestStore) {
        let mut town = testkit::town().unwrap();
        let gym = Arc::make_mut(&mut town.facilities[0]);
        gym.refund.on_closed_day = Some(ClosedDay::NextOpen);
        let bench = Bench::in_town(&db, &town).await;
        let id = bench.book(&bench.form("gym-full", "2026-12-08", "18:00", "19:00")).await.unwrap();
        bench.pay_for(id).await;
        let terms = bench.view(id).await.refund_terms;
        let on = |day: &str, back| (day.parse().unwrap(), yen(back));
        assert_eq!(terms, [on("2026-12-01", 800), on("2026-12-08", 400)]);

        bench.becomes("2026-12-08", "09:00");
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        let done = (yen(400), RefundState::Done { at: bench.now() });
        assert_eq!(bench.view(id).await.money.refunds, [done]);
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }

    /// 2コマ中1コマ取消 / 一部還付 / 枠ごとの率、端数は規則どおり.
    async fn scenario_44_one_of_two_slots_is_given_up_and_the_other_stands(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = hall_all_day(&bench).await;
        bench.work().await;
        bench.becomes("2026-12-01", "09:00");
        let (desk, call) = (bench.desk(), bench.call());
        let all = desk.cancel_preview(&call, id).await.unwrap();
        let cut: Vec<String> = all.slots.iter().map(|slot| slot.clock()).collect();
        assert_eq!(cut, ["9:00–12:00", "13:00–17:00"]);
        let shown = desk.give_up_preview(&call, id, &slots(&["13:00"])).await.unwrap();
        // 1,550 円 is the afternoon's share; 30 % of it is 465 円, rounded down to ten.
        assert_eq!((shown.paid_yen, shown.refund_yen), (yen(1_550), yen(460)));
        assert_eq!(shown.left.unwrap().clock(), "9:00–12:00");
        assert!(shown.reckoning[0].label.starts_with("13:00–17:00 "), "{:?}", shown.reckoning);
        assert_eq!(shown.reckoning[0].basis, "規則第9条");

        let mut wish = GiveUpSlots {
            reservation: id,
            slots: slots(&["13:00"]),
            seen_refund_yen: Some(yen(1)),
        };
        let changed = refusal(desk.give_up(&call, &wish).await);
        assert_eq!(changed, Refusal::RefundChanged { refund_yen: yen(460) });
        wish.seen_refund_yen = Some(yen(460));
        desk.give_up(&call, &wish).await.unwrap();
        desk.give_up(&call, &wish).await.unwrap();
        bench.work().await;

        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::Confirmed);
        assert_eq!(view.span.clock(), "9:00–12:00");
        assert_eq!(view.quote.total_yen, yen(2_600), "the frozen quote is what was charged");
        assert!(matches!(view.money.payment, PayState::Paid { .. }));
        assert_eq!(view.money.refunds, [(yen(460), RefundState::Done { at: bench.now() })]);
        assert_eq!(view.given_up.len(), 1, "the same button twice is one act");
        assert_eq!(view.refund_terms.iter().map(|(_, back)| *back).collect::<Vec<_>>(), [yen(1_050), yen(310)]);
        let mail = bench.mailbox().mails().pop().unwrap();
        assert!(mail.subject.starts_with("【予約の一部取消】"), "{}", mail.subject);
        for words in ["9:00–17:00", "9:00–12:00", "460円をお返しします", "規則第9条"] {
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
        let text = |paper: contract::Paper| String::from_utf8(paper.bytes).unwrap();
        let permit = text(desk.permit(&call, id).await.unwrap());
        assert!(permit.contains("\n9:00–12:00\n") && permit.contains("短縮"), "{permit}");
        let receipt = text(desk.receipt(&call, id).await.unwrap());
        assert!(receipt.contains("\n9:00–17:00"), "it is for what was paid: {receipt}");

        // The floor is free again, the gap between the divisions with it.
        let claims = "SELECT count(*) FROM claims";
        assert_eq!(bench.count(claims).await, 6);
        let taro = bench.settle_in(&Card::of("taro")).await;
        bench.book_as(taro, &bench.form("hall-room", DAY, "13:00", "17:00")).await.unwrap();
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
        bench.assert_sound().await;
    }

    /// What is left of the payment goes by the rule, and never more comes back than was paid.
    async fn scenario_44_the_rest_is_cancelled_later_by_what_was_paid_for_it(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = hall_all_day(&bench).await;
        give_up(&bench, id, &["09:00"]).await.unwrap();
        bench.work().await;
        assert_eq!(bench.view(id).await.span.clock(), "13:00–17:00");
        bench.becomes("2026-12-04", "09:00");
        let rest = bench.desk().cancel_preview(&bench.call(), id).await.unwrap();
        assert_eq!((rest.paid_yen, rest.refund_yen, rest.slots.len()), (yen(1_550), yen(460), 0));
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        let back: Vec<Yen> = bench.refunds(id).await.iter().map(|it| it.amount).collect();
        assert_eq!(back, [yen(1_050), yen(460)]);
        let acts = given_up(&bench, id).await;
        let paid: Vec<_> = acts.iter().map(|act| (act.nth, act.paid, act.refund)).collect();
        assert_eq!(paid, [(1, yen(1_050), yen(1_050)), (2, yen(1_550), yen(460))]);
        let mail = bench.mailbox().mails().pop().unwrap();
        assert!(mail.text.contains("460円をお返しします"), "only what comes back now: {}", mail.text);
        assert_eq!(bench.count("SELECT count(*) FROM claims").await, 0);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// 端数は規則どおり: rounded each, or once in all.
    async fn scenario_44_fractions_go_as_the_town_says(db: TestStore) {
        let mut town = town();
        let gym_of = Arc::make_mut(&mut town.facilities[0]);
        gym_of.refund.round_down_yen = 150;
        let bench = Bench::in_town(&db, &town).await;
        bench.becomes("2026-11-21", "09:00");
        let (each, total) = (gym(&bench).await, bench.book(&bench.form("gym-full", "2026-12-06", "18:00", "20:00")).await.unwrap());
        bench.pay_for(total).await;
        bench.becomes("2026-12-01", "09:00");
        // Two slots of 400 円 at 50 %: 150 and 150 円 …
        let (desk, last) = (bench.desk(), slots(&["19:00", "19:30"]));
        let shown = desk.give_up_preview(&bench.call(), each, &last).await.unwrap();
        assert_eq!((shown.refund_yen, shown.reckoning.len()), (yen(300), 2));
        // … or 400 円 once.
        Arc::make_mut(&mut town.facilities[0]).refund.rounded = RefundRounding::Total;
        bench.apply_town(&town).await;
        let shown = desk.give_up_preview(&bench.call(), total, &last).await.unwrap();
        assert_eq!(shown.refund_yen, yen(300));
        let three = slots(&["18:30", "19:00", "19:30"]);
        assert_eq!(code(desk.give_up_preview(&bench.call(), total, &three).await), "slot.too_short");
    }

    async fn what_stays_is_one_stretch_long_enough_and_before_its_start(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = gym(&bench).await;
        for (starts, says) in [
            (&["18:30"][..], "part.in_the_middle"),
            (&["18:00", "18:30", "19:00", "19:30"], "part.everything"),
            (&["17:30"], "part.not_a_slot"),
            (&["18:15"], "part.not_a_slot"),
            (&[], "part.nothing"),
            (&["18:00", "18:30", "19:00"], "slot.too_short"),
        ] {
            let before = bench.rows().await;
            assert_eq!(code(give_up(&bench, id, starts).await), says, "{starts:?}");
            let shown = bench.desk().give_up_preview(&bench.call(), id, &slots(starts)).await;
            assert_eq!(code(shown), says, "{starts:?}");
            assert_eq!(bench.rows().await, before);
        }
        let held = bench.book(&bench.form("gym-full", "2026-12-06", "18:00", "20:00")).await.unwrap();
        assert_eq!(code(give_up(&bench, held, &["18:00"]).await), "reservation.state");
        assert!(bench.desk().cancel_preview(&bench.call(), held).await.unwrap().slots.is_empty());
        let taro = bench.settle_in(&Card::of("taro")).await;
        let theirs = GiveUpSlots { reservation: id, slots: slots(&["18:00"]), seen_refund_yen: None };
        assert_eq!(code(bench.desk().give_up(&bench.call_of(taro), &theirs).await), "not_found");
        bench.becomes(DAY, "18:00");
        assert_eq!(code(give_up(&bench, id, &["19:30"]).await), "slot.past");
        assert!(given_up(&bench, id).await.is_empty());
        bench.assert_sound().await;
    }

    /// Two parts at once, a part and the whole at once, on connections of their own: what stays and
    /// what comes back is what one order of the two would have left.
    async fn parts_and_the_whole_given_up_at_once_leave_what_one_order_would(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let days = ["01", "02", "03", "04", "05", "06", "08", "09"];
        for (round, day) in days.into_iter().enumerate() {
            bench.becomes("2026-11-21", "09:00");
            let form = bench.form("gym-full", &format!("2026-12-{day}"), "16:00", "20:00");
            let id = bench.book(&form).await.unwrap();
            bench.pay_for(id).await;
            let together = Arc::new(Barrier::new(3));
            let press = |starts: Option<[&'static str; 4]>| {
                let (bench, together) = (bench.clone(), Arc::clone(&together));
                tokio::spawn(async move {
                    together.wait().await;
                    match starts {
                        Some(starts) => give_up(&bench, id, &starts).await,
                        None => bench.press_cancel(id).await,
                    }
                })
            };
            let head = press(Some(["16:00", "16:30", "17:00", "17:30"]));
            let tail = press(Some(["18:00", "18:30", "19:00", "19:30"]));
            let third = press(if round % 2 == 0 { None } else { Some(["18:00", "18:30", "19:00", "19:30"]) });
            let (head, tail, third) = (head.await.unwrap(), tail.await.unwrap(), third.await.unwrap());
            bench.work().await;
            let acts = given_up(&bench, id).await;
            let back = Yen::sum(bench.refunds(id).await.iter().map(|it| it.amount)).unwrap();
            let reckoned = Yen::sum(acts.iter().map(|act| act.refund)).unwrap();
            let context = format!("{head:?} {tail:?} {third:?} {acts:?}");
            assert_eq!(back, reckoned, "{context}");
            assert!(back <= yen(3_200), "{context}");
            let numbers: Vec<u32> = acts.iter().map(|act| act.nth).collect();
            assert_eq!(numbers, (1..).take(acts.len()).collect::<Vec<_>>(), "{context}");
            if round % 2 == 0 {
                third.unwrap();
                let state = bench.stored(id).await;
                assert!(matches!(state, Stored::Cancelled { .. }), "{context}");
                assert_eq!(back, yen(3_200), "{context}");
            } else {
                // One half is given up, by one press or by two; the other would be everything.
                assert_eq!((acts.len(), back), (1, yen(1_600)), "{context}");
                assert!(head.is_ok() || (tail.is_ok() && third.is_ok()), "{context}");
            }
            bench.assert_settled(id).await;
            bench.assert_sound().await;
        }
        bench.assert_books_agree().await;
    }

    /// Cash comes back in cash, part by part, and the drawer knows of each.
    async fn a_part_given_up_at_the_counter_is_paid_out_in_cash(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&clerk, (till, id), 1_600).await.unwrap();
        for (start, clock) in [("19:30", "18:00–19:30"), ("18:00", "18:30–19:30")] {
            let what = SaleCancel { slots: slots(&[start]), ..whole(id) };
            assert_eq!(cancel(&bench, &clerk, what, "本人の申出").await.unwrap(), yen(400));
            assert_eq!(bench.view(id).await.span.clock(), clock);
        }
        let due = bench.desk().sale(&clerk, id).await.unwrap().due;
        assert_eq!(due.len(), 2);
        for refund in due {
            bench.pay_out(&clerk, till, refund.id).await.unwrap();
        }
        assert_eq!(bench.drawer(till).await.state.cash().expected(), yen(5_800));
        let rest = Balance { fees: 800, ..Balance::default() };
        assert_eq!(bench.balance(id).await, rest);
        bench.assert_sound().await;
    }

    /// 雨天で屋外中止 / 開始前連絡 / 無断扱いにしない.
    async fn scenario_49_rain_told_before_the_start_gives_all_back_and_no_points(db: TestStore) {
        let town = town();
        let bench = Bench::in_town(&db, &town).await;
        let id = gym(&bench).await;
        bench.work().await;
        // On the day itself nothing would come back for one's own convenience.
        bench.becomes(DAY, "17:00");
        let clerk = bench.clerk("sato").await;
        let shown = bench.desk().cancel_sale_preview(&clerk, &whole(id)).await.unwrap();
        assert_eq!((shown.own_yen, shown.preview.refund_yen), (Some(yen(0)), yen(0)));
        let offered: Vec<_> = shown.reasons.iter().map(|it| (it.id.as_str(), it.refund_yen)).collect();
        assert_eq!(offered, [("rain", yen(1_600)), ("illness", yen(0))]);
        let back = cancel(&bench, &clerk, for_reason(id, "rain"), "").await.unwrap();
        assert_eq!(back, yen(1_600));
        bench.work().await;

        let record = bench.record(id).await;
        let Stored::Cancelled { by, reason, .. } = &record.state else {
            panic!("never a no-show: {:?}", record.state);
        };
        assert_eq!((*by, &**reason), (CancelledBy::Counter, "雨天のため使えない"));
        let act = given_up(&bench, id).await.remove(0);
        assert_eq!(act.grounds, Grounds::Reason("rain".parse().unwrap()));
        assert_eq!(act.staff, clerk.staff_member());
        assert_eq!(act.refund_id, Some(bench.refunds(id).await[0].id));
        let rule = town.penalty.as_ref().unwrap();
        let incident = incident_of(rule, &record.state, record.span, Some(&act.grounds));
        let incidents: Vec<_> = incident.into_iter().collect();
        let today = domain::civil::date_at(bench.now());
        assert!(tally(rule, &incidents, today).counted.is_empty());
        // The same press for one's own convenience would have been a late one.
        let late = incident_of(rule, &record.state, record.span, Some(&Grounds::Own));
        assert_eq!(tally(rule, &[late.unwrap()], today).counted.len(), 1);
        let line = &bench.view(id).await.given_up[0].reckoning[0];
        assert!(line.label.starts_with("雨天のため使えない"), "{line:?}");
        assert_eq!(line.basis, "規則第6条");
        let noted = "SELECT count(*) FROM audit_entries WHERE action = 'reservation.cancelled'
            AND actor LIKE 'staff:%'";
        assert_eq!(bench.count(noted).await, 1);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
        // Nobody is asked into the gym at 18:00, and so nobody is missed.
        bench.becomes(DAY, "21:00");
        assert!(matches!(bench.stored(id).await, Stored::Cancelled { .. }));
    }

    async fn a_reason_is_for_its_rooms_and_one_of_the_towns(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let clerk = bench.clerk("sato").await;
        let form = bench.form("gym-north", DAY, "10:00", "12:00");
        let id = bench.book(&form).await.unwrap();
        bench.pay_for(id).await;
        for reason in ["rain", "snow"] {
            let refused = refusal(cancel(&bench, &clerk, for_reason(id, reason), "").await);
            assert_eq!(refused.code(), "input.invalid", "{refused:?}");
        }
        assert_eq!(cancel(&bench, &clerk, for_reason(id, "illness"), "入院").await.unwrap(), yen(640));
        let Stored::Cancelled { reason, .. } = bench.stored(id).await else {
            panic!("it is cancelled");
        };
        assert_eq!(reason, "やむを得ない理由（入院）");
    }

    /// No free-hand amount: only for a reason that the town has laid down, and no more than was paid.
    async fn an_amount_out_of_the_rule_needs_one_of_the_towns_codes(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let clerk = bench.clerk("sato").await;
        let id = gym(&bench).await;
        bench.becomes(DAY, "09:00");
        let clerk = bench.again(&clerk);
        let before = bench.rows().await;
        let unknown = cancel(&bench, &clerk, out_of_rule(id, "kindness", 100), "親切").await;
        assert_eq!(code(unknown), "refund.override_reason");
        let more = cancel(&bench, &clerk, out_of_rule(id, "mayor", 1_601), "").await;
        assert_eq!(code(more), "refund.too_much");
        let own = CancelSale { what: whole(id), seen_refund: yen(1_000), reason: "本人の申出".to_owned() };
        let free_hand = bench.desk().cancel_sale(&clerk, &own).await;
        assert_eq!(refusal(free_hand), Refusal::RefundChanged { refund_yen: yen(0) });
        let looked = bench.rows().await;
        assert_eq!(looked, before, "nothing came of it");

        let part = SaleCancel { slots: slots(&["19:00", "19:30"]), ..out_of_rule(id, "mayor", 801) };
        assert_eq!(code(cancel(&bench, &clerk, part, "").await), "refund.too_much");
        let part = SaleCancel { slots: slots(&["19:00", "19:30"]), ..out_of_rule(id, "mayor", 777) };
        assert_eq!(cancel(&bench, &clerk, part, "").await.unwrap(), yen(777));
        assert_eq!(cancel(&bench, &clerk, out_of_rule(id, "mayor", 100), "").await.unwrap(), yen(100));
        bench.work().await;
        let acts = given_up(&bench, id).await;
        assert!(acts.iter().all(|act| act.grounds == Grounds::Override("mayor".parse().unwrap())));
        let by_nobody = "SELECT count(*) FROM cancellations WHERE staff_id IS NULL";
        assert_eq!(bench.count(by_nobody).await, 0);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// What a clerk does elsewhere is not theirs, and a resident gives no reason of the town's.
    async fn only_who_may_gives_up_for_somebody_else(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = hall_all_day(&bench).await;
        let clerk = bench.clerk("sato").await;
        let what = SaleCancel { slots: slots(&["13:00"]), ..whole(id) };
        assert_eq!(code(cancel(&bench, &clerk, what.clone(), "x").await), "forbidden");
        assert_eq!(code(bench.desk().cancel_sale_preview(&bench.call(), &what).await), "forbidden");
        let running = bench.form("gym-full", "2026-11-28", "09:00", "11:00");
        bench.becomes("2026-11-28", "09:10");
        let clerk = bench.again(&clerk);
        let sold = bench.desk().book_for(&clerk, bench.me(), &running).await.unwrap();
        let till = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        bench.take_cash(&clerk, (till, sold), 1_600).await.unwrap();
        let part = SaleCancel { slots: slots(&["10:30"]), ..whole(sold) };
        assert_eq!(code(cancel(&bench, &clerk, part, "x").await), "slot.past");
    }
}
