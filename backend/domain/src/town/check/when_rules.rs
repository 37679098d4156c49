//! What must hold of a condition: it names what there is, and it can hold.

use super::{At, Findings};
use crate::town::{AttributeKind, Range, Room, SlotRule, Slug, Town, UserAttribute, When};

/// `room` is `None` where a condition is for the whole town.
pub(super) fn check(
    town: &Town,
    room: Option<&Room>,
    when: &When,
    at: &At,
    findings: &mut Findings<'_>,
) {
    check_flags(town, when, at, findings);
    for (id, fitting) in &when.choice {
        let at = at.key("choice").key(id.as_str().to_owned());
        if let Some(known) = known(town, id, &at, findings) {
            let AttributeKind::Choice(choices) = &known.kind else {
                findings.add(&at, format!("利用者区分「{id}」は選択肢のある区分ではありません。[[attribute]] の kind を確かめてください"));
                continue;
            };
            for one in fitting {
                if !choices.iter().any(|choice| choice.id == *one) {
                    let ids: Vec<&str> = choices.iter().map(|it| it.id.as_str()).collect();
                    findings.add(
                        &at,
                        format!(
                            "「{one}」は「{id}」の選択肢にありません（ある選択肢: {}）",
                            ids.join("、")
                        ),
                    );
                }
            }
        }
    }
    for (id, range) in &when.amount {
        let at = at.key("amount").key(id.as_str().to_owned());
        check_range(*range, &at, findings);
        amount(town, id, &at, findings);
    }
    for (key, range) in [("people", when.people), ("minutes", when.minutes)] {
        if let Some(range) = range {
            check_range(range, &at.key(key), findings);
        }
    }
    if let Some(room) = room {
        check_of_room(room, when, at, findings);
    }
}

/// The attribute exists and is an amount.
pub(super) fn amount(town: &Town, id: &Slug, at: &At, findings: &mut Findings<'_>) {
    let known = known(town, id, at, findings);
    if known.is_some_and(|known| known.kind != AttributeKind::Amount) {
        findings.add(
            at,
            format!("「{id}」は金額を聞く項目ではありません。[[attribute]] に kind = \"amount\" と書いてください"),
        );
    }
}

fn check_flags(town: &Town, when: &When, at: &At, findings: &mut Findings<'_>) {
    for (key, flags) in [("is", &when.is), ("not", &when.not)] {
        let at = at.key(key);
        for id in flags {
            let known = known(town, id, &at, findings);
            if known.is_some_and(|known| !known.kind.is_flag()) {
                findings.add(
                    &at,
                    format!("「{id}」は、はい・いいえで答える区分ではありません。choice か amount に書いてください"),
                );
            }
        }
    }
    if let Some(id) = when.is.iter().find(|id| when.not.contains(id)) {
        findings.add(
            &at.key("not"),
            format!("「{id}」が is と not の両方にあり、当てはまることがありません。片方を消してください"),
        );
    }
}

fn known<'a>(
    town: &'a Town,
    id: &Slug,
    at: &At,
    findings: &mut Findings<'_>,
) -> Option<&'a UserAttribute> {
    let known = town.attributes.iter().find(|known| known.id == *id);
    if known.is_none() {
        findings.add(
            at,
            format!("利用者区分「{id}」がありません。[[attribute]] に書き足してください"),
        );
    }
    known
}

fn check_range(range: Range, at: &At, findings: &mut Findings<'_>) {
    if range == Range::default() {
        findings.add(at, "at_least（以上）か at_most（以下）を書いてください");
    }
    if let (Some(least), Some(most)) = (range.at_least, range.at_most)
        && most < least
    {
        findings.add(
            at,
            format!("at_most（{most}以下）が at_least（{least}以上）より小さく、当てはまる数がありません"),
        );
    }
}

fn check_of_room(room: &Room, when: &When, at: &At, findings: &mut Findings<'_>) {
    let divisions = match &room.slots {
        SlotRule::Divisions(divisions) => divisions.as_slice(),
        SlotRule::Grid { .. } => &[],
    };
    for id in &when.divisions {
        if !divisions.iter().any(|division| division.id == *id) {
            findings.add(
                &at.key("divisions"),
                format!("区分「{id}」はこの室場にありません"),
            );
        }
    }
    for id in &when.purposes {
        if !room.purposes.iter().any(|purpose| purpose.id == *id) {
            findings.add(
                &at.key("purposes"),
                format!("使用目的「{id}」はこの室場にありません。purpose に書き足してください"),
            );
        }
    }
}
