//! Which rows and columns the reports have as tables.

use chrono::NaiveDate;
use domain::figures::{Figures, InTotal, Occupancy, Tally};
use domain::money::Yen;
use domain::till::Difference;
use usecases::ports::documents::{DaySheet, Field, Table};

/// The day sheet: one row for each movement and each kind of note and coin.
pub fn day_sheet(sheet: &DaySheet) -> Table {
    let head = vec![
        "収入日",
        "窓口施設",
        "引出し",
        "種別",
        "番号",
        "元の領収書番号",
        "科目",
        "施設",
        "室場",
        "支払方法",
        "数量",
        "金額（円）",
        "減免額（円）",
        "備考",
    ];
    let mut rows = Vec::new();
    let mut enter = |what: &str, paper: [Field; 6], count: Field, amount: i64, rest: [Field; 2]| {
        let front = [
            date(sheet.date),
            text(&sheet.facility),
            text(&sheet.drawer),
            text(what),
        ];
        let middle = [count, Field::Number(amount)];
        rows.push(
            front
                .into_iter()
                .chain(paper)
                .chain(middle)
                .chain(rest)
                .collect(),
        );
    };
    let blank = || [const { Field::Empty }; 6];
    let silent = || [const { Field::Empty }; 2];

    enter(
        "釣銭準備金",
        blank(),
        Field::Empty,
        yen(sheet.float_yen),
        silent(),
    );
    for receipt in &sheet.receipts {
        let paper = [
            text(&receipt.number),
            Field::Empty,
            text(&receipt.account),
            text(&receipt.facility),
            text(&receipt.room),
            text(&receipt.means.to_string()),
        ];
        let rest = [Field::Number(yen(receipt.reduced_yen)), Field::Empty];
        enter("収納", paper, Field::Empty, yen(receipt.amount_yen), rest);
    }
    for refund in &sheet.refunds {
        let paper = [
            text(&refund.number),
            text(&refund.receipt_number),
            text(&refund.account),
            text(&refund.facility),
            text(&refund.room),
            text(&refund.means.to_string()),
        ];
        enter(
            "還付",
            paper,
            Field::Empty,
            -yen(refund.amount_yen),
            silent(),
        );
    }
    enter(
        "あるべき現金",
        blank(),
        Field::Empty,
        yen(sheet.expected_yen),
        silent(),
    );
    for (kind, pieces) in sheet.counted.iter() {
        let what = format!("実査 {kind}");
        let pieces = Field::Number(i64::from(pieces));
        enter(
            &what,
            blank(),
            pieces,
            yen(sheet.counted.worth(kind)),
            silent(),
        );
    }
    let counted = sheet.counted.total();
    enter("実査 合計", blank(), Field::Empty, yen(counted), silent());
    let difference = Difference::between(sheet.expected_yen, counted);
    let reason = text(sheet.reason.as_deref().unwrap_or_default());
    let rest = [Field::Empty, reason];
    enter("過不足", blank(), Field::Empty, difference.as_i64(), rest);
    Table { head, rows }
}

/// The figures of a month: one row for each room, then the facility's, at the end the town's.
pub fn figures(figures: &Figures) -> Table {
    let head = vec![
        "年月",
        "施設",
        "室場",
        "稼働率の施設計",
        "開館日数",
        "予約のあった日数",
        "稼働率・日（予約）%",
        "入館のあった日数",
        "稼働率・日（入館）%",
        "開放区分数",
        "予約区分数",
        "稼働率・区分（予約）%",
        "入館区分数",
        "稼働率・区分（入館）%",
        "予約件数",
        "入館件数",
        "無断不使用件数",
        "申請件数",
        "オンライン申請件数",
        "オンライン申請率%",
        "収納額（円）",
        "減免額（円）",
        "還付額（円）",
        "差引（円）",
        "収納件数",
        "キャッシュレス件数",
        "キャッシュレス比率・件数%",
        "キャッシュレス額（円）",
        "キャッシュレス比率・金額%",
    ];
    let mut rows = Vec::new();
    let mut enter = |facility: &str, room: &str, in_total: Field, tally: &Tally| {
        let names = [
            text(&figures.month.to_string()),
            text(facility),
            text(room),
            in_total,
        ];
        rows.push(names.into_iter().chain(counted(tally)).collect());
    };
    for facility in &figures.facilities {
        let name = &facility.facility.name;
        for room in &facility.rooms {
            let in_total = match room.in_total {
                InTotal::Counted => text("算入"),
                InTotal::OtherRooms => text("ほかの室場で算入"),
            };
            enter(name, &room.room.name, in_total, &room.tally);
        }
        enter(name, "施設計", Field::Empty, &facility.total);
    }
    enter("全施設", "合計", Field::Empty, &figures.total);
    Table { head, rows }
}

fn counted(tally: &Tally) -> Vec<Field> {
    let occupancy = |of: Occupancy| {
        [
            number(of.open),
            number(of.booked),
            Field::Percent(of.booked_share()),
            number(of.checked_in),
            Field::Percent(of.checked_in_share()),
        ]
    };
    let mut fields = Vec::new();
    fields.extend(occupancy(tally.days));
    fields.extend(occupancy(tally.blocks));
    fields.extend([
        number(tally.bookings),
        number(tally.checked_in),
        number(tally.no_shows),
        number(tally.online.whole),
        number(tally.online.part),
        Field::Percent(tally.online),
        number(tally.received_yen),
        number(tally.reduced_yen),
        Field::Number(tally.refunded_yen),
        Field::Number(tally.net_yen()),
        number(tally.cashless_count.whole),
        number(tally.cashless_count.part),
        Field::Percent(tally.cashless_count),
        number(tally.cashless_yen.part),
        Field::Percent(tally.cashless_yen),
    ]);
    fields
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// As spreadsheets read a date in any locale.
fn date(date: NaiveDate) -> Field {
    Field::Text(date.to_string())
}

fn yen(yen: Yen) -> i64 {
    yen.as_i64()
}

fn number(count: u64) -> Field {
    Field::Number(i64::try_from(count).unwrap_or(i64::MAX))
}
