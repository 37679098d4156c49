//! Scenarios 48 and 50: what the service gives back no more, and what two clerks give back at once.

use chrono::Duration;
use contract::{CancelSale, RefundState, Resident as _, Sales as _};
use domain::town::{BookingWindow, Facility, Opening, Town};
use std::sync::Arc;

use crate::bench::Bench;
use crate::bench::wishes::{code, whole, yen};
use crate::transfers::town;

/// A town that lets book two years ahead.
fn far_ahead() -> Town {
    let mut town = town();
    for facility in &mut town.facilities {
        let whole = Arc::unwrap_or_clone(Arc::clone(facility));
        let opening = Opening::DaysAhead { days: 730 };
        *facility = Arc::new(Facility {
            window: BookingWindow {
                opening,
                ..whole.window.clone()
            },
            ..whole
        });
    }
    town
}

testkit::on_both! {
    /// 48. 決済から366日後の還付 / PayPay / 口座振込へ切替
    async fn scenario_48_paypay_after_366_days_goes_to_a_bank_account(db: TestStore) {
        let bench = Bench::in_town(&db, &far_ahead()).await;
        for (days, to_account) in [(365, false), (366, true)] {
            let start = bench.now();
            let form = bench.form("gym-full", if to_account { "2028-12-16" } else { "2027-12-18" }, "09:00", "11:00");
            let id = bench.book(&form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pay_at_stripe_by(&session, "paypay");
            bench.desk().payment_returned(&bench.call(), id).await.unwrap();
            bench.pass(Duration::days(days));
            bench.press_cancel(id).await.unwrap();
            bench.work().await;
            let refunds = bench.view(id).await.money.refunds;
            if to_account {
                assert!(matches!(refunds[..], [(_, RefundState::AccountWanted)]), "{refunds:?}");
                let mails = bench.mailbox().mails();
                let asked = mails.iter().filter(|mail| mail.subject.starts_with("【振込先の口座を教えてください】"));
                assert_eq!(asked.count(), 1);
                assert_eq!(code(bench.desk().account_form(&bench.visitor(), id).await), "sign_in.required");
                assert_eq!(bench.balance(id).await.payable, 1_600);
            } else {
                assert!(matches!(refunds[..], [(_, RefundState::Done { .. })]), "{refunds:?}");
            }
            assert_eq!(bench.now() - start, Duration::days(days));
        }
        bench.assert_sound().await;
    }

    /// 50. 許可取消と還付が別職員で同時 / 実行 / 二重還付なし
    async fn scenario_50_two_clerks_who_cancel_at_once_give_back_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let (one, other) = (bench.clerk("sato").await, bench.clerk("suzuki").await);
        let cancel = CancelSale {
            what: whole(id),
            seen_refund: yen(1_600),
            reason: "本人の申出".to_owned(),
        };
        let desk = bench.desk();
        let both = tokio::join!(desk.cancel_sale(&one, &cancel), desk.cancel_sale(&other, &cancel));
        assert!(both.0.is_ok() || both.1.is_ok(), "{both:?}");
        bench.work().await;
        assert_eq!(bench.refunds(id).await.len(), 1);
        assert_eq!(bench.stripe().balance().gross, 0);
        bench.assert_settled(id).await;
    }
}
