//! What must hold of a refund rule.

use std::collections::BTreeSet;

use super::facility_rules::days_of_leap_year;
use super::{At, Findings};
use crate::refunds::unmoved;
use crate::town::{Facility, RefundTier, Slug};

pub(super) fn check(facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    let refund = &facility.refund;
    findings.text(at, "article", &refund.article);
    findings.rounding(at, refund.round_down_yen);
    check_tiers(&refund.tiers, &at.key("tier"), findings);
    let at_own = at.key("for");
    for (n, own) in refund.rooms.iter().enumerate() {
        let at = at_own.index(n);
        check_tiers(&own.tiers, &at.key("tier"), findings);
        if let Some(article) = &own.article {
            findings.text(&at, "article", article);
        }
        if own.kinds.is_empty() && own.rooms.is_empty() {
            findings.add(
                &at,
                "どの室場の還付かが書かれていません。kinds（種類）か rooms（室場の id）を書いてください",
            );
        }
        for kind in &own.kinds {
            if !facility.rooms.iter().any(|room| room.kind == *kind) {
                findings.add(
                    &at.key("kinds"),
                    format!("「{kind}」という種類の室場はこの施設にありません。室場の kind と同じ言葉にしてください"),
                );
            }
        }
        check_rooms(facility, &own.rooms, &at.key("rooms"), findings);
    }
    let at_reason = at.key("reason");
    let at_override = at.key("override");
    let codes = refund.reasons.iter().enumerate();
    let codes = codes.map(|(n, it)| (at_reason.index(n).key("id"), &it.id));
    let overrides = refund.overrides.iter().enumerate();
    let overrides = overrides.map(|(n, it)| (at_override.index(n).key("id"), &it.id));
    findings.once(codes.chain(overrides), |id| {
        format!("還付の理由の id「{id}」が二度使われています。別の id にしてください")
    });
    for (n, reason) in refund.reasons.iter().enumerate() {
        let at = at_reason.index(n);
        findings.text(&at, "label", &reason.label);
        findings.text(&at, "article", &reason.article);
        check_rooms(facility, &reason.rooms, &at.key("rooms"), findings);
        check_tiers(&reason.tiers, &at.key("tier"), findings);
        if reason.tiers.is_empty() {
            findings.add(
                &at,
                "還付の段階「tier」がありません。全額なら tier = [{ before_start = true, percent = 100 }] のように書いてください",
            );
        }
    }
    for (n, reason) in refund.overrides.iter().enumerate() {
        let at = at_override.index(n);
        findings.text(&at, "label", &reason.label);
        findings.text(&at, "article", &reason.article);
    }
}

/// Rooms that a rule names must be rooms of the facility.
fn check_rooms(facility: &Facility, rooms: &BTreeSet<Slug>, at: &At, findings: &mut Findings<'_>) {
    for room in rooms {
        if facility.room(room).is_none() {
            findings.add(
                at,
                format!("室場「{room}」はこの施設にありません。室場の id を確かめてください"),
            );
        }
    }
}

fn check_tiers(tiers: &[RefundTier], at: &At, findings: &mut Findings<'_>) {
    for (n, tier) in tiers.iter().enumerate() {
        if tier.percent > 100 {
            findings.add(
                &at.index(n).key("percent"),
                "還付の割合「percent」は 100 以下にしてください",
            );
        }
    }
    for (n, pair) in tiers.windows(2).enumerate() {
        if let [earlier, later] = pair
            && (!ends_before(*earlier, *later) || later.percent > earlier.percent)
        {
            findings.add(
                &at.index(n + 1),
                "還付の段階は、日数の多い順に、割合が増えないように書いてください（例 7日前 100、3日前 50）",
            );
        }
    }
}

/// True when one tier's last day comes before the other's, whatever the day of use.
fn ends_before(earlier: RefundTier, later: RefundTier) -> bool {
    days_of_leap_year().all(|date| unmoved(earlier.until, date) < unmoved(later.until, date))
}
