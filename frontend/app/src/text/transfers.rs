//! Refunds to bank accounts (口座振込による還付).

use contract::{TransferDue, TransferOrderSummary};
use domain::transfer::{AccountKind, BankAccount, OrderState};

/// The resident's page.
pub const ACCOUNT: &str = "返金の振込先";
/// What it is for.
pub const ACCOUNT_LEAD: &str =
    "お返しする料金を、この口座に振り込みます。振込の手数料はかかりません。";
/// Who sees it, and how long.
pub const ACCOUNT_KEPT: &str =
    "口座は暗号化して保存し、会計の担当だけが見ます。振込から30日たつと消します。";
/// What comes back.
pub const AMOUNT: &str = "お返しする金額";
/// Told before.
pub const TOLD: &str = "届け出ずみの口座";
/// Which kind of bank.
pub const WHERE: &str = "金融機関";
/// Banks.
pub const BANK: &str = "銀行・信用金庫・農協など";
/// The post bank.
pub const YUCHO: &str = "ゆうちょ銀行";
/// The bank's number.
pub const BANK_CODE: &str = "金融機関コード";
/// Where it stands.
pub const BANK_CODE_SUPPORT: &str =
    "4けたの数字です。通帳かキャッシュカード、銀行のサイトで確かめられます（例 0158）。";
/// The branch.
pub const BRANCH_CODE: &str = "支店コード";
/// Where it stands.
pub const BRANCH_CODE_SUPPORT: &str =
    "3けたの数字です。通帳では「店番」と書かれています（例 123）。";
/// The kind.
pub const KIND: &str = "預金の種類";
/// The number.
pub const NUMBER: &str = "口座番号";
/// Where it stands.
pub const NUMBER_SUPPORT: &str = "7けたまでの数字です。少ないときは、そのまま入力してください。";
/// ゆうちょ.
pub const SYMBOL: &str = "記号";
/// Where it stands.
pub const SYMBOL_SUPPORT: &str = "通帳の1ページ目にある5けたの数字です（例 14450）。";
/// ゆうちょ.
pub const YUCHO_NUMBER: &str = "番号";
/// Where it stands.
pub const YUCHO_NUMBER_SUPPORT: &str = "通帳の1ページ目にある8けたまでの数字です（例 12345671）。";
/// The holder.
pub const HOLDER: &str = "口座名義（カタカナ）";
/// How.
pub const HOLDER_SUPPORT: &str =
    "通帳のとおりに入力してください（例 ヤマダ ハナコ）。予約した方の口座にしてください。";
/// The button.
pub const TELL: &str = "この口座に振り込んでもらう";
/// Done.
pub const TOLD_NOW: &str = "振込先の口座を受け付けました。振り込んだらメールでお知らせします。";
/// Leads to the page.
pub const TELL_LINK: &str = "返金の振込先を届け出る";
/// On a booking: money waits for it.
pub const WANTED: &str = "返金の振込先を教えてください";
/// What it means.
pub const WANTED_MEANS: &str = "お支払いの方法へは返金できませんでした。口座を届け出ると、そこへ振り込みます。窓口で現金でもお返しできます。";

/// The accounting's page.
pub const HEADING: &str = "口座への還付";
/// What it is for.
pub const LEAD: &str =
    "お支払いの方法へ返せない料金を、口座に振り込みます。起案と決裁は、別の人がします。";
/// No payer.
pub const NO_PAYER: &str = "振込元の口座が町ファイルにありません";
/// What to do.
pub const NO_PAYER_NEXT: &str = "町ファイルに [payer] を書き足して適用すると、振込データを作れます。それまでは窓口の現金で還付してください。";
/// What can go.
pub const READY: &str = "振り込むもの";
/// Nothing.
pub const NONE_READY: &str = "振り込むものはありません。";
/// No account yet.
pub const WAITING: &str = "口座の届出を待っているもの";
/// Nothing.
pub const NONE_WAITING: &str = "口座の届出を待っているものはありません。";
/// Column.
pub const CHOOSE: &str = "選ぶ";
/// Column.
pub const BOOKING: &str = "予約番号";
/// Column.
pub const YEN: &str = "金額";
/// Column.
pub const SINCE: &str = "還付決定";
/// Column.
pub const TO: &str = "振込先";
/// Column.
pub const ACCOUNT_HOLDER: &str = "名義";
/// Column.
pub const STATE: &str = "状態";
/// The day.
pub const PAY_ON: &str = "振込日";
/// Which days.
pub const PAY_ON_SUPPORT: &str =
    "銀行の営業日にしてください。銀行に渡す締切は、銀行との取り決めによります。";
