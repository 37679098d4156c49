//! 予約の内容, 支払い, 取消し.

use chrono::NaiveDate;
use contract::{Answered, PayState, RefundState, ReservationState};
use domain::fees::AttributeValue;
use domain::money::{SignedYen, Yen};
use domain::town::AttributeKind;

use super::{booking, clock};

/// 予約の確認.
pub const LIST: &str = "予約の確認";
/// Coming ones.
pub const COMING: &str = "これからの予約";
/// Past ones.
pub const PAST: &str = "終わった予約・取り消した予約";
/// None at all.
pub const NONE: &str = "予約はまだありません。";
/// None coming.
pub const NONE_COMING: &str = "これからの予約はありません。";
/// A question that was answered with yes.
pub const YES: &str = "はい";
/// One reservation.
pub const HEADING: &str = "予約の内容";
/// 予約番号.
pub const NUMBER: &str = "予約番号";
/// 施設.
pub const FACILITY: &str = "施設";
/// 部屋.
pub const ROOM: &str = "部屋";
/// 日時.
pub const WHEN: &str = "日時";
/// 使用目的.
pub const PURPOSE: &str = "使用目的";
/// 人数.
pub const PEOPLE: &str = "人数";
/// 連絡事項.
pub const NOTE: &str = "連絡事項";
/// 支払い.
pub const PAYMENT: &str = "お支払い";
/// 返金.
pub const REFUND: &str = "返金";
/// 当日.
pub const ON_THE_DAY: &str = "当日のご案内";
/// The code's heading.
pub const QR: &str = "受付で見せる画面";
/// What the code is for.
pub const QR_MEANS: &str = "当日、受付でこの画面を見せてください。予約番号だけでも大丈夫です。";
/// The code's text for readers.
#[must_use]
pub fn qr_alt(number: &str) -> String {
    format!("予約番号 {number} の二次元コード")
}
/// Papers.
pub const PAPERS: &str = "書類";
/// 使用許可書.
pub const PERMIT: &str = "使用許可書（PDF）";
/// 領収書.
pub const RECEIPT: &str = "領収書（PDF）";
/// 還付通知書.
pub const REFUND_NOTICE: &str = "還付通知書（PDF）";
/// Calendar file.
pub const CALENDAR: &str = "カレンダーに入れる";
/// Terms.
pub const TERMS: &str = "取消しの条件";
/// Button.
pub const CANCEL: &str = "予約を取り消す";
/// It cannot be.
pub const CANNOT_CANCEL: &str = "この予約は、ここでは取り消せません。お問い合わせください。";
/// Goes on with a hold.
pub const GO_ON: &str = "予約の手続きを続ける";
/// Books again.
pub const BOOK_AGAIN: &str = "同じ部屋の空きを見る";

/// After paying.
pub const DONE: &str = "予約が確定しました";
/// Under it.
pub const DONE_MEANS: &str = "確認のメールをお送りしました。";
/// While the payment is being asked for.
pub const CHECKING: &str = "お支払いを確認しています";
/// Under it.
pub const CHECKING_MEANS: &str =
    "ふつうは数秒で終わります。この時間は確保されているので、閉じても大丈夫です。";
/// Konbini and the like.
pub const CHECKING_LONG: &str = "確定するとメールでお知らせします。";
/// A voucher is out.
pub const VOUCHER: &str = "コンビニでお支払いください";
/// What it means.
pub const VOUCHER_MEANS: &str = "お店の端末かレジで、次の番号をお使いください。この時間は期限まで確保しています。番号はメールでもお送りしました。";
/// What cannot be done meanwhile.
pub const VOUCHER_STAYS: &str = "番号を発行したあとは、ここでの取消しや支払い方法の変更はできません。期限までお支払いがないときは、予約は自動で取り消されます。";
/// Until when.
pub const VOUCHER_UNTIL: &str = "お支払いの期限";
/// How much.
pub const VOUCHER_AMOUNT: &str = "お支払いの額";
/// The number to type in.
pub const PAYMENT_NUMBER: &str = "払込番号";
/// The second number.
pub const CONFIRMATION_NUMBER: &str = "確認番号";

/// Asks again.
pub const CHECK_AGAIN: &str = "もう一度確認する";
/// Came back without paying.
pub const NOT_PAID: &str = "お支払いはまだです";
/// Under it.
pub const NOT_PAID_MEANS: &str = "お支払いがすむと予約が確定します。";
/// Goes to pay.
pub const PAY_AGAIN: &str = "支払いへ進む";

/// The cancel page.
pub const CANCEL_HEADING: &str = "予約の取消し";
/// What comes back.
pub const COMES_BACK: &str = "返金の額";
/// Nothing was paid.
pub const NOTHING_PAID: &str = "お支払いはまだなので、返金はありません。";
/// Nothing comes back.
pub const NOTHING_BACK: &str = "取消しの期限を過ぎているため、返金はありません。";
/// How it comes back.
pub const BACK_HOW: &str =
    "支払いに使った方法に戻します。カードは会社により数日から2か月かかります。";
