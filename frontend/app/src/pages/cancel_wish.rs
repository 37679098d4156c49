//! What a form says of giving something up (取消しの入力), read into what is wished for.

use std::collections::BTreeSet;

use contract::{ProblemKind, Refusal, SaleCancel};
use domain::civil::TimeOfDay;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::refunds::{Because, PartRefusal};
use domain::span::Span;
use domain::town::Slug;

use crate::forms::Values;

/// What the names of the fields of single slots begin with.
const SLOT: &str = "slot.";

/// Posted as the reason for one's own convenience.
pub(super) const OWN: &str = "own";

/// The field of a slot, by when it begins.
pub(super) fn slot_field(slot: Span) -> String {
    format!("{SLOT}{}", slot.times().0)
}

/// What is posted for one of the town's reasons.
pub(super) fn reason_choice(id: &Slug) -> String {
    format!("reason:{id}")
}

/// What is posted for an amount out of the rule.
pub(super) fn override_choice(id: &Slug) -> String {
    format!("override:{id}")
}

/// The pairs that say what is given up, to be carried by another form.
pub(super) fn carried(values: &Values) -> Vec<(String, String)> {
    values.only(&["why", "amount"], &[SLOT])
}

/// The slots that are named, by when they begin; none where all is meant.
///
/// # Errors
/// [`PartRefusal::NotASlot`] as a refusal, for what is no time.
pub fn slots_wish(values: &Values) -> Result<BTreeSet<TimeOfDay>, Refusal> {
    let named = values.only(&[], &[SLOT]);
    named
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(SLOT))
        .map(|start| {
            let start = start.parse::<TimeOfDay>();
            start.map_err(|_no_time| PartRefusal::NotASlot.into())
        })
        .collect()
}

/// What is given up at the counter, and for which reason.
///
/// # Errors
/// As [`slots_wish`]; [`Refusal::InvalidInput`] for a reason that is none and an amount that is none.
pub fn sale_cancel_wish(
    values: &Values,
    reservation: ReservationId,
) -> Result<SaleCancel, Refusal> {
    Ok(SaleCancel {
        reservation,
        slots: slots_wish(values)?,
        because: because(values)?,
    })
}

fn because(values: &Values) -> Result<Because, Refusal> {
    let no_choice = || Refusal::field("why", ProblemKind::NotAChoice);
    let why = values.filled("why").unwrap_or(OWN);
    if why == OWN {
        return Ok(Because::Own);
    }
    let (kind, id) = why.split_once(':').ok_or_else(no_choice)?;
    let id: Slug = id.parse().map_err(|_not_a_slug| no_choice())?;
    match kind {
        "reason" => Ok(Because::Reason(id)),
        "override" => Ok(Because::Override {
            reason: id,
            amount: amount(values)?,
        }),
        _ => Err(no_choice()),
    }
}

/// A sum of money as it is typed: 「2,000」「２０００円」.
fn amount(values: &Values) -> Result<Yen, Refusal> {
    let typed = values.half_width("amount");
    if typed.is_empty() {
        return Err(Refusal::field("amount", ProblemKind::Missing));
    }
    let digits: String = typed
        .trim_end_matches('円')
        .chars()
        .filter(|c| ![',', '，', '、', ' '].contains(c))
        .collect();
    let sum = digits.parse::<u32>();
    sum.map(Yen::new)
        .map_err(|_nonsense| Refusal::field("amount", ProblemKind::Malformed))
}

#[cfg(test)]
mod tests {
    use domain::ids::ReservationId;

    use super::*;

    fn wish(pairs: &[(&str, &str)]) -> Result<SaleCancel, Refusal> {
        let pairs = pairs.iter();
        let values = Values::new(pairs.map(|(name, value)| ((*name).into(), (*value).into())));
        sale_cancel_wish(
            &values,
            "0193a0b0-0000-7000-8000-000000000001"
                .parse::<ReservationId>()
                .unwrap(),
        )
    }

    #[test]
    fn without_a_word_all_is_given_up_for_ones_own_convenience() {
        let wish = wish(&[]).unwrap();
        assert_eq!((wish.slots.len(), wish.because), (0, Because::Own));
    }

    #[test]
    fn slots_a_reason_and_an_amount_are_read_as_they_are_typed() {
        let rain = wish(&[("slot.13:00", "on"), ("why", "reason:rain")]).unwrap();
        assert_eq!(rain.slots, BTreeSet::from(["13:00".parse().unwrap()]));
        assert_eq!(rain.because, Because::Reason("rain".parse().unwrap()));
        let out = wish(&[("why", "override:mayor"), ("amount", "１,000円")]).unwrap();
        let amount = Yen::new(1_000);
        let reason = "mayor".parse().unwrap();
        assert_eq!(out.because, Because::Override { reason, amount });
    }

    #[test]
    fn nonsense_is_told_at_its_field() {
        for (pairs, field) in [
            (&[("why", "because")][..], "why"),
            (&[("why", "reason:雨")], "why"),
            (&[("why", "override:mayor")], "amount"),
            (&[("why", "override:mayor"), ("amount", "-1")], "amount"),
        ] {
            let Err(Refusal::InvalidInput { problems }) = wish(pairs) else {
                panic!("{pairs:?}");
            };
            assert_eq!(problems[0].field, field, "{pairs:?}");
        }
        assert_eq!(
            wish(&[("slot.noon", "on")]).unwrap_err().code(),
            "part.not_a_slot"
        );
    }
}
