//! Field names and what can be wrong with them (入力の誤り).

use contract::{FieldProblem, ProblemKind};

/// Marks a field that has to be filled in.
pub const REQUIRED: &str = "必須";
/// Marks a field that may stay empty.
pub const OPTIONAL: &str = "任意";
/// Over the list of problems.
pub const SUMMARY: &str = "入力を確かめてください";

/// A field's name as the forms show it.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "email" => "メールアドレス",
        "phone" => "電話番号",
        "people" => "人数",
        "purpose" => "使用目的",
        "note" => "連絡事項",
        "date" => "利用日",
        "start" => "開始時刻",
        "end" => "終了時刻",
        field if field.starts_with("option.") => "いっしょに使うもの",
        field if field.starts_with("attribute.") => "使い方",
        _ => "入力",
    }
}

/// What is wrong and how to mend it.
#[must_use]
pub fn problem(problem: &FieldProblem) -> String {
    let name = label(&problem.field);
    match &problem.problem {
        ProblemKind::Missing => match problem.field.as_str() {
            "purpose" => "使用目的を選んでください。".to_owned(),
            _ => format!("{name}を入力してください。"),
        },
        ProblemKind::TooLong { max } => format!("{name}は{max}文字までで入力してください。"),
        ProblemKind::Malformed => match problem.field.as_str() {
            "email" => "メールアドレスは「name@example.jp」の形で入力してください。".to_owned(),
            "phone" => "電話番号は数字で入力してください（例 0774-12-3456）。".to_owned(),
            "people" => "人数は数字で入力してください（例 12）。".to_owned(),
            _ => format!("{name}を正しい形で入力してください。"),
        },
        ProblemKind::OutOfRange { min, max } => {
            format!("{name}は{min}から{max}までの数で入力してください。")
        }
        ProblemKind::NotAChoice => format!("{name}を選びなおしてください。"),
        ProblemKind::InThePast => format!("{name}は今日より後の日にしてください。"),
    }
}
