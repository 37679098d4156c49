//! What the town's booking rules say no to, each with what can be done next (次にできること).

use contract::RuleProblem;
use domain::eligibility::NextStep;

use super::clock;
use super::refusal::{Reason, Words};

/// Over the list of what can be done.
pub const NEXT: &str = "次にできること";

/// Puts all that the rules say no to into words: one reason is the heading itself, of several each
/// stands with its own way on.
#[must_use]
pub fn explain(problem: &RuleProblem) -> Words {
    let reasons: Vec<Reason> = std::iter::once(problem)
        .chain(&problem.also)
        .map(reason)
        .collect();
    let all = |of: fn(&Reason) -> String| reasons.iter().map(of).collect::<String>();
    let (what, next) = match reasons.as_slice() {
        [only] => (only.what.clone(), only.next.concat()),
        several => (
            format!("予約できない理由が{}つあります。", several.len()),
            all(|it| format!("{}{}", it.what, it.next.concat())),
        ),
    };
    Words {
        what,
        next,
        reasons,
    }
}

fn reason(problem: &RuleProblem) -> Reason {
    let RuleProblem { words, article, .. } = problem;
    let what = if article.is_empty() {
        format!("{words}。")
    } else {
        format!("{words}（{article}）。")
    };
    Reason {
        what,
        next: problem.next.iter().map(step).collect(),
        renews_group: (problem.next.iter()).any(|it| matches!(it, NextStep::RenewGroup { .. })),
    }
}

fn step(step: &NextStep) -> String {
    match step {
        NextStep::BookFrom { opens_at } => {
            format!("{}から予約できます。", clock::full_at(*opens_at))
        }
        NextStep::AskDesk { phone } => format!("電話（{phone}）か窓口でお問い合わせください。"),
        NextStep::ChooseDayFrom { date } => {
            format!("{}以降の日を選んでください。", clock::full_day(*date))
        }
        NextStep::ChooseAnotherTime => "ほかの時間を選んでください。".to_owned(),
        NextStep::AskForLess => "時間や区分を減らして、お申し込みください。".to_owned(),
        NextStep::CancelOne => "使わない予約があれば、取り消してください。".to_owned(),
        NextStep::PayFirst => "まだお支払いでない予約を、先にお支払いください。".to_owned(),
        NextStep::AskGrownUp => "保護者など、年齢の条件に合う方がお申し込みください。".to_owned(),
        NextStep::ShowBirthdate => {
            "マイナンバーカードでログインするか、生年月日の分かる書類を窓口で見せてください。"
                .to_owned()
        }
        NextStep::RenewGroup { from } => format!(
            "団体登録を更新してください。更新は{}から受け付けます。",
            clock::full_day(*from)
        ),
        NextStep::FindMembers => "構成員をそろえて、もう一度お申し込みください。".to_owned(),
        NextStep::CancelAndRebook => "この予約を取り消して、新しく予約してください。".to_owned(),
        NextStep::ChooseReason => "町が定めた理由から選んでください。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota() -> RuleProblem {
        RuleProblem {
            code: "quota.reached",
            words: "「体育施設 月4コマまで」の上限に達しています（上限 4コマ、予約済み 4）".into(),
            article: "規則第5条".into(),
            next: vec![
                NextStep::ChooseDayFrom {
                    date: "2027-01-01".parse().unwrap(),
                },
                NextStep::CancelOne,
            ],
            also: Vec::new(),
        }
    }

    /// Scenario 10.
    #[test]
    fn a_limit_is_told_with_the_next_day_on_which_it_can_be() {
        let words = explain(&quota());
        assert_eq!(
            words.what,
            "「体育施設 月4コマまで」の上限に達しています（上限 4コマ、予約済み 4）（規則第5条）。"
        );
        let steps = [
            "2027年1月1日（金）以降の日を選んでください。",
            "使わない予約があれば、取り消してください。",
        ];
        assert_eq!(words.reasons[0].next, steps);
        assert_eq!(words.next, steps.concat());
    }

    #[test]
    fn several_reasons_are_counted_and_each_has_its_way_on() {
        let opens_at = "2027-01-01T00:00:00Z".parse().unwrap();
        let window = RuleProblem {
            code: "window.not_yet",
            words: "まだ受付を始めていません".into(),
            article: "規則第3条".into(),
            next: vec![NextStep::BookFrom { opens_at }],
            also: vec![quota()],
        };
        let words = explain(&window);
        assert_eq!(words.what, "予約できない理由が2つあります。");
        assert_eq!(
            words.reasons[0].what,
            "まだ受付を始めていません（規則第3条）。"
        );
        assert_eq!(
            words.reasons[0].next,
            ["2027年1月1日（金）9:00から予約できます。"]
        );
        assert_eq!(words.reasons[1], explain(&quota()).reasons[0]);
        assert!(
            words.next.contains("（規則第3条）。2027年"),
            "{}",
            words.next
        );
    }
}
