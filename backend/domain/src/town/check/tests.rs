use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::town::export;

const SAMPLE: &str = include_str!("../../../tests/sample.toml");

fn problems(file: &str) -> Vec<String> {
    match check(file.as_bytes()) {
        Ok(_) => vec![],
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The line on which `words` first stand in the sample.
fn line_of(words: &str) -> usize {
    SAMPLE
        .lines()
        .position(|line| line.contains(words))
        .unwrap()
        + 1
}

/// The problems of the sample with one thing changed; the change must hit.
fn with(from: &str, to: &str) -> Vec<String> {
    assert!(SAMPLE.contains(from), "{from}");
    problems(&SAMPLE.replacen(from, to, 1))
}

#[test]
fn the_sample_is_fine_with_a_byte_order_mark_and_windows_line_ends() {
    assert_eq!(problems(SAMPLE), Vec::<String>::new());
    let windows = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(check(windows.as_bytes()), check(SAMPLE.as_bytes()));
}

#[test]
fn every_slip_is_named_with_its_line_and_how_to_mend_it() {
    // What is changed, into what, the line that must be named, words that must be said.
    let slips = [
        ("code = \"263664\"", "code = \"263665\"", "code =", "263664"),
        ("code = \"263664\"", "code = \"26366\"", "code =", "6桁"),
        (
            "T1000020263664",
            "1000020263664",
            "registration_number",
            "13桁",
        ),
        ("kana = \"セイカ", "kana = \"せいか", "kana =", "カタカナ"),
        (
            "hold_minutes = 10",
            "hold_minutes = 0",
            "hold_minutes",
            "5 から 120",
        ),
        (
            "start = \"18:00\"",
            "start = \"18:15\"",
            "hours = [{",
            "30分きざみ",
        ),
        (
            "end = \"22:00\" }] }]",
            "end = \"17:00\" }] }]",
            "hours = [{",
            "より後",
        ),
        (
            "end = \"20:00\" }",
            "end = \"20:30\" }",
            "夜間2",
            "重なっています",
        ),
        (
            "name = \"夜間1\", start = \"18:00\"",
            "name = \"夜間1\", start = \"17:00\"",
            "夜間1",
            "開館時間に収まる日がありません",
        ),
        (
            "who = { residence = \"outside\" }",
            "who = {}",
            "who = {",
            "だれの受付期間",
        ),
        (
            "who = { residence = \"outside\" }",
            "who = { class = \"tourist\" }",
            "who = {",
            "[[attribute]]",
        ),
        (
            "months = 2, reading",
            "months = 0, reading",
            "months = 2, reading",
            "1 から 24",
        ),
        (
            "months = 2, reading",
            "month_end = \"last_day\", months = 2, reading",
            "months = 2, reading",
            "same_day",
        ),
        (
            "opening = { months_ahead = { months = 2, reading = \"first_of_month_counting_use\" } }\n",
            "",
            "who = {",
            "何が違うのか",
        ),
        (
            "days_before = 7, percent = 100",
            "days_before = 7, percent = 40",
            "days_before = 7",
            "割合が増えない",
        ),
        (
            "days_before = 3, percent = 50",
            "days_before = 9, percent = 50",
            "days_before = 7",
            "日数の多い順",
        ),
        (
            "percent = 100",
            "percent = 101",
            "days_before = 7",
            "100 以下",
        ),
        (
            "round_down_yen = 10",
            "round_down_yen = 7",
            "round_down_yen = 10",
            "1・10・100",
        ),
        (
            "units = [\"gym-north\", \"gym-south\"]",
            "units = [\"gym-east\", \"gym-south\"]",
            "units = [\"gym-north\", ",
            "この施設にありません",
        ),
        (
            "units = [\"gym-north\", \"gym-south\"]",
            "units = []",
            "units = [\"gym-north\", ",
            "空です",
        ),
        ("capacity = 100", "capacity = 0", "capacity = 100", "1 以上"),
        (
            "id = \"gym-south\"",
            "id = \"gym-north\"",
            "id = \"gym-south\"",
            "二度使われています",
        ),
        (
            "id = \"hall\"",
            "id = \"gym\"",
            "id = \"hall\"",
            "二度使われています",
        ),
        (
            "id = \"gym-half-north\"",
            "id = \"gym-whole\"",
            "id = \"gym-half-north\"",
            "二度使われています",
        ),
        (
            "is = [\"outsider\"]",
            "is = [\"tourist\"]",
            "is = [\"outsider\"]",
            "[[attribute]]",
        ),
        (
            "add = { percent = 50 }",
            "add = { percent = 0 }",
            "町外利用 加算",
            "5割増なら 50",
        ),
        ("am = 1230, pm = 1230, ", "am = 1230, ", "am = 1230", "午後"),
        (
            "am = 1230",
            "noon = 1, am = 1230",
            "am = 1230",
            "「noon」はこの室場にありません",
        ),
        ("am = 1230", "am = 123000000", "am = 1230", "桁を確かめて"),
        (
            "from = \"2027-04-01\"",
            "from = \"2018-04-01\"",
            "from = \"2027-04-01\"",
            "古い順",
        ),
        (
            "step_minutes = 30",
            "step_minutes = 45",
            "step_minutes",
            "30 の倍数",
        ),
        (
            "min_minutes = 60",
            "min_minutes = 300",
            "step_minutes",
            "短くなっています",
        ),
        (
            "from = \"12-29\", to = \"01-03\"",
            "from = \"01-01\", to = \"12-31\"",
            "closing =",
            "一年じゅう",
        ),
        (
            "weekdays = [\"mon\"]",
            "weekdays = [\"mon\", \"mon\"]",
            "weekdays",
            "同じ曜日",
        ),
        (
            "max_quantity = 1",
            "max_quantity = 0",
            "max_quantity = 1",
            "1 から 9999",
        ),
        (
            "name = \"体育館（北半面）\"",
            "name = \"体育館（全面）\"",
            "体育館（北半面）",
            "見分けられる名前",
        ),
        (
            "name = \"照明\"",
            "name = \" \"",
            "name = \"照明\"",
            "空です",
        ),
        // Refunds, calendars and the rules of booking.
        (
            "tier = [{ days_before = 7, percent = 100 }",
            "tier = [{ days_before = 7, before_start = true, percent = 100 }",
            "days_before = 7",
            "どれか一つ",
        ),
        (
            "tier = [{ days_before = 7, percent = 100 }, { days_before = 3",
            "tier = [{ months_before = 1, percent = 100 }, { days_before = 30",
            "days_before = 7",
            "日数の多い順",
        ),
        (
            "tier = [{ days_after = 7, percent = 100 }]",
            "tier = []",
            "id = \"disaster\"",
            "tier",
        ),
        (
            "id = \"disaster\"",
            "id = \"disaster\"\nrooms = [\"pool\"]",
            "id = \"disaster\"",
            "室場「pool」",
        ),
        (
            "article = \"条例第10条第1号\"\n",
            "article = \"条例第10条第1号\"\n[[facility.refund.override]]\nid = \"disaster\"\nlabel = \"特認\"\narticle = \"規則\"\n",
            "max_divisions",
            "二度使われています",
        ),
        (
            "article = \"条例第10条第1号\"\n",
            "article = \"条例第10条第1号\"\n[[facility.refund.for]]\nkinds = [\"ホール\"]\ntier = []\n",
            "max_divisions",
            "「ホール」という種類",
        ),
        (
            "weekdays = [\"mon\"]",
            "nth_weekdays = [{ weekdays = [\"mon\"], nth = [6] }]",
            "weekdays = [\"mon\"]",
            "1 から 5",
        ),
        (
            "weekdays = [\"mon\"]",
            "nth_weekdays = [{ weekdays = [\"mon\"] }]",
            "weekdays = [\"mon\"]",
            "last = true",
        ),
        (
            "weekdays = [\"mon\"]\n",
            "",
            "shift_on_holiday",
            "使われません",
        ),
        (
            "shift_on_holiday = true\n",
            "shift_to_workday = true\n",
            "shift_on_holiday",
            "使われません",
        ),
        (
            "shift_on_holiday = true\n",
            "shift_on_holiday = true\nonce = [{ from = \"2026-11-02\", to = \"2026-11-01\", open = [], note = \"工事\" }]\n",
            "shift_on_holiday",
            "より前です",
        ),
        (
            "hours = [{ open = [{ start = \"18:00\"",
            "hours = [{ open = [] }, { weekdays = [\"sun\"], open = [{ start = \"18:00\"",
            "hours = [{",
            "この組は使われません",
        ),
        (
            "facilities = [\"gym\"]",
            "facilities = [\"pool\"]",
            "facilities = [\"gym\"]",
            "施設「pool」",
        ),
        (
            "most = { slots = 4 }",
            "most = { slots = 0 }",
            "most = { slots = 4 }",
            "0 です",
        ),
        (
            "threshold = \"2\"",
            "threshold = \"二\"",
            "threshold",
            "点数ではありません",
        ),
        (
            "threshold = \"2\"",
            "threshold = \"0\"",
            "threshold",
            "より大きく",
        ),
        (
            "ties = [\"lives\", \"works\"]",
            "ties = []",
            "ties =",
            "在勤",
        ),
        (
            "ties = [\"lives\", \"works\"]",
            "ties = [\"在住\"]",
            "ties =",
            "「在住」は選べません",
        ),
        (
            "group_percent = 50",
            "group_percent = 101",
            "group_percent",
            "1 から 100",
        ),
        (
            "validity = { years = 3 }",
            "validity = { years = 0 }",
            "validity",
            "有効期間",
        ),
        (
            "consent_under = 18",
            "consent_under = 15",
            "april_after",
            "使われません",
        ),
        (
            "purposes = [\"sale\"]",
            "purposes = [\"gamble\"]",
            "purposes =",
            "使用目的「gamble」",
        ),
        (
            "max_divisions = { most = 3",
            "max_divisions = { most = 0",
            "max_divisions",
            "0 です",
        ),
        (
            "shorter = \"no_refund\"",
            "shorter = \"maybe\"",
            "shorter",
            "as_cancelled",
        ),
        // The shape of the file.
        (
            "capacity = 100",
            "capasity = 100",
            "capacity = 100",
            "「capasity」という項目はありません",
        ),
        (
            "capacity = 100",
            "capacity = \"100\"",
            "capacity = 100",
            "引用符なし",
        ),
        (
            "capacity = 100",
            "capacity = -1",
            "capacity = 100",
            "0以上の整数",
        ),
        (
            "kind = \"体育館\"\n",
            "",
            "name = \"体育館（全面）\"",
            "「kind」がありません",
        ),
        (
            "from = \"2025-08-01\"",
            "from = 2025-08-01",
            "from = \"2025-08-01\"",
            "引用符で囲んで",
        ),
        (
            "from = \"2025-08-01\"",
            "from = \"2025-02-30\"",
            "from = \"2025-08-01\"",
            "2026-04-01",
        ),
        (
            "weekdays = [\"mon\"]",
            "weekdays = [\"月\"]",
            "weekdays",
            "「月」は曜日ではありません",
        ),
        (
            "effective = \"used\"",
            "effective = \"sold\"",
            "effective = \"used\"",
            "approved",
        ),
        (
            "start = \"18:00\"",
            "start = \"25:00\"",
            "hours = [{",
            "「25:00」は時刻ではありません",
        ),
        (
            "id = \"gym\"",
            "id = \"体育館\"",
            "id = \"gym\"",
            "半角の英小文字",
        ),
        (
            "name = \"精華町\"",
            "name = \"精華町",
            "name = \"精華町\"",
            "引用符",
        ),
        (
            "host = \"seika\"",
            "host = \"seika\"\nhost = \"seika\"",
            "prefecture =",
            "二度",
        ),
    ];
    let mut missed = Vec::new();
    for (from, to, place, words) in slips {
        let found = with(from, to);
        let line = line_of(place);
        let named = |problem: &String| {
            let named: usize = problem.split('行').next().unwrap().parse().unwrap();
            // A key that was left out is named at its table, a doubled key at the second.
            named.abs_diff(line) <= 2 && problem.contains(words)
        };
        if !found.iter().any(named) {
            missed.push(format!("{from} → {to}: {found:#?} (line {line}, {words})"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn exact_lines_are_named() {
    assert_eq!(
        with("capacity = 100", "capacity = 0"),
        [format!(
            "{}行目: 定員「capacity」は 1 以上にしてください",
            line_of("capacity = 100")
        )]
    );
}

#[test]
fn several_slips_are_found_at_once() {
    let file = SAMPLE
        .replacen("capacity = 100", "capacity = 0", 1)
        .replacen("hold_minutes = 10", "hold_minutes = 0", 1)
        .replacen("code = \"263664\"", "code = \"263665\"", 1);
    assert_eq!(problems(&file).len(), 3);
    // Misfits of shape are found in every facility, not only in the first.
    let file = SAMPLE
        .replacen("capacity = 100", "capacity = \"many\"", 1)
        .replacen("capacity = 30", "capacity = \"few\"", 1);
    assert_eq!(problems(&file).len(), 2);
}

#[test]
fn a_file_in_another_encoding_says_so() {
    // Shift_JIS for 「町」.
    let found = check(b"code = \"263664\"\nname = \"\x92\xac\"\n").unwrap_err();
    assert_eq!(found[0].line, 2);
    assert!(found[0].message.contains("UTF-8"));
}

#[test]
fn kawagoe_town_and_kawagoe_city_have_their_own_check_digits() {
    for (code, fine) in [
        ("243442", true), // 川越町
        ("243434", true), // 朝日町
        ("243443", false),
        ("112011", true), // 川越市
        ("131016", true), // 千代田区
        ("010006", true), // 北海道
        ("131041", true), // 新宿区: the sum is a multiple of 11
        ("200000", true), // 長野県: 11 − 1 = 10 is written 0
    ] {
        let found = with("code = \"263664\"", &format!("code = \"{code}\""));
        assert_eq!(found.is_empty(), fine, "{code}");
    }
}

#[test]
fn half_years_must_cover_the_year_once() {
    let blocks = |to: &str| {
        format!(
            "opening = {{ blocks = [{{ from = \"04-01\", to = \"{to}\", opens = \"02-01\" }}, \
             {{ from = \"10-01\", to = \"03-31\", opens = \"08-01\" }}] }}"
        )
    };
    let opening = "opening = { months_ahead = { months = 3, reading = \
                   \"first_of_month_counting_use\" } }";
    assert_eq!(with(opening, &blocks("09-30")), Vec::<String>::new());
    assert!(with(opening, &blocks("09-29"))[0].contains("09-30"));
    assert!(with(opening, &blocks("10-02"))[0].contains("10-01"));
}

proptest! {
    /// Whatever stands in the texts and numbers: what is written is read back the same.
    #[test]
    fn a_written_town_is_read_back_the_same(
        texts in prop::collection::vec("[^\u{0}-\u{1f}\u{7f}]{1,20}x", 8),
        multiline in "[a-z\"\\\\\n\t’'#=\\[\\]]{0,30}x",
        prices in prop::collection::vec(0_u32..10_000_000, 4),
        illustrative: bool,
        keep in 0_usize..3,
    ) {
        let mut town = crate::samples::town();
        town.name.clone_from(&texts[0]);
        town.contact.office.clone_from(&texts[1]);
        town.issuer.registration_number = None;
        town.attributes[1].label.clone_from(&texts[2]);
        let facility = Arc::make_mut(&mut town.facilities[0]);
        facility.name.clone_from(&texts[3]);
        facility.address.clone_from(&texts[4]);
        facility.description.clone_from(&multiline);
        facility.notices = texts[5..].to_vec();
        facility.illustrative = illustrative;
        let room = Arc::make_mut(&mut facility.rooms[0]);
        room.options[0].price = match keep {
            0 => crate::town::OptionPrice::PerUse(crate::money::Yen::new(prices[0])),
            1 => crate::town::OptionPrice::PerHour(crate::money::Yen::new(prices[0])),
            _ => crate::town::OptionPrice::PerHalfHour(crate::money::Yen::new(prices[0])),
        };
        room.tariffs[0].price = match keep {
            0 => crate::town::RoomPrice::Free {},
            1 => crate::town::RoomPrice::PerHour {
                yen: crate::money::Yen::new(prices[1]),
                max_hours: None,
            },
            _ => crate::town::RoomPrice::PerDivision(crate::town::DivisionPrices {
                yen: [
                    ("early".parse().unwrap(), crate::money::Yen::new(prices[2])),
                    ("late".parse().unwrap(), crate::money::Yen::new(prices[3])),
                ]
                .into(),
                runs: vec![],
                consecutive: crate::town::Consecutive::Sum,
                between: None,
                extension: None,
            }),
        };
        let file = export(&town).unwrap();
        let read = check(file.as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&town), "{}", file);
        // Canonical: writing what was read gives the same text.
        prop_assert_eq!(export(&read.unwrap()).unwrap(), file);
    }

    /// No file breaks the checker.
    #[test]
    fn no_bytes_break_the_checker(noise in prop::collection::vec(any::<u8>(), 0..80), cut: usize) {
        let _ = check(&noise);
        let mut file = SAMPLE.as_bytes().to_vec();
        let at = cut % file.len();
        file.truncate(at);
        file.extend(noise);
        if let Err(problems) = check(&file) {
            prop_assert!(!problems.is_empty());
        }
    }
}
