//! 使い方を入力する, 確認, 仮押さえ.

use std::collections::BTreeSet;

use domain::money::{SignedYen, Yen};
use domain::town::{FeeOption, OptionPrice, Slug};

use super::{clock, money};

/// The steps of booking.
pub const STEPS: [&str; 5] = ["時間", "使い方", "確認", "支払い", "完了"];
/// The step navigation's name.
pub const STEPS_NAME: &str = "予約の手順";
/// Said of the step one is at.
pub const STEP_NOW: &str = "いまここ";
/// Said of a step that is done.
pub const STEP_DONE: &str = "済み";

/// The form's heading.
pub const HEADING: &str = "使い方を入力する";
/// 使用目的.
pub const PURPOSE: &str = "使用目的";
/// The empty choice of a purpose.
pub const CHOOSE_PURPOSE: &str = "選んでください";
/// 人数.
pub const PEOPLE: &str = "人数";
/// 終了時刻.
pub const END: &str = "終了時刻";
/// 備品など.
pub const OPTIONS: &str = "いっしょに使うもの";
/// 使い方.
pub const ATTRIBUTES: &str = "使い方について";
/// Under a question for an amount.
pub const AMOUNT_SUPPORT: &str = "なければ空のままにしてください。";
/// Beside an option that is charged without being asked for.
pub const CHARGED_ANYWAY: &str = "この日の利用では、料金にかならず入ります。";
/// The whole time, as the first choice of how long an option is wanted.
pub const WHOLE_TIME: &str = "利用時間のあいだずっと";
/// 連絡事項.
pub const NOTE: &str = "連絡事項";
/// Under it.
pub const NOTE_SUPPORT: &str = "施設に伝えておきたいことがあれば書いてください。200文字まで。";
/// The empty choice of a quantity.
pub const NO_QUANTITY: &str = "使わない";
/// The quote.
pub const QUOTE: &str = "料金";
/// Opens the lines.
pub const QUOTE_LINES: &str = "料金の内訳";
/// Column: 内容.
pub const QUOTE_WHAT: &str = "内容";
/// Column: 金額.
pub const QUOTE_AMOUNT: &str = "金額";
/// What would be owed without the reduction.
pub const QUOTE_UNREDUCED: &str = "減免前の額";
/// What the reduction takes off.
pub const QUOTE_OFF: &str = "減免額";
/// 差引: what is owed after a reduction.
pub const QUOTE_LEFT: &str = "差引";
/// 合計.
pub const QUOTE_TOTAL: &str = "合計";
/// While no quote can be made.
pub const QUOTE_UNKNOWN: &str = "料金は、人数などの入力がそろうと表示します。";
/// Reckons again without JavaScript.
pub const RECALCULATE: &str = "料金を計算しなおす";
/// The button for somebody signed in.
pub const BOOK: &str = "この時間で予約する";
/// Under it.
pub const BOOK_SUPPORT: &str = "まだお支払いはありません。次のページで内容を確かめられます。";
/// The button for somebody not signed in.
pub const SIGN_IN_AND_BOOK: &str = "ログインして予約する";
/// Under it.
pub const SIGN_IN_SUPPORT: &str =
    "マイナンバーカードで本人確認をします。入力した内容はそのまま残ります。";
/// An address or a form without a time.
pub const NO_TIME: &str = "時間がまだ選ばれていません";
/// What to do then.
pub const NO_TIME_NEXT: &str = "空いている時間から選んでください。";
/// The button.
pub const CHOOSE_TIME: &str = "時間を選ぶ";
/// Back to the times.
pub const OTHER_TIME: &str = "ほかの時間を選ぶ";

/// The last look's heading.
pub const CONFIRM: &str = "内容を確かめる";
/// Who.
pub const WHO: &str = "申込者";
/// Where the mail goes.
pub const EMAIL: &str = "メールアドレス";
/// What is agreed to.
pub const TERMS: &str = "取消しの条件";
/// The hold's name.
pub const HOLD: &str = "仮押さえ中";
/// The hold's explanation.
pub const HOLD_MEANS: &str = "この時間は、あなたのために確保しています。";
/// The button that gives more time.
pub const EXTEND: &str = "延長する";
/// The button that goes on to pay.
pub const PAY: &str = "支払いへ進む";
/// Under it.
pub const PAY_SUPPORT: &str = "カードかPayPayで支払えます。利用日まで日にちがあれば、コンビニでも支払えます。支払いのページに移ります。";
/// The button when there is nothing to pay.
pub const CONFIRM_FREE: &str = "予約を確定する";
/// When the hold lapsed.
pub const LAPSED_TITLE: &str = "確保の時間が過ぎました";
/// What to do then.
pub const LAPSED_NEXT: &str = "まだ空いていれば、もう一度予約できます。";
/// The link.
pub const LAPSED_AGAIN: &str = "空きをもう一度見る";
/// Gives the floor back.
pub const DROP_HOLD: &str = "予約をやめる";

/// 「あと12分」, with `{}` for the number.
pub const MINUTES_LEFT: &str = "あと{}分";
/// 「あと30秒」, with `{}` for the number.
pub const SECONDS_LEFT: &str = "あと{}秒";
/// The hold is over.
pub const NO_TIME_LEFT: &str = "時間切れです";

/// The time left until the hold lapses: minutes rounded up, the last one in seconds.
#[must_use]
pub fn time_left(seconds: i64) -> String {
    match seconds {
        ..=0 => NO_TIME_LEFT.to_owned(),
        1..60 => SECONDS_LEFT.replace("{}", &seconds.to_string()),
        _ => MINUTES_LEFT.replace("{}", &((seconds + 59) / 60).to_string()),
    }
}

