//! 使用料の見直し: the page and the command say the same.

use contract::{Period, StudyView, WrongFile};
use domain::civil;
use domain::money::SignedYen;
use domain::study::{Kind, Permille, RoomName, Tally};
use domain::town::Problem;

use super::reports;

/// The page's heading.
pub const HEADING: &str = "使用料の見直し";
/// What the page does.
pub const LEAD: &str = "料金を変えた町ファイルを入れると、過去の予約が新しい料金ではいくらになるかを試算します。町の設定も予約も変わりません。";
/// The file's field.
pub const FILE: &str = "見直し案の町ファイル";
/// How the file is written.
pub const FILE_HELP: &str = "今の町ファイルが入っています。料金のところを書きかえてください。部屋ごとに、いちばん新しい版の料金表で試算します。";
/// The period's first day.
pub const FROM: &str = "はじめの日";
/// The period's last day.
pub const UNTIL: &str = "終わりの日";
/// What the days are.
pub const PERIOD_HELP: &str = "この期間に利用日がある予約で試算します。";
/// Makes the study.
pub const COMPARE: &str = "試算する";
/// The file for a spreadsheet.
pub const CSV: &str = "CSVをダウンロード";
/// The result's heading.
pub const RESULT: &str = "試算の結果";
/// The form's heading below a result.
pub const AGAIN: &str = "案を直して、もう一度試算する";
/// No uses to try it on.
pub const NO_USES: &str =
    "この期間に利用日がある予約はありません。期間を変えて、もう一度試算してください。";
/// The table's caption.
pub const BY_ROOM: &str = "部屋別";
/// The table's caption.
pub const BY_CLASS: &str = "利用者区分別";
/// The table's caption.
pub const BY_REDUCTION: &str = "減免別";
/// The table's caption.
pub const LARGEST: &str = "1件あたりの増減が大きい予約";
/// The table's caption.
pub const UNPRICED: &str = "見直し案では計算できない予約";
/// What unpriced bookings mean for the sums.
pub const UNPRICED_LEAD: &str =
    "次の予約は、見直し案では料金が決まりません。上の表の見直し前・見直し後には入っていません。";
/// A column.
pub const ROOM: &str = "部屋";
/// A column.
pub const CLASS: &str = "利用者区分";
/// A column.
pub const REDUCTION: &str = "減免";
/// A column.
pub const KIND: &str = "予約の種類";
/// A column.
pub const USES: &str = "件数";
/// A column.
pub const BEFORE: &str = "見直し前";
/// A column.
pub const AFTER: &str = "見直し後";
/// A column.
pub const DIFFERENCE: &str = "増減";
/// A column.
pub const CHANGE: &str = "増減率";
/// A column.
pub const RAISED: &str = "値上がり";
/// A column.
pub const LOWERED: &str = "値下がり";
/// A column.
pub const CANNOT: &str = "計算できない";
/// A column.
pub const WHY: &str = "理由";
/// The last row.
pub const TOTAL: &str = "合計";
/// The notes' heading.
pub const HOW: &str = "測り方";
/// How each figure is made.
pub const HOW_LINES: [&str; 6] = [
    "見直し前は、予約したときに決まった料金です（減免したあとの額。1件ごとに保存されています）。",
    "見直し後は、同じ日時・人数・付けたもの・区分・減免の予約を、見直し案の料金表で計算した額です。",
    "見直し案の料金表は、部屋ごとにいちばん新しい版を、ずっと前から使っていたものとして計算します。",
    "数えるのは、期間に利用日があり、許可された予約（予約確定・利用中・利用済み・無断不使用）です。取消し・期限切れ・不許可・支払い前の予約は数えません。",
    "料金が変わると利用が増えたり減ったりしますが、それは見込みません。同じ利用があったときの額です。",
    "増減率は、増減を見直し前で割ったものです。見直し前が0円のときは「—」です。",
];

/// The sentence that says what the result shows.
#[must_use]
pub fn sentence(view: &StudyView) -> String {
    let total = view.study.total;
    let days = period(view.period);
    let all = total.uses + total.unpriced;
    let changed = match total.difference().get() {
        0 => "使用料の合計は変わりません".to_owned(),
        1.. => format!(
            "使用料は{}増えます{}",
            difference_size(&total),
            in_brackets(&total)
        ),
        ..0 => format!(
            "使用料は{}減ります{}",
            difference_size(&total),
            in_brackets(&total)
        ),
    };
    let left = if total.unpriced == 0 {
        String::new()
    } else {
        format!("うち{}件は計算できず、入っていません。", total.unpriced)
    };
    format!("{days}に利用日がある予約{all}件を見直し案の料金で計算すると、{changed}。{left}")
}