/// The button.
pub const PREPARE: &str = "選んだものの振込依頼を作る";
/// The list.
pub const ORDERS: &str = "振込依頼";
/// None.
pub const NO_ORDERS: &str = "振込依頼はまだありません。";
/// Column.
pub const ORDER: &str = "番号";
/// Column.
pub const COUNT: &str = "件数";
/// Fact.
pub const PREPARED_BY: &str = "起案";
/// Fact.
pub const APPROVED_BY: &str = "決裁";
/// The button.
pub const APPROVE: &str = "決裁する";
/// Not one's own.
pub const APPROVE_OTHER: &str =
    "起案した人は決裁できません。ほかの会計担当が決裁すると、振込データを取り出せます。";
/// The button.
pub const FILE: &str = "振込データを取り出す（全銀形式）";
/// What it is.
pub const FILE_MEANS: &str =
    "総合振込のデータです（JIS・120桁・改行つき）。銀行のサイトか媒体で渡してください。";
/// The button.
pub const CARRIED_OUT: &str = "振り込んだことを記録する";
/// The day.
pub const SENT_ON: &str = "振り込んだ日";
/// What follows.
pub const CARRIED_OUT_MEANS: &str =
    "帳簿に還付を記録し、振り込んだことを利用者にメールで知らせます。";
/// The button.
pub const WITHDRAW: &str = "取りやめる";
/// What follows.
pub const WITHDRAW_MEANS: &str =
    "中のものは「振り込むもの」に戻ります。銀行に渡したあとは、先に銀行で止めてください。";
/// The button.
pub const SENT_BACK: &str = "銀行から戻った";
/// What is in it.
pub const ITEMS: &str = "中のもの";
/// One that came back.
pub const CAME_BACK: &str = "戻り・取りやめ";
/// Thrown away.
pub const PURGED: &str = "消去ずみ";

/// After something was done.
#[must_use]
pub fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "prepared" => "振込依頼を作りました。ほかの人に決裁を頼んでください。",
        "approved" => "決裁しました。振込データを取り出せます。",
        "withdrawn" => "振込依頼を取りやめました。",
        "carried_out" => "振り込んだことを記録しました。",
        "sent_back" => "銀行から戻ったことを記録し、利用者に口座をたずねるメールを送りました。",
        _ => return None,
    })
}

/// 「振込依頼 第12号」.
#[must_use]
pub fn order(number: u32) -> String {
    format!("振込依頼 第{number}号")
}

/// 「2件 1,230円」.
#[must_use]
pub fn contents(order: &TransferOrderSummary) -> String {
    format!("{}件 {}", order.count, order.total)
}

/// Where an order stands.
#[must_use]
pub const fn state(state: OrderState) -> &'static str {
    match state {
        OrderState::Prepared => "決裁待ち",
        OrderState::Approved { .. } => "決裁ずみ",
        OrderState::CarriedOut { .. } => "振込ずみ",
        OrderState::Withdrawn { .. } => "取りやめ",
    }
}

/// The tone of a state.
#[must_use]
pub const fn tone(state: OrderState) -> &'static str {
    match state {
        OrderState::Prepared => "warning",
        OrderState::Approved { .. } => "warning",
        OrderState::CarriedOut { .. } => "success",
        OrderState::Withdrawn { .. } => "quiet",
    }
}

/// 「0158-123 普通 0012345」.
#[must_use]
pub fn account(account: &BankAccount) -> String {
    format!(
        "{}-{} {} {}",
        account.bank(),
        account.branch().as_str(),
        account.kind(),
        account.number()
    )
}

/// What a checkbox beside a row is called for those who cannot see the row.
#[must_use]
pub fn choose(due: &TransferDue) -> String {
    format!("予約 {} {}", due.number, due.amount)
}

/// The kinds of accounts as a form offers them.
#[must_use]
pub fn kinds() -> Vec<(String, String)> {
    AccountKind::ALL
        .map(|kind| (kind.as_str().to_owned(), kind.to_string()))
        .into()
}
