//! How to contest a decision (教示).

use crate::town::Town;

/// How to contest a decision of the town (教示): to whom, by when, against whom (行政不服審査法第82条,
/// 地方自治法第244条の4, 行政事件訴訟法第46条).
#[must_use]
pub fn appeal(town: &Town) -> [String; 2] {
    let name = &town.name;
    [
        format!(
            "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、{name}長に対して審査請求をすることができます。"
        ),
        format!(
            "この決定の取消しを求める訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、{name}を被告として提起することができます。"
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appeal_goes_to_the_head_of_the_municipality_that_decided() {
        let mut town = crate::samples::town();
        for (name, head) in [("精華町", "精華町長"), ("川越市", "川越市長")] {
            town.name = name.to_owned();
            let [objection, suit] = appeal(&town);
            assert!(
                objection.contains(&format!("{head}に対して")),
                "{objection}"
            );
            assert!(suit.contains(&format!("{name}を被告として")), "{suit}");
        }
    }
}
