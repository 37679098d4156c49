//! Refunds (還付): what a cancellation gives back, and until when how much.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::civil;
use crate::money::{Yen, YenOutOfRange};
use crate::quote::{Component, QuoteLine};
use crate::town::RefundRule;

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

/// What comes back of `paid` when a use on `date` is cancelled at `now`: by whole days in Japan.
///
/// # Errors
/// [`YenOutOfRange`] when the rule rounds to 0 円 or gives back more than there is.
pub fn refund_on_cancelling(
    rule: &RefundRule,
    paid: Yen,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Reckoning, YenOutOfRange> {
    let today = civil::date_at(now);
    let tier = rule
        .tiers
        .iter()
        .find(|tier| last_day(date, tier.days_before).is_some_and(|last_day| today <= last_day));
    let (percent, label) = match tier {
        Some(tier) => (
            tier.percent,
            format!(
                "利用日の{}までの取消（{}%）",
                days_before(tier.days_before),
                tier.percent
            ),
        ),
        None => (0, "期限を過ぎた取消（還付なし）".to_owned()),
    };
    let refund_yen = share(paid, percent, rule.round_down_yen)?;
    Ok(reckoning(refund_yen, percent, label, rule))
}

/// What comes back when the town is the cause: closure, works, storm (施設の都合). Everything, on
/// any day and without rounding.
#[must_use]
pub fn refund_by_facility(rule: &RefundRule, paid: Yen) -> Reckoning {
    reckoning(paid, 100, "施設の都合による取消（全額）".to_owned(), rule)
}

/// What comes back of a sale that the counter takes back while the time it sold is running (窓口の誤り
/// の取消): everything.
#[must_use]
pub fn refund_of_a_slip(rule: &RefundRule, paid: Yen) -> Reckoning {
    let label = "利用開始後に受け付けたものの取消（全額）";
    reckoning(paid, 100, label.to_owned(), rule)
}

/// Until when how much of `paid` comes back for a use on `date`, most first. After the last term
/// nothing does.
///
/// # Errors
/// As [`refund_on_cancelling`].
pub fn refund_terms(
    rule: &RefundRule,
    paid: Yen,
    date: NaiveDate,
) -> Result<Vec<Term>, YenOutOfRange> {
    rule.tiers
        .iter()
        .filter_map(|tier| Some((tier, last_day(date, tier.days_before)?)))
        .map(|(tier, last_day)| {
            Ok(Term {
                last_day,
                percent: tier.percent,
                refund_yen: share(paid, tier.percent, rule.round_down_yen)?,
            })
        })
        .collect()
}

fn last_day(date: NaiveDate, days_before: u32) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(days_before)))
}

fn days_before(days: u32) -> String {
    match days {
        0 => "当日".to_owned(),
        1 => "前日".to_owned(),
        _ => format!("{days}日前"),
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

fn reckoning(refund_yen: Yen, percent: u32, label: String, rule: &RefundRule) -> Reckoning {
    Reckoning {
        refund_yen,
        percent,
        line: QuoteLine {
            label,
            basis: rule.article.clone(),
            component: Component::Room,
            quantity: 1,
            unit_yen: refund_yen.into(),
            amount_yen: refund_yen.into(),
        },
    }
}
