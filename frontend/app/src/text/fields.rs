//! Field names and what can be wrong with them (入力の誤り).

use contract::{FieldProblem, ProblemKind, Refusal};
use domain::till::TillRefusal;

use super::refusal::explain;

/// Marks a field that has to be filled in.
pub const REQUIRED: &str = "必須";
/// Marks a field that may stay empty.
pub const OPTIONAL: &str = "任意";
/// Over the list of problems.
pub const SUMMARY: &str = "入力を確かめてください";

/// A field of a form, and what is wrong with it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and how to mend it.
    pub words: String,
}

/// What a refusal says about single fields; nothing where it concerns the form as a whole.
#[must_use]
pub fn problems(refusal: &Refusal) -> Vec<Problem> {
    let of = |field: &str, words: String| Problem {
        field: field.to_owned(),
        words,
    };
    match refusal {
        Refusal::InvalidInput { problems } => problems
            .iter()
            .map(|each| of(&each.field, problem(each)))
            .collect(),
        Refusal::TooManyPeople { .. } => vec![of("people", whole(refusal))],
        Refusal::Rule(rule) if rule.code == "booking.reduction_excluded" => {
            vec![of("reduction", whole(refusal))]
        }
        Refusal::UnknownPurpose => vec![of("purpose", whole(refusal))],
        Refusal::OptionQuantity { option, .. } => {
            vec![of(&format!("option.{option}"), whole(refusal))]
        }
        Refusal::OptionMinutes { option, .. } => {
            vec![of(&format!("minutes.{option}"), whole(refusal))]
        }
        Refusal::OptionsExclude { .. } => vec![of("options", whole(refusal))],
        Refusal::AttributeNotAFlag { .. } => vec![of("attributes", whole(refusal))],
        Refusal::AttributeNotAnAmount { attribute } => {
            vec![of(&format!("amount.{attribute}"), whole(refusal))]
        }
        Refusal::AttributeNotAChoice { attribute, .. } => {
            vec![of(&format!("choice.{attribute}"), whole(refusal))]
        }
        Refusal::UnknownReduction { .. } | Refusal::ReductionExcluded { .. } => {
            vec![of("reduction", whole(refusal))]
        }
        Refusal::Till(till) => match till {
            TillRefusal::BadFloat { .. } => vec![of("float", whole(refusal))],
            TillRefusal::TenderedShort { .. } | TillRefusal::TenderedAbsurd { .. } => {
                vec![of("tendered", whole(refusal))]
            }
            TillRefusal::BadCount { kind } => {
                vec![of(&format!("count.{}", kind.yen()), whole(refusal))]
            }
            TillRefusal::ReasonMissing { .. } | TillRefusal::ReasonTooLong { .. } => {
                vec![of("reason", whole(refusal))]
            }
            _ => Vec::new(),
        },
        Refusal::Group(group) if group.code.starts_with("group.reason_") => {
            vec![of("reason", format!("{}。", group.words))]
        }
        _ => Vec::new(),
    }
}

fn whole(refusal: &Refusal) -> String {
    let words = explain(refusal);
    format!("{}{}", words.what, words.next)
}

/// A field's name as the forms show it.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "email" => "メールアドレス",
        "phone" => "電話番号",
        "people" => "人数",
        "name" => "氏名",
        "kana" => "フリガナ",
        "residence" => "お住まい",
        "document" => "確認した書類",
        "purpose" => "使用目的",
        "note" => "連絡事項",
        "reduction" => "減免",
        "stated" => "減免を受ける理由",
        "percent" => "減免の割合",
        "shown" => "確かめた書類",
        "facility" => "施設",
        "place" => "休みにする場所",
        "hours" => "時間",
        "from" => "はじめの日",
        "until" => "終わりの日",
        "town_file" => "町ファイル",
        "kind" => "理由",
        "date" => "利用日",
        "start" => "開始時刻",
        "end" => "終了時刻",
        "options" => "いっしょに使うもの",
        "attributes" => "使い方",
        "drawer" => "引出しの番号",
        "float" => "釣銭準備金",
        "amount" => "足す金額",
        "tendered" => "お預かり",
        "till" => "引出し",
        "group" => "だれの予約ですか",
        "group_name" => "団体の名前",
        "group_kana" => "団体のフリガナ",
        "activity" => "活動の内容",
        "members" => "会員の人数",
        "members_in_town" => "町内の人数",
        "number" => "利用者番号",
        "tie" => "確かめた内容",
        "where" => "金融機関",
        "account_kind" => "預金の種類",
        "bank_code" => "金融機関コード",
        "branch_code" => "支店コード",
        "account_number" => "口座番号",
        "yucho_symbol" => "記号",
        "yucho_number" => "番号",
        "holder" => "口座名義",
        "refunds" => "振り込むもの",
        "pay_on" => "振込日",
        "sent_on" => "振り込んだ日",
        "reason" => "理由",
        field if field.starts_with("option.") => "いっしょに使うもの",
        field if field.starts_with("minutes.") => "使う時間",
        field if field.starts_with("attribute.") => "使い方",
        field if field.starts_with("amount.") => "金額",
        field if field.starts_with("choice.") => "区分",
        _ => "入力",
    }
}

