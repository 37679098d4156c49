//! Header and footer.

/// After the town's name.
pub const SITE: &str = "施設予約";
/// The skip link.
pub const SKIP: &str = "本文へ進む";
/// The main navigation's name.
pub const NAVIGATION: &str = "主なページ";
/// The breadcrumbs' name.
pub const BREADCRUMBS: &str = "現在地";
/// 施設をさがす.
pub const SEARCH: &str = "施設をさがす";
/// 予約の確認.
pub const RESERVATIONS: &str = "予約の確認";
/// 連絡先.
pub const PROFILE: &str = "連絡先";
/// ログイン.
pub const SIGN_IN: &str = "ログイン";
/// ログアウト.
pub const SIGN_OUT: &str = "ログアウト";
/// 問い合わせ先.
pub const CONTACT: &str = "お問い合わせ";
/// 見本.
pub const SAMPLE: &str = "見本";
/// What 見本 means.
pub const SAMPLE_MEANS: &str = "「見本」は、条例や町の資料で確かめられていない内容につけています。実際とは異なることがあります。";

/// A page's title, before the site's.
#[must_use]
pub fn title(page: &str, town: &str) -> String {
    format!("{page}｜{town} {SITE}")
}