/// Opens the reckoning.
pub const RECKONING: &str = "計算のしかた";
/// What was paid.
pub const PAID: &str = "お支払いの額";
/// The floor is given to others.
pub const CANCEL_WARNING: &str =
    "取り消すと、この時間はほかの人が予約できるようになります。元には戻せません。";
/// The link back.
pub const KEEP: &str = "取り消さずに戻る";
/// Cancelled.
pub const CANCELLED: &str = "予約を取り消しました";

/// The way to a part of it.
pub const PART_WAY: &str = "一部の時間だけを取り消す";
/// The page.
pub const PART_HEADING: &str = "予約の一部取消し";
/// Which slots.
pub const PART_WHICH: &str = "取り消す時間";
/// What can be chosen.
pub const PART_SUPPORT: &str =
    "始まりか終わりの側から選べます。選ばなかった時間は、予約したまま残ります。";
/// There is only one slot, or it cannot be now.
pub const PART_NONE: &str = "この予約は、一部だけを取り消すことができません。";
/// Reckons.
pub const PART_LOOK: &str = "返金の額を確かめる";
/// What stays.
pub const PART_LEFT: &str = "残る時間";
/// What was paid for it.
pub const PART_PAID: &str = "取り消す分のお支払い";
/// Nothing comes back.
pub const PART_NOTHING_BACK: &str = "この取消しでは、返金はありません。";
/// It was free.
pub const TERM_NOTHING_TO_PAY: &str = "無料の予約なので、返金はありません。";
/// The floor is given to others.
pub const PART_WARNING: &str =
    "取り消した時間は、ほかの人が予約できるようになります。元には戻せません。";
/// A part is cancelled.
pub const SHORTENED: &str = "予約の一部を取り消しました";
/// What was given up.
pub const GIVEN_UP: &str = "取消しの記録";
/// Nothing had been paid.
pub const NOTHING_PAID_BACK: &str = "お支払いがなかったので、返金はありません。";

/// The button, with what comes back.
#[must_use]
pub fn part_button(refund: Yen) -> String {
    if refund.is_zero() {
        "この時間を取り消す".to_owned()
    } else {
        format!("この時間を取り消して{refund}の返金を受ける")
    }
}

/// 「18:00–20:00 を 18:00–19:00 に短縮」
#[must_use]
pub fn shortened(before: &str, left: &str) -> String {
    format!("{before} を {left} に短縮")
}

/// 「18:00–20:00 の全部を取消し」
#[must_use]
pub fn ended(before: &str) -> String {
    format!("{before} の全部を取消し")
}

/// 「取り消した分のお支払い 800円のうち、400円を返金」
#[must_use]
pub fn of_what_was_paid(paid: Yen, refund: Yen) -> String {
    format!("取り消した分のお支払い {paid}のうち、{refund}を返金")
}

/// The cancel button, with what comes back.
#[must_use]
pub fn cancel_button(refund: Yen) -> String {
    if refund.is_zero() {
        "この予約を取り消す".to_owned()
    } else {
        format!("取り消して{refund}の返金を受ける")
    }
}

/// 「12人」
#[must_use]
pub fn people(count: u32) -> String {
    format!("{count}人")
}

/// An answer to one of the town's questions: 「入場料」「500円」. What was not answered, or with no, is
/// not said.
#[must_use]
pub fn answer(answered: &Answered) -> Option<(String, String)> {
    let Answered { question, answer } = answered;
    let words = match (answer, &question.kind) {
        (AttributeValue::Flag(false) | AttributeValue::Amount(0), _) => return None,
        (AttributeValue::Flag(true), _) => YES.to_owned(),
        (AttributeValue::Amount(amount), _) => {
            let unit = booking::amount_unit(&question.id);
            match i64::try_from(*amount) {
                Ok(yen) if !unit.is_empty() => SignedYen::new(yen).to_string(),
                _ => amount.to_string(),
            }
        }
        (AttributeValue::Choice(id), AttributeKind::Choice(classes)) => {
            let class = classes.iter().find(|class| class.id.as_str() == id)?;
            class.label.clone()
        }
        (AttributeValue::Choice(_), _) => return None,
    };
    Some((question.label.clone(), words))
}

/// The state's word.
#[must_use]
pub const fn state(state: &ReservationState) -> &'static str {
    match state {
        ReservationState::Held { .. } => "仮押さえ中",
        ReservationState::AwaitingReview => "審査中",
        ReservationState::AwaitingPayment { .. } => "お支払い待ち",
        ReservationState::Confirmed => "予約確定",
        ReservationState::CheckedIn => "利用中",
        ReservationState::Completed => "利用済み",
        ReservationState::NoShow => "利用なし",
        ReservationState::Released => "期限切れ",
        ReservationState::Cancelled { .. } => "取消済み",
        ReservationState::Refused { .. } => "不許可",
    }
}

