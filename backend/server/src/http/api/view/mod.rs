//! What programs get (表示): shapes of the API, made from the contract's views.

mod availability;
mod facility;
mod quote;
mod reservation;
mod time;

pub(super) use availability::{FacilityDay, RoomWeek};
pub(super) use facility::{FacilityDetail, FacilityList};
pub(super) use quote::QuoteAnswer;
pub(super) use reservation::{PaymentAnswer, ReservationDetail, ReservationList};
pub(super) use time::{Offer, Time};

use contract::Refusal;
use serde_json::{Value, json};

/// A refusal's own facts, in the API's shapes; `None` when its code says it all.
pub(in crate::http) fn facts(refusal: &Refusal) -> Option<Value> {
    if let Refusal::SlotTaken { alternatives } = refusal {
        let offers: Vec<Offer> = alternatives.iter().map(Offer::of).collect();
        return Some(json!({ "alternatives": offers }));
    }
    let mut facts = serde_json::to_value(refusal).ok()?;
    let fields = facts.as_object_mut()?;
    fields.remove("code");
    (!fields.is_empty()).then_some(facts)
}

#[cfg(test)]
mod tests {
    use contract::ProblemKind;

    use super::*;

    #[test]
    fn a_refusal_tells_its_facts_once() {
        assert_eq!(facts(&Refusal::NotFound), None);
        assert_eq!(
            facts(&Refusal::TooManyPeople { capacity: 30 }),
            Some(json!({"capacity": 30}))
        );
        let refusal = Refusal::field("people", ProblemKind::OutOfRange { min: 1, max: 9 });
        assert_eq!(
            facts(&refusal),
            Some(json!({"problems": [
                {"field": "people", "problem": {"kind": "out_of_range", "min": 1, "max": 9}}
            ]}))
        );
    }
}
