//! Refusals (お断り): stable codes with the facts to explain them and to act on.
//!
//! The Japanese sentences and the next step stand in the screens' `text`; the code is for scripts
//! and logs and never changes its meaning.

mod problem;
mod reaction;

pub use problem::{
    ClosureProblem, FieldProblem, GroupProblem, PartProblem, ProblemKind, RuleProblem,
};
pub use reaction::Reaction;

use chrono::{DateTime, NaiveDate, Utc};
use domain::availability::ClosedReason;
use domain::money::Yen;
use domain::till::TillRefusal;
use serde::Serialize;

use crate::views::SlotOffer;

/// The rules say no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code")]
pub enum Refusal {
    /// Somebody was faster.
    #[serde(rename = "slot.taken")]
    SlotTaken {
        /// The nearest free times, best first; may be empty.
        alternatives: Vec<SlotOffer>,
    },
    /// The time is not on the 30-minute grid or the room's steps.
    #[serde(rename = "slot.off_grid")]
    SlotOffGrid,
    /// The end is not after the start.
    #[serde(rename = "slot.empty")]
    SlotEmpty,
    /// Outside opening hours.
    #[serde(rename = "slot.outside_hours")]
    SlotOutsideHours,
    /// The room is lent in named divisions, and this is not one or several in a row.
    #[serde(rename = "slot.not_a_division")]
    SlotNotADivision,
    /// Shorter than the room is lent.
    #[serde(rename = "slot.too_short")]
    SlotTooShort {
        /// The shortest booking, minutes.
        min_minutes: u16,
    },
    /// Longer than the room is lent.
    #[serde(rename = "slot.too_long")]
    SlotTooLong {
        /// The longest booking, minutes.
        max_minutes: u16,
    },
    /// Closed on that day.
    #[serde(rename = "slot.closed")]
    SlotClosed {
        /// The day.
        date: NaiveDate,
        /// Why.
        reason: ClosedReason,
    },
    /// The time has passed.
    #[serde(rename = "slot.past")]
    SlotPast,
    /// Booking has not opened.
    #[serde(rename = "window.not_yet")]
    WindowNotYet {
        /// When it opens, UTC.
        opens_at: DateTime<Utc>,
        /// The article.
        article: String,
    },
    /// Online booking has ended for that day; the desk may still help.
    #[serde(rename = "window.counter_only")]
    WindowCounterOnly {
        /// The last day of online booking, in Japan.
        ended_on: NaiveDate,
        /// The facility's telephone number.
        phone: String,
    },
    /// It is too late to apply for that day, at the counter too.
    #[serde(rename = "window.ended")]
    WindowEnded {
        /// The last day, in Japan.
        ended_on: NaiveDate,
        /// The facility's telephone number.
        phone: String,
        /// The article.
        article: String,
    },
    /// More people than fit.
    #[serde(rename = "booking.too_many_people")]
    TooManyPeople {
        /// How many fit.
        capacity: u32,
    },
    /// An option the room does not have, or the same one twice.
    #[serde(rename = "booking.unknown_option")]
    UnknownOption {
        /// What was asked for.
        option: String,
    },
    /// None of an option, or more of it than there are.
    #[serde(rename = "booking.option_quantity")]
    OptionQuantity {
        /// Its slug.
        option: String,
        /// How many there are.
        max: u32,
    },
    /// An option for longer than the room.
    #[serde(rename = "booking.option_minutes")]
    OptionMinutes {
        /// Its slug.
        option: String,
        /// How long the room is used, minutes.
        max_minutes: u32,
    },
    /// Two options of which one lies in the other.
    #[serde(rename = "booking.options_exclude")]
    OptionsExclude {
        /// The name of the one.
        one: String,
        /// The name of the other.
        other: String,
    },
    /// Others have the equipment at that time.
    #[serde(rename = "booking.equipment_taken")]
    EquipmentTaken {
        /// What it is (「プロジェクター」).
        name: String,
        /// How many are left then.
        left: u32,
    },
    /// An attribute the town does not know.
    #[serde(rename = "booking.unknown_attribute")]
    UnknownAttribute {
        /// What was asked for.
        attribute: String,
    },
    /// Something else where the town asks yes or no.
    #[serde(rename = "booking.attribute_not_a_flag")]
    AttributeNotAFlag {
        /// Its slug.
        attribute: String,
    },
    /// Something else where the town asks for an amount.
    #[serde(rename = "booking.attribute_not_an_amount")]
    AttributeNotAnAmount {
        /// Its slug.
        attribute: String,
    },
    /// None of the classes that the town offers.
    #[serde(rename = "booking.attribute_not_a_choice")]
    AttributeNotAChoice {
        /// Its slug.
        attribute: String,
        /// The slugs of the classes.
        choices: Vec<String>,
    },
    /// A reduction that the town does not know.
    #[serde(rename = "booking.unknown_reduction")]
    UnknownReduction {
        /// What was asked for.
        reduction: String,
    },
    /// The ordinance excludes the reduction.
    #[serde(rename = "booking.reduction_excluded")]
    ReductionExcluded {
        /// Its name.
        reduction: String,
        /// Why, in Japanese.
        why: String,
        /// The article.
        article: String,
    },
    /// The ordinance has no price for these divisions together.
    #[serde(rename = "booking.run_not_priced")]
    RunNotPriced,
    /// More than can be reckoned.
    #[serde(rename = "booking.too_much")]
    TooMuch,
    /// A purpose the room is not lent for.
    #[serde(rename = "booking.unknown_purpose")]
    UnknownPurpose,
    /// No tariff is in force on that day.
    #[serde(rename = "booking.no_tariff")]
    NoTariff,
    /// The fee is not the one that was shown.
    #[serde(rename = "booking.price_changed")]
    PriceChanged {
        /// The fee now, yen, tax included.
        total_yen: Yen,
    },
    /// The same submission key came with another content.
    #[serde(rename = "booking.submission_reused")]
    SubmissionReused,
    /// Fields of a form or body are wrong.
    #[serde(rename = "input.invalid")]
    InvalidInput {
        /// Each problem.
        problems: Vec<FieldProblem>,
    },
    /// The form is too old or from elsewhere.
    #[serde(rename = "input.stale_form")]
    StaleForm,
    /// Nothing here by that name, or nothing this actor may know of.
    #[serde(rename = "not_found")]
    NotFound,
    /// Nobody is signed in.
    #[serde(rename = "sign_in.required")]
    SignInRequired,
    /// Nobody of the staff is signed in.
    #[serde(rename = "staff.sign_in_required")]
    StaffSignInRequired,
    /// Signed in, but not allowed.
    #[serde(rename = "forbidden")]
    Forbidden,
    /// The card has to be shown again first.
    #[serde(rename = "identity.step_up_required")]
    StepUpRequired,
    /// The card is another resident's way in.
    #[serde(rename = "identity.card_taken")]
    CardTaken,
    /// The card is not the same human's, as far as its date of birth tells.
    #[serde(rename = "identity.another_person")]
    AnotherPerson,
    /// No card waits to be added, or not any more.
    #[serde(rename = "identity.no_pending_card")]
    NoPendingCard,
    /// The last card cannot be taken away.
    #[serde(rename = "identity.last_card")]
    LastCard,
    /// An e-mail address and a phone number are needed first.
    #[serde(rename = "profile.incomplete")]
    ProfileIncomplete,
    /// Somebody who may be the same person is registered already; look at them first.
    #[serde(rename = "person.perhaps_known")]
    PersonPerhapsKnown,
    /// The hold lapsed.
    #[serde(rename = "hold.lapsed")]
    HoldLapsed,
    /// The hold was extended as often as it can be.
    #[serde(rename = "hold.extension_limit")]
    HoldExtensionLimit,
    /// The reservation is no longer in a state that allows this.
    #[serde(rename = "reservation.state")]
    ReservationState {
        /// The state it is in.
        state: &'static str,
    },
    /// Somebody has to decide first: apply for it.
    #[serde(rename = "review.required")]
    ReviewRequired,
    /// It was decided meanwhile, otherwise.
    #[serde(rename = "review.decided")]
    ReviewDecided,
    /// Too soon to note that somebody came, or did not.
    #[serde(rename = "attendance.too_early")]
    AttendanceTooEarly {
        /// From when, UTC.
        from: DateTime<Utc>,
    },
    /// The time of use is over.
    #[serde(rename = "attendance.too_late")]
    AttendanceTooLate {
        /// When it ended, UTC.
        until: DateTime<Utc>,
    },
    /// A closure would hit others than it was shown to.
    #[serde(rename = "closure.impact_changed")]
    ClosureImpactChanged,
    /// The refund is not the one that was shown.
    #[serde(rename = "refund.amount_changed")]
    RefundChanged {
        /// The refund now, yen.
        refund_yen: Yen,
    },
    /// The fee is below what cards can be charged (50円).
    #[serde(rename = "payment.too_small")]
    PaymentTooSmall,
    /// The fee is more than can be paid at once online (99,999,999円).
    #[serde(rename = "payment.too_large")]
    PaymentTooLarge,
    /// Payment cannot be started now; the hold stays.
    #[serde(rename = "payment.unavailable")]
    PaymentUnavailable,
    /// A checkout is open or being settled; wait for it.
    #[serde(rename = "payment.in_progress")]
    PaymentInProgress,
    /// Too many at once; try again.
    #[serde(rename = "busy")]
    Busy,
    /// Somebody has the drawer open.
    #[serde(rename = "till.drawer_open")]
    DrawerOpen {
        /// Which, from 1.
        drawer: u32,
    },
    /// Cash went into the drawer or out of it while it was counted.
    #[serde(rename = "till.moved")]
    TillMoved {
        /// What there should be now, yen.
        expected_yen: Yen,
    },
    /// The refund was paid out, or goes another way.
    #[serde(rename = "refund.not_at_counter")]
    RefundNotAtCounter,
    /// The refund does not wait for an account, or not any more.
    #[serde(rename = "refund.not_by_transfer")]
    RefundNotByTransfer,
    /// Nobody signs an order to the bank that they wrote.
    #[serde(rename = "transfer.own_order")]
    TransferOwnOrder,
    /// The order to the bank is not where it would have to be.
    #[serde(rename = "transfer.elsewhere")]
    TransferElsewhere,
    /// The town file does not name the account that money is sent from.
    #[serde(rename = "transfer.no_payer")]
    TransferNoPayer,
    /// A drawer does not do it; the code is the drawer's own.
    #[serde(untagged)]
    Till(TillRefusal),
    /// A closure that cannot be made or lifted so.
    #[serde(untagged)]
    Closure(ClosureProblem),
    /// A step of a group's registration that cannot be taken.
    #[serde(untagged)]
    Group(GroupProblem),
    /// A part of a reservation that cannot be given up; the code is the rule's own.
    #[serde(untagged)]
    Part(PartProblem),
    /// One of the town's rules says no; the code is the rule's own.
    #[serde(untagged)]
    Rule(RuleProblem),
}