fn problem(problem: &FieldProblem) -> String {
    let name = label(&problem.field);
    match &problem.problem {
        ProblemKind::Missing => match problem.field.as_str() {
            "where" | "account_kind" | "refunds" | "purpose" | "residence" | "tie" | "document" | "place" | "kind" | "start" | "end" => {
                format!("{name}を選んでください。")
            }
            _ => format!("{name}を入力してください。"),
        },
        ProblemKind::TooLong { max } => format!("{name}は{max}文字までで入力してください。"),
        ProblemKind::Malformed => match problem.field.as_str() {
            "email" => "メールアドレスは「name@example.jp」の形で入力してください。".to_owned(),
            "kana" => "フリガナはカタカナで入力してください（例 ヤマダ ハナコ）。".to_owned(),
            "group_kana" => "団体のフリガナはカタカナで入力してください（例 ケンドウ クラブ）。".to_owned(),
            "number" => "この利用者番号の方は見つかりません。番号を確かめてください（例 0000-0123）。".to_owned(),
            "phone" => "電話番号は数字で入力してください（例 0774-12-3456）。".to_owned(),
            "date" => "利用日は「2026-12-01」の形で入力してください。".to_owned(),
            "people" => "人数は1以上の数字で入力してください（例 12）。".to_owned(),
            "bank_code" => "金融機関コードは4けたの数字で入力してください（例 0158）。".to_owned(),
            "branch_code" => "支店コードは3けたの数字で入力してください（例 123）。".to_owned(),
            "account_number" => "口座番号は7けたまでの数字で入力してください（例 0012345）。".to_owned(),
            "yucho_symbol" => "記号は、1か0で始まる5けたの数字で入力してください（例 14450）。".to_owned(),
            "yucho_number" => "番号は通帳のとおりに入力してください（例 12345671）。記号が1で始まるとき、番号は1で終わります。".to_owned(),
            "holder" => "口座名義は、通帳のとおりにカタカナで入力してください（例 ヤマダ ハナコ）。".to_owned(),
            "pay_on" => "振込日は、きょうより後の銀行の営業日を「2026-12-01」の形で入力してください。".to_owned(),
            "sent_on" => "振り込んだ日は、きょうまでの日を「2026-12-01」の形で入力してください。".to_owned(),
            field if field.starts_with("amount.") => {
                "金額は0以上の数字で入力してください（例 500）。".to_owned()
            }
            _ => format!("{name}を正しい形で入力してください。"),
        },
        ProblemKind::OutOfRange { min, max } => {
            format!("{name}は{min}から{max}までの数で入力してください。")
        }
        ProblemKind::NotAChoice => format!("{name}を選びなおしてください。"),
        ProblemKind::Contradicts => match problem.field.as_str() {
            "place" => "「全館」なのに、部屋も選ばれています。部屋だけなら「部屋を選ぶ」を選び、全館なら部屋の選択を外してください。".to_owned(),
            "hours" => "「終日」なのに、時刻も選ばれています。その時間だけなら「時間を決める」を選び、終日なら時刻を「選んでください」に戻してください。".to_owned(),
            "until" => "終わりの日は、はじめの日か、それより後の日にしてください。".to_owned(),
            _ => format!("{name}が、ほかの入力と合いません。"),
        },
        ProblemKind::TwelveDigits => format!(
            "{name}に12けたの数字があります。マイナンバーは入力しないでください。このシステムでは扱いません。"
        ),
        ProblemKind::InThePast => format!("{name}は今日か、今日より後の日にしてください。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_people_are_said_at_the_field_with_the_number_that_fits() {
        let [problem] = problems(&Refusal::TooManyPeople { capacity: 8 })
            .try_into()
            .unwrap();
        assert_eq!(problem.field, "people");
        assert!(problem.words.contains("定員は8人"), "{}", problem.words);
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said_at_its_field() {
        let option = || "light".to_owned();
        for (refusal, field) in [
            (
                Refusal::OptionQuantity {
                    option: option(),
                    max: 3,
                },
                "option.light",
            ),
            (
                Refusal::OptionMinutes {
                    option: option(),
                    max_minutes: 60,
                },
                "minutes.light",
            ),
            (
                Refusal::OptionsExclude {
                    one: option(),
                    other: option(),
                },
                "options",
            ),
            (
                Refusal::AttributeNotAnAmount {
                    attribute: option(),
                },
                "amount.light",
            ),
            (
                Refusal::AttributeNotAChoice {
                    attribute: option(),
                    choices: vec![],
                },
                "choice.light",
            ),
            (
                Refusal::UnknownReduction {
                    reduction: option(),
                },
                "reduction",
            ),
            (
                Refusal::field("amount.light", ProblemKind::Malformed),
                "amount.light",
            ),
        ] {
            let [problem] = problems(&refusal).try_into().unwrap();
            assert_eq!(problem.field, field);
            assert!(problem.words.ends_with("ください。") || problem.words.contains("（例 500）"));
        }
    }

    #[test]
    fn what_concerns_the_whole_form_is_no_problem_of_a_field() {
        assert_eq!(problems(&Refusal::StaleForm), []);
    }
}
