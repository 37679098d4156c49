//! ログイン.

/// The page's heading.
pub const HEADING: &str = "ログイン";
/// Under it.
pub const LEAD: &str = "マイナンバーカードで本人確認をします。";
/// What is needed.
pub const NEED: &str = "用意するもの";
/// Each.
pub const NEEDS: [&str; 2] = [
    "マイナンバーカード",
    "カードの暗証番号（利用者証明用の数字4桁と、券面事項入力補助用の数字4桁）",
];
/// What is read.
pub const READ: &str = "確認する内容";
/// Each.
pub const READS: &str = "お名前・住所・生年月日・性別。マイナンバー（12桁の番号）は使いません。";
/// Nothing is lost.
pub const NOTHING_LOST: &str = "終わると、もとのページに戻ります。入力した内容は残っています。";
/// The button.
pub const GO: &str = "マイナンバーカードでログインする";
/// Without a card.
pub const NO_CARD: &str = "カードがないとき";
/// What then.
pub const NO_CARD_NEXT: &str = "窓口か電話で予約できます。本人確認の書類をお持ちください。";

/// The failure page's heading.
pub const FAILED: &str = "ログインできませんでした";
/// The button.
pub const AGAIN: &str = "もう一度ログインする";
/// The other way.
pub const BACK: &str = "ログインせずに戻る";

/// Signed in, and asked to sign in once more.
pub const ALREADY: &str = "ログインしています";
/// Under it.
pub const ALREADY_NEXT: &str = "もう一度ログインしなくても、そのまま続けられます。";
/// The button.
pub const GO_ON: &str = "続ける";
/// The other way, for somebody who stays signed in.
pub const BACK_SIGNED_IN: &str = "もとのページに戻る";

/// Why it failed and what to do, by the code in the address.
#[must_use]
pub fn failed_because(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "cancelled" => (
            "ログインを中止しました。",
            "中止しても何も変わりません。続けるときは、もう一度ログインしてください。",
        ),
        "expired" => (
            "ログインの時間が切れました。",
            "安全のため、時間を区切っています。もう一度はじめからお願いします。",
        ),
        "unavailable" => (
            "本人確認のサービスにつながりません。",
            "しばらくたってから、もう一度お試しください。お急ぎのときは窓口か電話でも予約できます。",
        ),
        _ => (
            "本人確認ができませんでした。",
            "もう一度ログインしてください。続けてうまくいかないときは、お問い合わせください。",
        ),
    }
}
