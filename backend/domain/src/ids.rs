//! Typed identifiers: UUIDv7 inside, so that ids sort by creation and never mix up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A municipality (自治体): the tenant every row belongs to.
    MunicipalityId;
    /// A facility (施設).
    FacilityId;
    /// A room (室場).
    RoomId;
    /// A unit (区画): the indivisible piece of floor.
    UnitId;
    /// A person (利用者).
    PersonId;
    /// A group (団体): people who book in a name of their own.
    GroupId;
    /// A member of staff (職員).
    StaffId;
    /// One role granted to a member of staff (権限の付与).
    GrantId;
    /// A reservation (予約).
    ReservationId;
    /// One span of a closure (休館・公用).
    ClosureId;
    /// A closure with all its spans (一連の休館).
    ClosureSeriesId;
    /// One attempt to pay for a reservation (決済).
    PaymentId;
    /// One refund (還付).
    RefundId;
    /// One dispute of a payment (異議申立て).
    DisputeId;
    /// One thing decided about a reservation (審査項目).
    ReviewId;
    /// One change of what was charged (変更調定).
    AdjustmentId;
    /// One act of giving something up (取消・一部取消).
    CancellationId;
    /// An order to the bank to send refunds (振込依頼).
    TransferOrderId;
    /// A till (引出し・日計): one drawer for one day.
    TillId;
    /// A job in the outbox (送信待ち).
    JobId;
    /// One HTTP request, for the log.
    RequestId;
}
