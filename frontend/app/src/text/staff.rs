//! 職員のページ.

use contract::{Granted, Role};

/// The page's heading, and the header's word.
pub const HEADING: &str = "職員のページ";
/// In the header, after the town's name.
pub const SITE: &str = "施設予約（職員）";
/// Who is it for.
pub const LEAD: &str = "窓口と施設管理のためのページです。職員の認証でログインします。";
/// The button.
pub const SIGN_IN: &str = "職員としてログインする";
/// No issuer.
pub const NOT_SET_UP: &str = "職員のログインは、まだ設定されていません";
/// What now.
pub const NOT_SET_UP_NEXT: &str =
    "システムの運用担当者に、職員の認証（STAFF_IDP）の設定を依頼してください。";
/// Not staff.
pub const FOR_RESIDENTS: &str = "施設を予約する方はこちら";

/// Who is signed in.
pub const NAME: &str = "お名前";
/// What for.
pub const ROLES: &str = "権限";
/// The link to the counter.
pub const COUNTER: &str = "窓口を開く";
/// The link to the board.
pub const BOARD: &str = "予約状況を見る";
/// How long it lasts.
pub const LASTS: &str = "15分使わないか、ログインから8時間たつと、自動でログアウトします。";

/// Over the links in the header, for readers.
pub const NAVIGATION: &str = "職員のメニュー";
/// In the header: the counter.
pub const NAV_COUNTER: &str = "窓口";
/// In the header: groups.
pub const NAV_GROUPS: &str = "団体";
/// In the header: applications.
pub const NAV_REVIEWS: &str = "審査";
/// In the header: the drawers.
pub const NAV_TILL: &str = "日計";
/// In the header: the board.
pub const NAV_BOARD: &str = "予約状況";
/// In the header: closures.
pub const NAV_CLOSURES: &str = "休館";

/// No role.
pub const NO_ROLE: &str = "権限がありません";
/// Whom to ask.
pub const NO_ROLE_NEXT: &str = "このシステムを使う権限が、まだ付いていません。「管理者」の権限を持つ職員か、システムの運用担当者に、権限の付与を依頼してください。";

/// The failure page's heading.
pub const FAILED: &str = "職員としてログインできませんでした";
/// The button.
pub const AGAIN: &str = "もう一度ログインする";
/// The other way.
pub const BACK: &str = "職員のページに戻る";

/// What a role is called.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Window => "窓口",
        Role::Manager => "施設管理者",
        Role::Accounting => "会計",
        Role::Admin => "管理者",
        Role::Viewer => "閲覧",
    }
}

/// A role and where it counts: 「窓口：むくのきセンター」.
#[must_use]
pub fn granted(granted: &Granted) -> String {
    let place = granted.facility.as_deref().unwrap_or("すべての施設");
    format!("{}：{place}", role(granted.role))
}

/// Why it failed and what to do, by the code in the address.
#[must_use]
pub fn failed_because(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "cancelled" => (
            "ログインを中止しました。",
            "続けるときは、もう一度ログインしてください。",
        ),
        "expired" => (
            "ログインの時間が切れました。",
            "安全のため、時間を区切っています。もう一度はじめからお願いします。",
        ),
        "unavailable" => (
            "職員の認証につながりません。",
            "しばらくたってから、もう一度お試しください。続くときは、システムの運用担当者に知らせてください。",
        ),
        _ => (
            "職員であることを確認できませんでした。",
            "もう一度ログインしてください。続けてうまくいかないときは、システムの運用担当者に知らせてください。",
        ),
    }
}