/// What the state means and until when, under the heading.
#[must_use]
pub fn state_means(state: &ReservationState, today: NaiveDate) -> String {
    match state {
        ReservationState::Held { until, .. } => format!(
            "{} まで確保しています。手続きを続けると予約できます。",
            clock::at(*until, today)
        ),
        ReservationState::AwaitingReview => {
            "施設で内容を確かめています。結果はメールでお知らせします。".to_owned()
        }
        ReservationState::AwaitingPayment { due } => {
            format!("{} までにお支払いください。", clock::at(*due, today))
        }
        ReservationState::Confirmed => "予約は確定しています。".to_owned(),
        ReservationState::CheckedIn => "受付がすんでいます。".to_owned(),
        ReservationState::Completed => "ご利用ありがとうございました。".to_owned(),
        ReservationState::NoShow => "ご利用がありませんでした。".to_owned(),
        ReservationState::Released => {
            "期限までに手続きがなかったため、この時間の確保は終わりました。".to_owned()
        }
        ReservationState::Cancelled { at, reason: None } => {
            format!("{} に取り消しました。", clock::at(*at, today))
        }
        ReservationState::Cancelled {
            at,
            reason: Some(reason),
        } => format!("{} に施設が取り消しました。{reason}", clock::at(*at, today)),
        ReservationState::Refused { at, reason } => format!(
            "{} に不許可と決まりました。理由：{reason}",
            clock::at(*at, today)
        ),
    }
}

/// Where the payment stands.
#[must_use]
pub fn payment(state: &PayState, today: NaiveDate) -> String {
    match state {
        PayState::Free => "無料です".to_owned(),
        PayState::Unpaid => "まだです".to_owned(),
        PayState::Checking => "確認しています".to_owned(),
        PayState::Voucher(voucher) => format!(
            "コンビニでのお支払いを待っています（{} まで）",
            clock::at(voucher.until, today)
        ),
        PayState::Paid { at, method } => {
            format!("{} に{method}で支払い済み", clock::at(*at, today))
        }
    }
}

/// Where a refund stands.
#[must_use]
pub fn refund(amount: Yen, state: &RefundState, today: NaiveDate) -> String {
    match state {
        RefundState::Pending => format!("{amount}の返金を手続きしています"),
        RefundState::Done { at } => {
            format!("{amount}を {} に返金しました", clock::at(*at, today))
        }
        RefundState::AccountWanted => {
            format!("{amount}の返金は、振込先の口座の届出を待っています")
        }
        RefundState::ByTransfer => {
            format!("{amount}を、届け出ていただいた口座へ振り込む手続きをしています")
        }
        RefundState::Failed => {
            format!("{amount}の返金ができませんでした。担当からご連絡します")
        }
    }
}

/// One term: 「11月21日（土）までの取消し: 400円を返金」
#[must_use]
pub fn term(until: NaiveDate, yen: Yen, today: NaiveDate) -> String {
    format!("{}までの取消し: {yen}を返金", clock::day(until, today))
}

/// After the last term.
pub const TERM_NONE: &str = "それより後の取消しは返金がありません。";
/// When it costs nothing.
pub const TERM_FREE: &str = "無料の予約です。利用しなくなったら、早めに取り消してください。";

#[cfg(test)]
mod tests {
    use domain::town::{Choice, UserAttribute};

    use super::*;

    fn said(id: &str, kind: AttributeKind, answer: AttributeValue) -> Option<String> {
        let question = UserAttribute {
            id: id.parse().unwrap(),
            label: "問い".to_owned(),
            kind,
            from_residence: false,
        };
        let (label, words) = super::answer(&Answered { question, answer })?;
        assert_eq!(label, "問い");
        Some(words)
    }

    #[test]
    fn answers_are_said_as_they_were_chosen_and_what_is_no_is_not_said() {
        let user = || {
            let class = |id: &str, label: &str| Choice {
                id: id.parse().unwrap(),
                label: label.to_owned(),
            };
            AttributeKind::Choice(vec![class("adult", "一般"), class("student", "高校生以下")])
        };
        let choice = |id: &str| AttributeValue::Choice(id.to_owned());
        let (flag, amount) = (AttributeValue::Flag, AttributeValue::Amount);
        for (id, kind, answer, words) in [
            ("commercial", AttributeKind::Flag, flag(true), Some("はい")),
            ("commercial", AttributeKind::Flag, flag(false), None),
            (
                "fee_yen",
                AttributeKind::Amount,
                amount(1_500),
                Some("1,500円"),
            ),
            ("fee_yen", AttributeKind::Amount, amount(0), None),
            ("floors", AttributeKind::Amount, amount(3), Some("3")),
            ("user", user(), choice("student"), Some("高校生以下")),
            ("user", user(), choice("gone"), None),
        ] {
            assert_eq!(said(id, kind, answer).as_deref(), words, "{id}");
        }
    }
}
