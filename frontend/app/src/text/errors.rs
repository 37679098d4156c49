//! Pages that are not there, not allowed, or broken.

/// 404.
pub const NOT_FOUND: &str = "ページが見つかりません";
/// What to do.
pub const NOT_FOUND_NEXT: &str =
    "アドレスが変わったか、なくなったページです。施設をさがすか、予約の確認から進んでください。";
/// The same to staff.
pub const NOT_FOUND_STAFF: &str =
    "アドレスが変わったか、なくなったページです。職員のページから進んでください。";
/// 403.
pub const FORBIDDEN: &str = "このページは見られません";
/// What to do.
pub const FORBIDDEN_NEXT: &str = "ログインした人の権限では開けません。お問い合わせください。";
/// The same to staff.
pub const FORBIDDEN_STAFF: &str = "いまの権限では開けません。必要なときは、「管理者」の権限を持つ職員に、権限の付与を依頼してください。";
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
/// The way out for staff.
pub const TO_STAFF: &str = "職員のページに戻る";
/// 503.
pub const TRY_AGAIN: &str = "もう一度開く";
