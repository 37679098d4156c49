//! Scenario 48: what the service gives back no more goes to a bank account.

use chrono::Duration;
use contract::{RefundState, Resident as _};
use domain::town::{BookingWindow, Facility, Opening, Town};
use std::sync::Arc;

use crate::bench::Bench;
use crate::bench::wishes::code;
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
}
