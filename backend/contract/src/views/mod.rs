//! What comes back (表示内容). Facts in domain types; the screens put them into words.

mod accounts;
mod availability;
mod board;
mod cancelling;
mod card;
mod closure;
mod counter;
mod facility;
mod fees;
mod group;
mod reports;
mod reservation;
mod residence;
mod review;
mod sale;
mod staff;
mod till;
mod town_file;
mod transfer;
mod walk_in;

pub use accounts::{AccountLine, AccountsView};
pub use availability::{DayView, RoomDay, SlotOffer, SlotView, WeekDay, WeekView};
pub use board::{
    BoardBlock, BoardBooking, BoardFacility, BoardRange, BoardRoom, BoardState, BoardView, SeeBoard,
};
pub use cancelling::{CancelPreview, GivenUp, OverrideOffer, ReasonOffer, SaleCancelPreview};
pub use card::{OwnCard, PendingCard};
pub use closure::{
    CloseRooms, ClosureForm, ClosureLine, ClosurePreview, ClosureSpan, ClosureView, ClosuresView,
    HitReservation, MadeClosure, ToCall,
};
pub use counter::{Arrival, ArrivalsView, Attendance, Located};
pub use facility::{FacilityCard, FacilityView, RoomCard, SearchChoices, TownView};
pub use fees::{FeeAnswer, FeeForm};
pub use group::{
    AgeAnswer, AgentView, CounterGroup, CounterGroups, GroupChoice, GroupFacts, GroupLine,
    NewGroup, OwnGroup, OwnGroups, SeenPaper,
};
pub use reports::{Detail, FiguresView, HistoryActor, HistoryEntry, HistoryView};
pub use reservation::{
    Answered, Money, Paper, PayState, Profile, RefundState, ReservationState, ReservationSummary,
    ReservationView, StartedPayment,
};
pub use residence::{EvidenceView, ResidenceAt, ResidenceView};
pub use review::{
    CaseItem, DecidedBy, ReductionTerms, ReviewCase, ReviewItemView, ReviewStanding, SpotReduction,
    WaitingReview,
};
pub use sale::{CashTaken, DrawerChoice, OpenCheckout, SalePayment, SaleView};
pub use staff::{Badge, Granted};
pub use till::{RefundDue, TillDay, TillLine, TillSummary, TillView};
pub use town_file::{
    NotAPeriod, Period, StudyFees, StudyForm, StudyView, TouchedBooking, TownPreview, WrongFile,
};
pub use transfer::{
    AccountForm, TransferDue, TransferItem, TransferOrderSummary, TransferOrderView, TransfersView,
};
pub use walk_in::{
    CounterDay, CounterPerson, CounterRoom, FoundPeople, FoundPerson, SeenBy, Usual,
};
