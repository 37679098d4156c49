//! Reservations, money and papers, as their owner sees them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::fees::AttributeValue;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::payment::Voucher;
use domain::personal::Personal;
use domain::quote::Quote;
use domain::span::Span;
use domain::town::{Facility, Slug, UserAttribute};

use super::{ReviewItemView, ReviewStanding};

use super::GivenUp;

/// What a person's card and they themselves say (プロフィール).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name, as received.
    pub name: Personal<String>,
    /// The address, as received.
    pub address: Option<Personal<String>>,
    /// The date of birth.
    pub birthdate: Option<Personal<NaiveDate>>,
    /// True for somebody whose address is in the town.
    pub in_town: bool,
    /// The day the card was last read, in Japan.
    pub verified_on: NaiveDate,
    /// The e-mail address, once given.
    pub email: Option<Personal<String>>,
    /// The telephone number, once given.
    pub phone: Option<Personal<String>>,
}

impl Profile {
    /// True once there is a way to reach the person; booking needs it.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.email.is_some() && self.phone.is_some()
    }
}

/// Where a reservation stands (予約の状態), in the owner's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReservationState {
    /// 仮押さえ中.
    Held {
        /// Until when the floor is kept, UTC.
        until: DateTime<Utc>,
        /// Whether it can be extended once more.
        can_extend: bool,
    },
    /// 審査中.
    AwaitingReview,
    /// お支払い待ち.
    AwaitingPayment {
        /// Until when to pay, UTC.
        due: DateTime<Utc>,
    },
    /// 予約確定.
    Confirmed,
    /// 利用中.
    CheckedIn,
    /// 利用済み.
    Completed,
    /// 利用なし.
    NoShow,
    /// 期限切れ.
    Released,
    /// 取消済み.
    Cancelled {
        /// When, UTC.
        at: DateTime<Utc>,
        /// Why, when it was not the person who gave it up (「施設の都合：工事」).
        reason: Option<String>,
    },
    /// 不許可.
    Refused {
        /// When, UTC.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

/// Where its payment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayState {
    /// Nothing to pay.
    Free,
    /// Not begun.
    Unpaid,
    /// A checkout is open, or its outcome is being asked for (確認中).
    Checking,
    /// A voucher is out: it is paid in cash at a convenience store, or runs out (コンビニ払い).
    Voucher(Voucher),
    /// Paid.
    Paid {
        /// When, UTC.
        at: DateTime<Utc>,
        /// By what (「カード」).
        method: String,
    },
}

/// Where a refund stands (還付).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// Asked for, on its way.
    Pending,
    /// Given back.
    Done {
        /// When, UTC.
        at: DateTime<Utc>,
    },
    /// Failed; the office will call.
    Failed,
    /// It can only go to a bank account, and nobody has told which (口座の届出待ち).
    AccountWanted,
    /// It goes to the account that was told (口座振込の手続き中).
    ByTransfer,
}

/// Money of one reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Where the payment stands.
    pub payment: PayState,
    /// Refunds: how much, and where it stands.
    pub refunds: Vec<(Yen, RefundState)>,
}

/// An answer to one of the town's questions (利用者区分・入場料).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: UserAttribute,
    /// The answer.
    pub answer: AttributeValue,
}

/// One reservation in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservationView {
    /// Its id.
    pub id: ReservationId,
    /// Its number, as people read it aloud (`2611-4827-3391`).
    pub number: String,
    /// The facility as it is now, or as it was when booked if the town has given it up since.
    pub facility: Arc<Facility>,
    /// The room's slug.
    pub room: Slug,
    /// The room's name as booked.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// How many people.
    pub people: u32,
    /// The purpose's name.
    pub purpose: String,
    /// The group it is for, by its name as booked.
    pub group: Option<String>,
    /// What was answered to the town's questions, as they were asked then.
    pub answers: Vec<Answered>,
    /// What the person added.
    pub note: String,
    /// The frozen quote.
    pub quote: Quote,
    /// Where it stands.
    pub state: ReservationState,
    /// Its money.
    pub money: Money,
    /// What was given up of it, in the order in which it was.
    pub given_up: Vec<GivenUp>,
    /// Until when how much comes back, latest day in Japan → yen, most first; then nothing.
    pub refund_terms: Vec<(NaiveDate, Yen)>,
    /// True when it can be cancelled online now.
    pub can_cancel: bool,
    /// What somebody has to decide, or has decided, about it (審査).
    pub reviews: Vec<ReviewItemView>,
    /// How to contest what was refused (教示); empty when nothing was.
    pub appeal: Vec<String>,
    /// True when an account can be told that money goes back to.
    pub can_tell_account: bool,
    /// True when the papers can be had.
    pub has_permit: bool,
    /// See `has_permit`.
    pub has_receipt: bool,
}

impl ReservationView {
    /// True for a hold that cannot go on to payment: something has to be applied for first.
    #[must_use]
    pub fn must_be_reviewed(&self) -> bool {
        let open = |item: &ReviewItemView| item.standing == ReviewStanding::NotApplied;
        matches!(self.state, ReservationState::Held { .. }) && self.reviews.iter().any(open)
    }
}

/// A reservation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservationSummary {
    /// Its id.
    pub id: ReservationId,
    /// Its number.
    pub number: String,
    /// The facility's name.
    pub facility_name: String,
    /// The room's name.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// The fee, yen, tax included.
    pub total_yen: Yen,
    /// Where it stands.
    pub state: ReservationState,
    /// True once its time has passed.
    pub past: bool,
}

/// Where to go to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartedPayment {
    /// Nothing to pay: confirmed.
    Confirmed,
    /// The hosted payment page.
    GoTo(String),
}

/// A paper to print (PDF).
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// The file's name, ASCII.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Says how large the file is, not what is in it.
impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paper")
            .field("file_name", &self.file_name)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
