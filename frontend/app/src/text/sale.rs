//! 窓口での受付.

use contract::{DrawerChoice, RefundDue};
use domain::money::Yen;
use domain::till::{Change, Denomination};

/// The page's heading.
pub const HEADING: &str = "予約の受付";
/// The person.
pub const PERSON: &str = "お名前";
/// The page turned to the resident.
pub const READ: &str = "予約内容の確認";
/// Leads there.
pub const READ_OPEN: &str = "お客さまに見せる画面を開く";
/// The question on it.
pub const READ_QUESTION: &str = "この内容でよろしいですか。";
/// Back to work.
pub const READ_DONE: &str = "確認しました（受付に戻る）";
/// The fee.
pub const FEE: &str = "料金";
/// What to pay.
pub const TO_PAY: &str = "お支払いの額";
/// The section.
pub const PAYMENT: &str = "お支払い";
/// The floor is kept until then.
pub const EXTEND: &str = "延長する";
/// Cash.
pub const CASH: &str = "現金で受け取る";
/// What was handed over.
pub const TENDERED: &str = "お預かり";
/// 円.
pub const YEN: &str = "円";
/// The button.
pub const TAKE: &str = "現金を受け取った";
/// The other button.
#[must_use]
pub fn take_exact(fee: Yen) -> String {
    format!("ちょうど{fee}を受け取った")
}
/// Which drawer.
pub const DRAWER: &str = "引出し";
/// No drawer is open.
pub const NO_DRAWER: &str = "今日の引出しが開いていません";
/// What to do.
pub const NO_DRAWER_NEXT: &str = "現金を扱うには、先に引出しを開けてください。";
/// Leads there.
pub const OPEN_DRAWER: &str = "引出しを開ける";
/// A phone.
pub const PHONE: &str = "スマホで支払ってもらう";
/// What happens.
pub const PHONE_MEANS: &str =
    "QRコードを表示します。お客さまのスマホで読み取り、カードかPayPayで支払えます。";
/// The button.
pub const PHONE_GO: &str = "QRコードを表示する";
/// Waiting.
pub const PHONE_WAITS: &str = "スマホでの支払いを待っています";
/// What to do.
pub const PHONE_READ: &str = "スマホのカメラで読み取ってください";
/// What happens then.
pub const PHONE_THEN: &str = "支払いが終わると、この画面が「支払済」に変わります。";
/// The code, for readers.
pub const PHONE_CODE: &str = "支払い画面を開く二次元コード";
/// Looks again.
pub const LOOK_AGAIN: &str = "更新する";
/// Below 50 円.
pub const FREE_CONFIRM: &str = "無料の予約を確定する";
/// It is paid.
pub const PAID: &str = "支払済";
/// It is free.
pub const FREE: &str = "無料";
/// Change.
pub const CHANGE: &str = "お釣り";
/// None.
pub const NO_CHANGE: &str = "お釣りはありません";
/// Papers.
pub const PAPERS: &str = "お渡しする書類";
/// They have gone by mail too.
pub const MAILED: &str = "同じ書類をメールでもお送りしています。";
/// They have not.
pub const NOT_MAILED: &str = "メールアドレスの登録がないため、印刷してお渡しください。";
/// Attendance.
pub const ATTENDANCE: &str = "入館";
/// Refunds to be paid out.
pub const DUE: &str = "現金で還付するもの";
/// The button.
pub const PAY_OUT: &str = "現金で還付した";
/// Who signs.
pub const PAY_OUT_SIGNS: &str =
    "お金を渡してから押してください。渡した職員の名前と時刻を記録します。";
/// Cancelling.
pub const CANCEL: &str = "代わりに取り消す";
/// The page.
pub const CANCEL_HEADING: &str = "予約の代理取消し";
/// Why.
pub const REASON: &str = "取消しの理由";
/// What to write there.
pub const REASON_SUPPORT: &str = "例：本人の来館による申出。名前や連絡先は書かないでください。";
/// What may be written there where the town's reason says it.
pub const WORDS_SUPPORT: &str =
    "選んだ理由のほかに書き残すことがあるときだけ。名前や連絡先は書かないでください。";
