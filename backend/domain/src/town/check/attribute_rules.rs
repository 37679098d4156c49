//! What must hold of the town's questions.

use super::{At, Findings};
use crate::town::{AttributeKind, Town};

pub(super) fn check(town: &Town, findings: &mut Findings<'_>) {
    for (n, attribute) in town.attributes.iter().enumerate() {
        let at = At::top().key("attribute").index(n);
        if attribute.from_residence && !attribute.kind.is_flag() {
            findings.add(
                &at.key("from_residence"),
                "住所で決まる利用者区分「from_residence」は、はい・いいえの区分だけに書けます。kind を消してください",
            );
        }
        let AttributeKind::Choice(choices) = &attribute.kind else {
            continue;
        };
        let at = at.key("kind").key("choice");
        if choices.len() < 2 {
            findings.add(&at, "選択肢「choice」は二つ以上書いてください");
        }
        for (n, choice) in choices.iter().enumerate() {
            findings.text(&at.index(n), "label", &choice.label);
        }
        findings.once(
            choices
                .iter()
                .enumerate()
                .map(|(n, it)| (at.index(n).key("id"), &it.id)),
            |id| format!("選択肢の id「{id}」が二度使われています。別の id にしてください"),
        );
    }
}