fn difference_size(total: &Tally) -> String {
    let size = i64::try_from(total.difference().get().unsigned_abs()).unwrap_or(i64::MAX);
    SignedYen::new(size).to_string()
}

fn in_brackets(total: &Tally) -> String {
    let sums = format!("{} → {}", sum(total.before_yen), sum(total.after_yen));
    match total.change() {
        Some(change) => format!("（{sums}、{change}）"),
        None => format!("（{sums}）"),
    }
}

/// 「2025年4月1日（火）から2026年3月31日（火）まで」.
#[must_use]
pub fn period(period: Period) -> String {
    let (from, to) = (
        civil::full_date(period.from()),
        civil::full_date(period.to()),
    );
    format!("{from}から{to}まで")
}

/// Yen that are never less than nothing.
#[must_use]
pub fn sum(yen: u64) -> String {
    reports::sum(yen)
}

/// A change with its sign: 「+1,200円」, 「−300円」, 「0円」.
#[must_use]
pub fn difference(yen: SignedYen) -> String {
    if yen.get() > 0 {
        format!("+{yen}")
    } else {
        yen.to_string()
    }
}

/// A change as a share; 「—」 from nothing.
#[must_use]
pub fn change(change: Option<Permille>) -> String {
    change.map_or_else(|| "—".to_owned(), |change| change.to_string())
}

/// How many: 「1,234件」 without a sign for none.
#[must_use]
pub fn count(uses: u64) -> String {
    format!("{uses}件")
}

/// A room with its facility.
#[must_use]
pub fn place(name: &RoomName) -> String {
    format!("{} {}", name.facility, name.room)
}

/// A kind of booking without its room: 「18:00–20:00 町外の方・減免なし」.
#[must_use]
pub fn kind(kind: &Kind) -> String {
    let (start, end) = (kind.start, kind.end);
    format!("{start}–{end} {} {}", kind.class, kind.reduction)
}

/// What is wrong with the file, as a heading.
#[must_use]
pub fn wrong(file: &WrongFile) -> String {
    match file {
        WrongFile::Problems(problems) => {
            format!("町ファイルに誤りが{}か所あります", problems.len())
        }
        WrongFile::Elsewhere { code, name } => {
            format!("これは{name}（{code}）の町ファイルです")
        }
    }
}

/// What to do about another town's file.
pub const ELSEWHERE_NEXT: &str =
    "このページの町の町ファイルを入れてください。code の行は書きかえないでください。";

/// One problem, with the line as it is written.
#[must_use]
pub fn problem(problem: &Problem, file: &str) -> String {
    let line = problem
        .line
        .checked_sub(1)
        .and_then(|n| file.lines().nth(n));
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => format!("{problem}（この行: {line}）"),
        None => problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use domain::study::Study;

    use super::*;

    fn view(before_yen: u64, after_yen: u64, unpriced: u64) -> StudyView {
        let period = Period::new("2025-04-01".parse().unwrap(), "2026-03-31".parse().unwrap());
        let total = Tally {
            uses: 10,
            before_yen,
            after_yen,
            unpriced,
            ..Tally::default()
        };
        StudyView {
            period: period.unwrap(),
            study: Study {
                total,
                ..Study::default()
            },
        }
    }

    #[test]
    fn one_sentence_says_what_the_result_shows() {
        let days = "2025年4月1日（火）から2026年3月31日（火）までに利用日がある予約";
        for (before, after, unpriced, rest) in [
            (
                10_000,
                11_250,
                0,
                "10件を見直し案の料金で計算すると、使用料は1,250円増えます（10,000円 → 11,250円、+12.5%）。",
            ),
            (
                10_000,
                9_000,
                2,
                "12件を見直し案の料金で計算すると、使用料は1,000円減ります（10,000円 → 9,000円、−10.0%）。うち2件は計算できず、入っていません。",
            ),
            (
                500,
                500,
                0,
                "10件を見直し案の料金で計算すると、使用料の合計は変わりません。",
            ),
            (
                0,
                500,
                0,
                "10件を見直し案の料金で計算すると、使用料は500円増えます（0円 → 500円）。",
            ),
        ] {
            assert_eq!(
                sentence(&view(before, after, unpriced)),
                format!("{days}{rest}")
            );
        }
    }

    #[test]
    fn a_problem_shows_the_line_it_is_about() {
        let wrong = Problem {
            line: 2,
            message: "金額が違います".to_owned(),
        };
        let told = problem(&wrong, "code = \"263664\"\r\n  price = -1\r\n");
        assert_eq!(told, "2行目: 金額が違います（この行: price = -1）");
    }
}
