//! 料金を調べる.

use domain::money::Yen;
use domain::town::Division;

use super::money;

/// The page's name.
pub const HEADING: &str = "料金を調べる";
/// The page in the header, beside three others on a phone.
pub const NAV: &str = "料金";
/// Under the heading.
pub const LEAD: &str =
    "予約をしなくても、いくらかかるかを調べられます。調べたい部屋を選んでください。";
/// Over a room's answers.
pub const ROOM_LEAD: &str = "使い方を変えると、料金と内訳が変わります。予約にはなりません。";
/// A town, or a facility, without rooms.
pub const NOTHING: &str = "調べられる部屋がありません";
/// What to do then.
pub const NOTHING_NEXT: &str = "料金は、施設にお問い合わせください。";
/// The link to every room.
pub const ALL_ROOMS: &str = "すべての部屋を見る";
/// The link back to the choice of a room.
pub const OTHER_ROOM: &str = "ほかの部屋の料金を調べる";
/// The form's heading.
pub const CONDITIONS: &str = "使い方";
/// 利用日.
pub const DATE: &str = "利用日";
/// 開始時刻.
pub const START: &str = "開始時刻";
/// 終了時刻.
pub const END: &str = "終了時刻";
/// 住まい.
pub const RESIDENCE: &str = "使う方のお住まい";
/// 町内, 町外.
pub const RESIDENCES: [(&str, &str); 2] = [("in", "町内（市内）"), ("out", "町外（市外）")];
/// 減免.
pub const REDUCTION: &str = "減免";
/// Under it.
pub const REDUCTION_SUPPORT: &str = "受けられるとしたらいくらになるかを調べられます。";
/// No reduction.
pub const NO_REDUCTION: &str = "受けない";
/// The button.
pub const GO: &str = "この使い方の料金を見る";
/// While something is missing to reckon it.
pub const MISSING: &str = "入力を確かめると、料金を表示します。";
/// The fee without the reduction.
pub const UNREDUCED: &str = "減免を受けないとき";
/// Who decides about a reduction.
pub const DECIDED_BY: &str = "決める人";
/// What to show for it.
pub const EVIDENCE: &str = "必要なもの";
/// The article.
pub const ARTICLE: &str = "根拠";
/// What a simulated reduction is not.
pub const REDUCTION_MEANS: &str =
    "減免には申請が必要です。受けられるかどうかは、審査で決まります。";
/// The button that leads to the booking form.
pub const BOOK: &str = "この時間で予約する";
/// The link to a room's fees.
pub const OF_THIS_ROOM: &str = "この部屋の料金を調べる";
/// The link to a facility's fees.
pub const OF_THIS_FACILITY: &str = "この施設の料金を調べる";

/// 「12月6日（日）18:00–20:00の料金」
#[must_use]
pub fn answer_heading(day: &str, clock: &str) -> String {
    format!("{day} {clock}の料金")
}

/// 「減免を受けないとき 1,600円」
#[must_use]
pub fn unreduced(yen: Yen) -> String {
    format!("{UNREDUCED} {}", money::fee(yen))
}

/// 「9:00（午前）」
#[must_use]
pub fn start_of(division: &Division) -> String {
    format!("{}（{}）", division.start.clock(), division.name)
}

/// 「12:00（午前）」
#[must_use]
pub fn end_of(division: &Division) -> String {
    format!("{}（{}）", division.end.clock(), division.name)
}