impl Refusal {
    /// The stable code, as in the JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SlotTaken { .. } => "slot.taken",
            Self::SlotOffGrid => "slot.off_grid",
            Self::SlotEmpty => "slot.empty",
            Self::SlotOutsideHours => "slot.outside_hours",
            Self::SlotNotADivision => "slot.not_a_division",
            Self::SlotTooShort { .. } => "slot.too_short",
            Self::SlotTooLong { .. } => "slot.too_long",
            Self::SlotClosed { .. } => "slot.closed",
            Self::SlotPast => "slot.past",
            Self::WindowNotYet { .. } => "window.not_yet",
            Self::WindowCounterOnly { .. } => "window.counter_only",
            Self::WindowEnded { .. } => "window.ended",
            Self::TooManyPeople { .. } => "booking.too_many_people",
            Self::UnknownOption { .. } => "booking.unknown_option",
            Self::OptionQuantity { .. } => "booking.option_quantity",
            Self::OptionMinutes { .. } => "booking.option_minutes",
            Self::OptionsExclude { .. } => "booking.options_exclude",
            Self::EquipmentTaken { .. } => "booking.equipment_taken",
            Self::UnknownAttribute { .. } => "booking.unknown_attribute",
            Self::AttributeNotAFlag { .. } => "booking.attribute_not_a_flag",
            Self::AttributeNotAnAmount { .. } => "booking.attribute_not_an_amount",
            Self::AttributeNotAChoice { .. } => "booking.attribute_not_a_choice",
            Self::UnknownReduction { .. } => "booking.unknown_reduction",
            Self::ReductionExcluded { .. } => "booking.reduction_excluded",
            Self::RunNotPriced => "booking.run_not_priced",
            Self::TooMuch => "booking.too_much",
            Self::UnknownPurpose => "booking.unknown_purpose",
            Self::NoTariff => "booking.no_tariff",
            Self::PriceChanged { .. } => "booking.price_changed",
            Self::SubmissionReused => "booking.submission_reused",
            Self::InvalidInput { .. } => "input.invalid",
            Self::StaleForm => "input.stale_form",
            Self::NotFound => "not_found",
            Self::SignInRequired => "sign_in.required",
            Self::StaffSignInRequired => "staff.sign_in_required",
            Self::Forbidden => "forbidden",
            Self::StepUpRequired => "identity.step_up_required",
            Self::CardTaken => "identity.card_taken",
            Self::AnotherPerson => "identity.another_person",
            Self::NoPendingCard => "identity.no_pending_card",
            Self::LastCard => "identity.last_card",
            Self::ProfileIncomplete => "profile.incomplete",
            Self::PersonPerhapsKnown => "person.perhaps_known",
            Self::HoldLapsed => "hold.lapsed",
            Self::HoldExtensionLimit => "hold.extension_limit",
            Self::ReservationState { .. } => "reservation.state",
            Self::ReviewRequired => "review.required",
            Self::ReviewDecided => "review.decided",
            Self::AttendanceTooEarly { .. } => "attendance.too_early",
            Self::AttendanceTooLate { .. } => "attendance.too_late",
            Self::Closure(problem) => problem.code,
            Self::Group(problem) => problem.code,
            Self::Part(problem) => problem.code,
            Self::Rule(problem) => problem.code,
            Self::ClosureImpactChanged => "closure.impact_changed",
            Self::RefundChanged { .. } => "refund.amount_changed",
            Self::PaymentTooSmall => "payment.too_small",
            Self::PaymentTooLarge => "payment.too_large",
            Self::PaymentUnavailable => "payment.unavailable",
            Self::PaymentInProgress => "payment.in_progress",
            Self::Busy => "busy",
            Self::DrawerOpen { .. } => "till.drawer_open",
            Self::TillMoved { .. } => "till.moved",
            Self::RefundNotAtCounter => "refund.not_at_counter",
            Self::RefundNotByTransfer => "refund.not_by_transfer",
            Self::TransferOwnOrder => "transfer.own_order",
            Self::TransferElsewhere => "transfer.elsewhere",
            Self::TransferNoPayer => "transfer.no_payer",
            Self::Till(refusal) => refusal.code(),
        }
    }

    /// One field is wrong.
    #[must_use]
    pub fn field(field: &str, problem: ProblemKind) -> Self {
        Self::InvalidInput {
            problems: vec![FieldProblem {
                field: field.to_owned(),
                problem,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::closure::ClosureRefusal;
    use domain::group::GroupRefusal;
    use domain::refunds::PartRefusal;

    use super::*;

    #[test]
    fn the_code_in_the_json_is_the_code_in_the_log() {
        for refusal in [
            Refusal::SlotTaken {
                alternatives: vec![],
            },
            Refusal::TooManyPeople { capacity: 30 },
            Refusal::field("email", ProblemKind::Missing),
            ClosureRefusal::Backwards.into(),
            GroupRefusal::NoRenewal.into(),
            PartRefusal::InTheMiddle.into(),
            Refusal::ClosureImpactChanged,
            Refusal::Busy,
            Refusal::Till(TillRefusal::Closed),
            Refusal::Till(TillRefusal::ReasonMissing {
                difference_yen: -30,
            }),
        ] {
            let json = serde_json::to_value(&refusal).unwrap();
            assert_eq!(json["code"], refusal.code());
        }
    }
}