/// 「14:32まで」
#[must_use]
pub fn until(time: &str) -> String {
    format!("{time}まで")
}

/// 「1人から30人まで」
#[must_use]
pub fn people_range(capacity: u32) -> String {
    format!("1人から{capacity}人まで")
}

/// The unit of an amount, where it is money: by convention its slug says so (`entry_fee_yen`).
#[must_use]
pub fn amount_unit(question: &Slug) -> &'static str {
    if question.as_str().ends_with("_yen") {
        "円"
    } else {
        ""
    }
}

/// 「照明を使う時間」
#[must_use]
pub fn how_long(option: &str) -> String {
    format!("{option}を使う時間")
}

/// 「1時間だけ」
#[must_use]
pub fn part_of_time(minutes: u32) -> String {
    format!("{}だけ", clock::length(minutes))
}

/// Which options cannot be had together (照明 全面と北), each pair said once.
#[must_use]
pub fn exclusions(options: &[FeeOption]) -> Vec<String> {
    let apart = |one: &FeeOption, other: &FeeOption| {
        one.excludes.contains(&other.id) || other.excludes.contains(&one.id)
    };
    let quoted = |options: &[&FeeOption]| {
        let names = options.iter().map(|option| format!("「{}」", option.name));
        names.collect::<String>()
    };
    let mut said = BTreeSet::new();
    let mut sentences = Vec::new();
    for one in options {
        let unsaid = |other: &&FeeOption| {
            other.id != one.id && apart(one, other) && !said.contains(&(&other.id, &one.id))
        };
        let others: Vec<&FeeOption> = options.iter().filter(unsaid).collect();
        if others.is_empty() {
            continue;
        }
        let each_apart = |a: &&FeeOption| others.iter().all(|b| a.id == b.id || apart(a, b));
        if others.len() > 1 && others.iter().all(each_apart) {
            let all: Vec<&FeeOption> = [one].into_iter().chain(others).collect();
            sentences.push(format!("{}は、どれか一つだけ使えます。", quoted(&all)));
            said.extend(all.iter().flat_map(|a| all.iter().map(|b| (&a.id, &b.id))));
        } else {
            let (one_name, other_names) = (quoted(&[one]), quoted(&others));
            sentences.push(format!("{one_name}は{other_names}と一緒に使えません。"));
            said.extend(others.iter().map(|other| (&one.id, &other.id)));
        }
    }
    sentences
}

/// A price that depends on the time or on who uses it.
const BY_USE: &str = "料金は使い方によって変わります";

/// 「200円／1時間」
#[must_use]
pub fn option_price(option: &FeeOption) -> String {
    let (yen, per): (Yen, &str) = match option.price {
        OptionPrice::PerHour(yen) | OptionPrice::HourAndHalf { hour: yen, .. } => (yen, "1時間"),
        OptionPrice::PerHalfHour(yen) => (yen, "30分"),
        OptionPrice::PerUse(yen) => (yen, "1回"),
        OptionPrice::PerPiece(yen) => (yen, "1点"),
        OptionPrice::PerPerson(yen) => (yen, "1人"),
        OptionPrice::ShareOfRoom { percent, .. } => return format!("室場の料金の{percent}%"),
        OptionPrice::PerDivision(_) | OptionPrice::PerHourByTime(_) | OptionPrice::Table(_) => {
            return BY_USE.to_owned();
        }
    };
    if yen.is_zero() {
        money::FREE.to_owned()
    } else {
        format!("{yen}／{per}")
    }
}

/// 「200円 × 2」
#[must_use]
pub fn times(unit: SignedYen, quantity: u32) -> String {
    format!("{unit} × {quantity}")
}

/// 「うち消費税 72円」
#[must_use]
pub fn tax_inside(tax: Yen) -> String {
    format!("うち消費税 {tax}")
}

#[cfg(test)]
mod tests {
    use domain::quote::Component;

    use super::*;

    fn option(id: &str, excludes: &[&str]) -> FeeOption {
        FeeOption {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            component: Component::Light,
            price: OptionPrice::PerHour(Yen::new(200)),
            round: None,
            automatic: None,
            max_quantity: 1,
            excludes: excludes.iter().map(|id| id.parse().unwrap()).collect(),
            stock: None,
            article: "条例別表".to_owned(),
            illustrative: false,
        }
    }

    #[test]
    fn brightnesses_of_one_light_are_said_to_be_had_one_at_a_time() {
        let lights = [
            option("a", &["b", "c"]),
            option("b", &["a", "c"]),
            option("c", &["a", "b"]),
            option("shower", &[]),
        ];
        assert_eq!(
            exclusions(&lights),
            ["「a」「b」「c」は、どれか一つだけ使えます。"]
        );
    }

    #[test]
    fn a_whole_is_said_not_to_go_with_its_parts_which_go_together() {
        let lights = [
            option("north", &["whole"]),
            option("south", &[]),
            option("whole", &["south"]),
        ];
        assert_eq!(
            exclusions(&lights),
            [
                "「north」は「whole」と一緒に使えません。",
                "「south」は「whole」と一緒に使えません。"
            ]
        );
        assert_eq!(exclusions(&[option("north", &[])]), Vec::<String>::new());
    }

    #[test]
    fn only_money_is_asked_for_in_yen() {
        assert_eq!(amount_unit(&"entry_fee_yen".parse().unwrap()), "円");
        assert_eq!(amount_unit(&"floors".parse().unwrap()), "");
    }
}
