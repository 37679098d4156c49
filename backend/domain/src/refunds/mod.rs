//! Refunds (還付): what a cancellation gives back, and until when how much.

mod because;
mod by_slot;
mod deadline;
mod part;

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};

pub use because::{Because, Grounds, NotReckoned, refund_because, refund_of_shortening};
pub use by_slot::{SlotPaid, refund_of_slots, split_paid};
pub(crate) use deadline::unmoved;
pub use part::{Part, PartRefusal, give_up, slot_prices};

use crate::calendar::OpenDays;
use crate::eligibility::{NextStep, RuleRefusal, Why};
use crate::money::{Yen, YenOutOfRange};
use crate::quote::{Component, QuoteLine};
use crate::span::Span;
use crate::town::{Facility, RefundReason, RefundRule, RefundTier, Room, Slug};

/// A use that is given up: where and when.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// The facility.
    pub facility: &'a Facility,
    /// The room; absent when the town has given it up since.
    pub room: Option<&'a Room>,
    /// The facility's open days: a last day may move to one.
    pub days: OpenDays<'a>,
    /// The time.
    pub span: Span,
}

/// What a cancellation gives back and how that is reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// What comes back, yen.
    pub refund_yen: Yen,
    /// The share of what was paid, percent.
    pub percent: u32,
    /// The reckoning as one line with its article; its amount is what comes back.
    pub line: QuoteLine,
}

/// Until when how much comes back (取消期限と還付額).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The last day, in Japan.
    pub last_day: NaiveDate,
    /// The share of what was paid, percent.
    pub percent: u32,
    /// What comes back, yen.
    pub refund_yen: Yen,
}

/// What comes back of `paid` when somebody gives a use up at `now` for their own convenience
/// (自己都合): by whole days in Japan.
///
/// # Errors
/// [`YenOutOfRange`] when the rule rounds to 0 円 or gives back more than there is.
pub fn refund_on_cancelling(
    used: Use<'_>,
    paid: Yen,
    now: DateTime<Utc>,
) -> Result<Reckoning, YenOutOfRange> {
    let (tiers, article) = used.own_tiers();
    let (percent, label) = share_at(tiers, used, "取消", now);
    let refund_yen = share(paid, percent, used.rule().round_down_yen)?;
    Ok(reckoning(refund_yen, percent, label, article))
}

/// What comes back for one of the town's reasons (災害・雨天・やむを得ない理由); `None` when the town
/// has no such reason for that room.
///
/// # Errors
/// As [`refund_on_cancelling`].
pub fn refund_for_reason(
    used: Use<'_>,
    reason: &Slug,
    paid: Yen,
    now: DateTime<Utc>,
) -> Result<Option<Reckoning>, YenOutOfRange> {
    let Some(reason) = reasons(used).find(|it| it.id == *reason) else {
        return Ok(None);
    };
    let (percent, label) = share_at(&reason.tiers, used, "届出", now);
    let refund_yen = share(paid, percent, used.rule().round_down_yen)?;
    let label = format!("{}: {label}", reason.label);
    Ok(Some(reckoning(refund_yen, percent, label, &reason.article)))
}

/// The reasons that the town knows for a room.
pub fn reasons<'a>(used: Use<'a>) -> impl Iterator<Item = &'a RefundReason> {
    let for_room = move |it: &&RefundReason| {
        it.rooms.is_empty() || used.room.is_some_and(|room| it.rooms.contains(&room.id))
    };
    used.facility.refund.reasons.iter().filter(for_room)
}

/// What comes back when the town is the cause: closure, works, storm (施設の都合). Everything, on
/// any day and without rounding.
#[must_use]
pub fn refund_by_facility(rule: &RefundRule, paid: Yen) -> Reckoning {
    let label = "施設の都合による取消（全額）".to_owned();
    reckoning(paid, 100, label, &rule.article)
}

