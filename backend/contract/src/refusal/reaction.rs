//! Who can do something about a refusal.

use domain::till::TillRefusal;

use super::Refusal;

/// Who can do something about a refusal, and so which HTTP status it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Mend what was sent (422).
    Mend,
    /// Choose again, the world has changed (409).
    ChooseAgain,
    /// Sign in (401).
    SignIn,
    /// Nothing; not yours (403).
    Nothing,
    /// Nothing; not here (404).
    NotHere,
    /// Try again later (503).
    Later,
}

impl Refusal {
    /// Who can do what about it.
    #[must_use]
    pub const fn reaction(&self) -> Reaction {
        match self {
            Self::SlotOffGrid
            | Self::SlotEmpty
            | Self::SlotOutsideHours
            | Self::SlotNotADivision
            | Self::SlotTooShort { .. }
            | Self::SlotTooLong { .. }
            | Self::SlotClosed { .. }
            | Self::SlotPast
            | Self::WindowNotYet { .. }
            | Self::WindowCounterOnly { .. }
            | Self::WindowEnded { .. }
            | Self::TooManyPeople { .. }
            | Self::UnknownOption { .. }
            | Self::OptionQuantity { .. }
            | Self::OptionMinutes { .. }
            | Self::OptionsExclude { .. }
            | Self::UnknownAttribute { .. }
            | Self::AttributeNotAFlag { .. }
            | Self::AttributeNotAnAmount { .. }
            | Self::AttributeNotAChoice { .. }
            | Self::UnknownReduction { .. }
            | Self::ReductionExcluded { .. }
            | Self::RunNotPriced
            | Self::TooMuch
            | Self::UnknownPurpose
            | Self::NoTariff
            | Self::Closure(_)
            | Self::Group(_)
            | Self::Part(_)
            | Self::Rule(_)
            | Self::InvalidInput { .. }
            | Self::PaymentTooSmall
            | Self::PaymentTooLarge
            | Self::Till(
                TillRefusal::BadFloat { .. }
                | TillRefusal::TenderedShort { .. }
                | TillRefusal::TenderedAbsurd { .. }
                | TillRefusal::BadCount { .. }
                | TillRefusal::ReasonMissing { .. }
                | TillRefusal::ReasonTooLong { .. }
                | TillRefusal::TooMuch,
            ) => Reaction::Mend,
            Self::SlotTaken { .. }
            | Self::EquipmentTaken { .. }
            | Self::PriceChanged { .. }
            | Self::SubmissionReused
            | Self::StaleForm
            | Self::NoPendingCard
            | Self::LastCard
            | Self::ProfileIncomplete
            | Self::PersonPerhapsKnown
            | Self::HoldLapsed
            | Self::HoldExtensionLimit
            | Self::ReservationState { .. }
            | Self::ReviewRequired
            | Self::ReviewDecided
            | Self::AttendanceTooEarly { .. }
            | Self::AttendanceTooLate { .. }
            | Self::ClosureImpactChanged
            | Self::RefundChanged { .. }
            | Self::PaymentInProgress
            | Self::DrawerOpen { .. }
            | Self::TillMoved { .. }
            | Self::RefundNotAtCounter
            | Self::RefundNotByTransfer
            | Self::TransferOwnOrder
            | Self::TransferElsewhere
            | Self::TransferNoPayer
            | Self::Till(
                TillRefusal::Closed
                | TillRefusal::OtherDay { .. }
                | TillRefusal::NothingDue
                | TillRefusal::NotEnough { .. },
            ) => Reaction::ChooseAgain,
            Self::SignInRequired | Self::StaffSignInRequired => Reaction::SignIn,
            Self::Forbidden | Self::StepUpRequired | Self::CardTaken | Self::AnotherPerson => {
                Reaction::Nothing
            }
            Self::NotFound => Reaction::NotHere,
            Self::PaymentUnavailable | Self::Busy => Reaction::Later,
        }
    }
}
