//! 設定の変更の影響: the page and the command say the same.

use contract::{TouchedBooking, TownPreview};
use domain::availability::ClosedReason;
use domain::civil;
use domain::money::Yen;
use domain::revision::NotLent;
use domain::slots::SlotRefusal;
use domain::span::Span;

/// The page's heading.
pub const HEADING: &str = "設定の変更の影響";
/// What the page does.
pub const LEAD: &str = "町ファイルを適用する前に、これからの予約のうちどれに影響があるかを確かめます。ここでは何も変わりません。";
/// The file's field.
pub const FILE: &str = "新しい町ファイル";
/// How the file is written.
pub const FILE_HELP: &str = "今の町ファイルが入っています。変えるところを書きかえるか、新しいファイルの中身を貼りつけてください。";
/// Shows the effect.
pub const PREVIEW: &str = "影響を確かめる";
/// The result's heading.
pub const RESULT: &str = "この内容を適用すると";
/// The form's heading below a result.
pub const AGAIN: &str = "ファイルを直して、もう一度確かめる";
/// The list's caption.
pub const TOUCHED: &str = "影響を受ける予約";
/// A column.
pub const WHEN: &str = "利用日時";
/// A column.
pub const WHERE: &str = "施設・部屋";
/// A column.
pub const NUMBER: &str = "予約番号";
/// A column.
pub const STATE: &str = "状態";
/// A column.
pub const EFFECT: &str = "影響";
/// What becomes of them.
pub const STAYS: &str = "適用しても、これらの予約は取り消されず、料金も予約したときのままです。使えなくなる日時の予約は、利用者に連絡して「休館にする」で取り消してください。";

/// The sentence that says what the result shows.
#[must_use]
pub fn sentence(preview: &TownPreview) -> String {
    let TownPreview {
        version,
        standing,
        touched,
    } = preview;
    match (version, touched.len()) {
        (None, _) => "はじめて適用する町ファイルなので、影響を受ける予約はありません。".to_owned(),
        (Some(version), 0) => {
            format!("今の設定（第{version}版）での、これからの予約{standing}件に影響はありません。")
        }
        (Some(version), touched) => format!(
            "今の設定（第{version}版）での、これからの予約{standing}件のうち、{touched}件に影響があります。"
        ),
    }
}

/// 「2026年11月23日（月）10:00–12:00」.
#[must_use]
pub fn span(span: Span) -> String {
    let (start, end) = span.times();
    format!("{}{start}–{end}", civil::full_date(span.date()))
}

/// 「精華西中学校 体育館（全面）」.
#[must_use]
pub fn place(booking: &TouchedBooking) -> String {
    format!("{} {}", booking.place.facility, booking.place.room)
}

/// Everything that would be another way, each in a sentence.
#[must_use]
pub fn effects(booking: &TouchedBooking) -> Vec<String> {
    let touched = &booking.touched;
    let mut effects = Vec::new();
    if let Some(why) = &touched.not_lent {
        effects.push(not_lent(why));
    }
    if let Some((before, after)) = &touched.holiday {
        effects.push(match (before, after) {
            (None, Some(name)) => format!("この日が祝日（{name}）になります"),
            (Some(name), _) => format!("この日が祝日（{name}）でなくなります"),
            (None, None) => "この日の祝日の扱いが変わります".to_owned(),
        });
    }
    if let Some((before, after)) = touched.fee {
        effects.push(format!(
            "料金の計算が変わります（{} → {}）",
            fee(before),
            fee(after)
        ));
    }
    effects
}

fn not_lent(why: &NotLent) -> String {
    match why {
        NotLent::NoRoom => "部屋がなくなります".to_owned(),
        NotLent::Refused(SlotRefusal::Closed { reason, .. }) => {
            format!("休館日になります（{}）", closed(reason))
        }
        NotLent::Refused(SlotRefusal::OutsideHours) => "開館時間の外になります".to_owned(),
        NotLent::Refused(refusal) => format!("貸し出せない時間になります（{refusal}）"),
    }
}

fn closed(reason: &ClosedReason) -> String {
    match reason {
        ClosedReason::Weekly => "定休日".to_owned(),
        ClosedReason::Shifted => "定休日の振替".to_owned(),
        ClosedReason::Holiday(name) => format!("祝日 {name}"),
        ClosedReason::Yearly => "年末年始など".to_owned(),
        ClosedReason::NoHours => "開館時間なし".to_owned(),
        ClosedReason::Closure => "臨時休館".to_owned(),
    }
}

fn fee(yen: Option<Yen>) -> String {
    yen.map_or_else(|| "料金の定めなし".to_owned(), |yen| yen.to_string())
}

#[cfg(test)]
mod tests {
    use domain::ids::ReservationId;
    use domain::reservation::StateName;
    use domain::revision::Touched;
    use domain::study::RoomName;

    use super::*;

    #[test]
    fn every_effect_is_said() {
        let id = ReservationId(uuid::Uuid::nil());
        let date = "2026-11-23".parse().unwrap();
        let span = Span::on(date, "10:00".parse().unwrap(), "12:00".parse().unwrap());
        let closed = SlotRefusal::Closed {
            date,
            reason: ClosedReason::Weekly,
        };
        let booking = TouchedBooking {
            id,
            number: "2611-0000-0001".to_owned(),
            place: RoomName {
                facility: "会館".to_owned(),
                room: "研修室".to_owned(),
            },
            span: span.unwrap(),
            state: StateName::Confirmed,
            touched: Touched {
                reservation: id,
                not_lent: Some(NotLent::Refused(closed)),
                holiday: Some((Some("勤労感謝の日".to_owned()), None)),
                fee: Some((Some(Yen::new(1_100)), None)),
            },
        };
        assert_eq!(
            effects(&booking),
            [
                "休館日になります（定休日）",
                "この日が祝日（勤労感謝の日）でなくなります",
                "料金の計算が変わります（1,100円 → 料金の定めなし）",
            ]
        );
        assert_eq!(place(&booking), "会館 研修室");
        assert_eq!(self::span(booking.span), "2026年11月23日（月）10:00–12:00");
    }
}