/// For which reason money comes back.
pub const WHY: &str = "還付の理由";
/// An amount out of the rule.
pub const AMOUNT: &str = "還付する額";
/// When it counts.
pub const AMOUNT_SUPPORT: &str = "「規則によらない還付」を選んだときだけ入力します。";
/// Which slots.
pub const PART: &str = "一部だけを取り消すときは、取り消す時間";
/// What can be chosen.
pub const PART_SUPPORT: &str = "始まりか終わりの側から選べます。選ばなければ全部を取り消します。";
/// Reckons for what was chosen.
pub const RECKON_AGAIN: &str = "この内容で計算する";
/// Nothing comes back.
pub const NOTHING_BACK: &str = "この理由と日付では、還付はありません。";

/// 「本人の都合（400円を還付）」
#[must_use]
pub fn own(refund: Option<Yen>) -> String {
    match refund {
        Some(refund) => format!("本人の都合（{refund}を還付）"),
        None => "本人の都合（この変更はできません）".to_owned(),
    }
}

/// 「雨天のため屋外を利用できない（800円を還付、規則第6条）」
#[must_use]
pub fn for_reason(label: &str, refund: Yen, article: &str) -> String {
    format!("{label}（{refund}を還付、{article}）")
}

/// 「規則によらない還付：町長が特に必要と認める（条例第10条）」
#[must_use]
pub fn out_of_rule(label: &str, article: &str) -> String {
    format!("規則によらない還付：{label}（{article}）")
}

/// The button.
#[must_use]
pub fn part_button(refund: Yen) -> String {
    if refund.is_zero() {
        "この時間を取り消す".to_owned()
    } else {
        format!("この時間を取り消して{refund}を還付する")
    }
}

/// The money goes back in cash.
pub const BACK_IN_CASH: &str = "現金でお支払いのため、引出しから現金で還付します。";
/// The money goes back the way it came.
pub const BACK_ONLINE: &str =
    "支払いに使った方法に戻します。カードは会社により数日から2か月かかります。";
/// The button.
#[must_use]
pub fn cancel_button(refund: Yen) -> String {
    if refund.is_zero() {
        "この予約を取り消す".to_owned()
    } else {
        format!("取り消して{refund}を還付する")
    }
}
/// The way back.
pub const KEEP: &str = "取り消さずに受付に戻る";

/// A drawer to choose: 「引出し1 むくのきセンター」
#[must_use]
pub fn drawer(drawer: &DrawerChoice) -> String {
    format!("引出し{} {}", drawer.drawer, drawer.facility_name)
}

/// A refund to be paid out: 「1,600円」, with why when it came back.
#[must_use]
pub fn due(due: &RefundDue) -> String {
    if due.came_back {
        format!("{}（オンラインで戻せなかったもの）", due.amount)
    } else {
        due.amount.to_string()
    }
}

/// What was handed over, against what: 「お預かり 2,000円 − 料金 1,600円」
#[must_use]
pub fn reckoned(tendered: Yen, amount: Yen) -> String {
    format!("お預かり {tendered} − 料金 {amount}")
}

/// The change piece by piece: 「100円玉 4枚」
#[must_use]
pub fn pieces(change: &Change) -> Vec<String> {
    let piece = |(kind, count): (Denomination, u32)| format!("{kind} {count}枚");
    change.pieces.iter().map(piece).collect()
}

/// What was just done.
#[must_use]
pub fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "cash" => "現金を受け取りました。予約は確定しました。",
        "free" => "予約は確定しました。",
        "submitted" => "審査に申し込みました。結果が出るまで、この時間を確保します。",
        "reduced" => "減免を記録しました。料金が変わりました。",
        "extended" => "確保の時間を延長しました。",
        "cancelled" => "予約を取り消しました。",
        "part_cancelled" => "予約の一部を取り消しました。",
        "account" => "返金の振込先を受け付けました。会計の振込を待っています。",
        "paid_out" => "現金で還付したことを記録しました。",
        "check_in" => "入館を記録しました。",
        "undo_check_in" => "入館を取り消しました。",
        "no_show" => "「来なかった」と記録しました。",
        "undo_no_show" => "「来なかった」の記録を取り消しました。",
        _ => return None,
    })
}

/// On the phone, paid.
pub const ON_PHONE_PAID: &str = "お支払いを受け付けました";
/// What now.
pub const ON_PHONE_PAID_NEXT: &str =
    "窓口の職員に、この画面をお見せください。この画面は閉じても大丈夫です。";
/// On the phone, not paid.
pub const ON_PHONE_LEFT: &str = "お支払いはまだです";
/// What now.
pub const ON_PHONE_LEFT_NEXT: &str =
    "もう一度支払うときは、窓口の画面のQRコードを読み取ってください。現金でも支払えます。";
