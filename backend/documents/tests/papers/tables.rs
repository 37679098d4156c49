//! Tables for spreadsheets (CSV).

use csv::ReaderBuilder;
use documents::Printer;
use domain::figures::{
    FacilityFigures, Figures, InTotal, Named, Occupancy, Ratio, RoomFigures, Tally,
};
use usecases::ports::documents::{Csv, Documents, Field, Table};

use crate::sheets;

/// What a spreadsheet reads: every record, the head first.
fn read(csv: &Csv) -> Vec<Vec<String>> {
    let text = csv.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text);
    let records: Result<Vec<_>, _> = reader.records().collect();
    let fields = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    records.unwrap().into_iter().map(fields).collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|head| head == name).unwrap();
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn written(rows: Vec<Vec<Field>>) -> String {
    let table = Table {
        head: vec!["団体", "金額"],
        rows,
    };
    let csv = Printer::new().unwrap().table_csv(&table).unwrap();
    String::from_utf8(csv.bytes).unwrap()
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

#[test]
fn a_table_is_utf_8_with_a_mark_and_lines_that_windows_knows() {
    let file = written(vec![vec![text("むくのき剣道会"), Field::Number(-800)]]);
    assert_eq!(file, "\u{FEFF}団体,金額\r\nむくのき剣道会,-800\r\n");
}

#[test]
fn a_group_called_like_a_formula_is_text_and_a_number_stays_a_number() {
    let file = written(vec![
        vec![
            text("=HYPERLINK(\"https://evil.example\")"),
            Field::Number(-1),
        ],
        vec![text("+81"), Field::Percent(Ratio::new(1, 3))],
        vec![text("-1"), Field::Percent(Ratio::new(0, 0))],
        vec![text("@SUM(A1:A9)"), Field::Empty],
        vec![text("\t=1\r\n=2"), text("\"'")],
    ]);
    let rows = read(&Csv {
        bytes: file.into_bytes(),
    });
    assert_eq!(
        column(&rows, "団体"),
        [
            "'=HYPERLINK(\"https://evil.example\")",
            "'+81",
            "'-1",
            "'@SUM(A1:A9)",
            "'\t=1\r\n=2",
        ]
    );
    assert_eq!(column(&rows, "金額"), ["-1", "33.3", "—", "", "\"'"]);
}

#[test]
fn a_table_in_a_log_shows_no_person() {
    let printed = format!("{:?}", text("山田 花子"));
    assert_eq!(printed, "***");
}

#[test]
fn the_day_sheet_as_a_table_adds_up_like_the_paper() {
    let csv = Printer::new()
        .unwrap()
        .day_sheet_csv(&sheets::day_sheet())
        .unwrap();
    let rows = read(&csv);
    let kinds = column(&rows, "種別");
    let yen: Vec<i64> = column(&rows, "金額（円）")
        .iter()
        .map(|yen| yen.parse().unwrap())
        .collect();
    let of = |kind: &str| -> Vec<i64> {
        let both = kinds.iter().zip(&yen);
        both.filter(|(it, _)| it.starts_with(kind))
            .map(|(_, yen)| *yen)
            .collect()
    };
    assert_eq!(of("収納"), [800, 400, 1_230, 1_850, 400]);
    assert_eq!(of("還付"), [-400]);
    assert_eq!(of("あるべき現金"), [32_030]);
    assert_eq!(of("実査 合計"), [32_000]);
    assert_eq!(of("実査").iter().sum::<i64>(), 2 * 32_000);
    assert_eq!(of("過不足"), [-30]);
    let last = rows.last().unwrap().last().unwrap();
    assert!(last.starts_with("釣銭30円の渡し過ぎ"), "{last}");
    assert_eq!(column(&rows, "収入日")[0], "2026-11-28");
}

#[test]
fn hostile_text_on_a_day_sheet_is_text_in_its_table() {
    let mut sheet = sheets::day_sheet();
    sheet.drawer = "=cmd|' /C calc'!A0".to_owned();
    sheet.reason = Some("-1+1".to_owned());
    let rows = read(&Printer::new().unwrap().day_sheet_csv(&sheet).unwrap());
    let drawers = column(&rows, "引出し");
    assert!(drawers.iter().all(|it| it == "'=cmd|' /C calc'!A0"));
    assert_eq!(column(&rows, "備考").last().unwrap(), "'-1+1");
}

fn named(id: &str, name: &str) -> Named {
    Named {
        id: id.parse().unwrap(),
        name: name.to_owned(),
    }
}

#[test]
fn a_months_figures_have_a_row_for_each_room_facility_and_the_town() {
    let tally = Tally {
        blocks: Occupancy {
            open: 60,
            booked: 21,
            checked_in: 20,
        },
        bookings: 21,
        online: Ratio::new(14, 21),
        received_yen: 1_234_567,
        refunded_yen: 2_000_000,
        cashless_yen: Ratio::new(1_000_000, 1_234_567),
        ..Tally::default()
    };
    let figures = Figures {
        month: "2026-11".parse().unwrap(),
        facilities: vec![FacilityFigures {
            facility: named("gym", "精華西中学校"),
            rooms: vec![RoomFigures {
                room: named("gym-whole", "体育館（全面）"),
                in_total: InTotal::OtherRooms,
                tally,
            }],
            total: tally,
        }],
        total: tally,
    };
    let rows = read(&Printer::new().unwrap().figures_csv(&figures).unwrap());
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(column(&rows, "室場"), ["体育館（全面）", "施設計", "合計"]);
    assert_eq!(column(&rows, "稼働率の施設計")[0], "ほかの室場で算入");
    for (name, value) in [
        ("年月", "2026-11"),
        ("開館日数", "0"),
        ("稼働率・日（予約）%", "—"),
        ("開放区分数", "60"),
        ("予約区分数", "21"),
        ("稼働率・区分（予約）%", "35.0"),
        ("稼働率・区分（入館）%", "33.3"),
        ("申請件数", "21"),
        ("オンライン申請件数", "14"),
        ("オンライン申請率%", "66.7"),
        ("収納額（円）", "1234567"),
        ("差引（円）", "-765433"),
        ("キャッシュレス比率・件数%", "—"),
        ("キャッシュレス額（円）", "1000000"),
        ("キャッシュレス比率・金額%", "81.0"),
    ] {
        assert_eq!(column(&rows, name)[2], value, "{name}");
    }
}
