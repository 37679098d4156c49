//! Pages that are not there, not allowed, or broken.

/// 404.
pub const NOT_FOUND: &str = "ページが見つかりません";
/// What to do.
pub const NOT_FOUND_NEXT: &str =
    "アドレスが変わったか、なくなったページです。施設をさがすか、予約の確認から進んでください。";
/// 403.
pub const FORBIDDEN: &str = "このページは見られません";
/// What to do.
pub const FORBIDDEN_NEXT: &str = "ログインした人の権限では開けません。お問い合わせください。";
/// 500.
pub const BROKEN: &str = "うまく表示できませんでした";
/// What to do.
pub const BROKEN_NEXT: &str = "こちらの不具合です。少し待って、もう一度開いてください。続くときは、下の番号を添えてお問い合わせください。";
/// The request's number.
pub const REQUEST: &str = "お問い合わせ番号";
/// The way out.
pub const TO_SEARCH: &str = "施設をさがす";
/// The other way out.
pub const TO_RESERVATIONS: &str = "予約を確認する";
/// 503.
pub const TRY_AGAIN: &str = "もう一度開く";