/// What comes back of a sale that the counter takes back while the time it sold is running (窓口の誤り
/// の取消): everything.
#[must_use]
pub fn refund_of_a_slip(rule: &RefundRule, paid: Yen) -> Reckoning {
    let label = "利用開始後に受け付けたものの取消（全額）".to_owned();
    reckoning(paid, 100, label, &rule.article)
}

/// An amount out of the rule, for one of the reasons that the town has laid down. There is no
/// free-hand amount (domain.md A4 [S34]).
///
/// # Errors
/// [`Why::OverrideReasonUnknown`]; [`Why::RefundTooMuch`].
pub fn refund_by_override(
    rule: &RefundRule,
    paid: Yen,
    amount: Yen,
    reason: &Slug,
) -> Result<Reckoning, RuleRefusal> {
    let known = rule.overrides.iter().find(|it| it.id == *reason);
    let Some(known) = known else {
        return Err(RuleRefusal {
            why: Why::OverrideReasonUnknown,
            article: rule.article.clone(),
            next: vec![NextStep::ChooseReason],
        });
    };
    if amount > paid {
        return Err(RuleRefusal {
            why: Why::RefundTooMuch { paid },
            article: known.article.clone(),
            next: vec![NextStep::AskForLess],
        });
    }
    let percent = u64::from(amount.get()) * 100;
    let percent = percent.checked_div(u64::from(paid.get())).unwrap_or(0);
    let percent = u32::try_from(percent).unwrap_or(100);
    let label = format!("規則によらない還付（{}）", known.label);
    Ok(reckoning(amount, percent, label, &known.article))
}

/// Until when how much of `paid` comes back, most first. After the last term nothing does.
///
/// # Errors
/// As [`refund_on_cancelling`].
pub fn refund_terms(used: Use<'_>, paid: Yen) -> Result<Vec<Term>, YenOutOfRange> {
    let (tiers, _) = used.own_tiers();
    tiers
        .iter()
        .filter_map(|tier| Some((tier, deadline::last_day(tier.until, used)?)))
        .map(|(tier, last_day)| {
            Ok(Term {
                last_day,
                percent: tier.percent,
                refund_yen: share(paid, tier.percent, used.rule().round_down_yen)?,
            })
        })
        .collect()
}

impl<'a> Use<'a> {
    const fn rule(self) -> &'a RefundRule {
        &self.facility.refund
    }

    /// The tiers of its room with their article.
    fn own_tiers(self) -> (&'a [RefundTier], &'a str) {
        let rule = self.rule();
        let own = self.room.and_then(|room| {
            let mut rooms = rule.rooms.iter();
            rooms.find(|it| it.rooms.contains(&room.id) || it.kinds.contains(&room.kind))
        });
        match own {
            Some(own) => (&own.tiers, own.article.as_ref().unwrap_or(&rule.article)),
            None => (&rule.tiers, &rule.article),
        }
    }
}

/// The share at `now`, and what the line says.
fn share_at(tiers: &[RefundTier], used: Use<'_>, act: &str, now: DateTime<Utc>) -> (u32, String) {
    let tier = tiers
        .iter()
        .find(|tier| deadline::in_time(tier.until, used, now));
    match tier {
        Some(tier) => {
            let until = deadline::words(tier.until);
            (tier.percent, format!("{until}の{act}（{}%）", tier.percent))
        }
        None => (0, format!("期限を過ぎた{act}（還付なし）")),
    }
}

/// A share rounded down to the town's unit. The whole is the whole: rounding is for fractions.
fn share(paid: Yen, percent: u32, round_down_yen: u32) -> Result<Yen, YenOutOfRange> {
    match percent {
        100 => Ok(paid),
        0..100 => paid.percent_floor(percent, round_down_yen),
        _ => Err(YenOutOfRange),
    }
}

fn reckoning(refund_yen: Yen, percent: u32, label: String, article: &str) -> Reckoning {
    Reckoning {
        refund_yen,
        percent,
        line: QuoteLine {
            label,
            basis: article.to_owned(),
            component: Component::Room,
            quantity: 1,
            unit_yen: refund_yen.into(),
            amount_yen: refund_yen.into(),
        },
    }
}
