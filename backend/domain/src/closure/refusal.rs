//! Why a closure cannot be made or lifted.

/// A closure that cannot be made or lifted, with what explains it and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClosureRefusal {
    /// 「その他」 without a note.
    #[error("理由を入力してください")]
    ReasonMissing,
    /// A note that is too long.
    #[error("理由は{most}文字までで入力してください")]
    ReasonTooLong {
        /// How many letters fit.
        most: usize,
    },
    /// No room is picked.
    #[error("室場を選んでください")]
    NoRoom,
    /// The facility has no such room.
    #[error("室場「{room}」はこの施設にありません")]
    UnknownRoom {
        /// What was asked for.
        room: String,
    },
    /// The last day is before the first.
    #[error("終わりの日は始まりの日以後にしてください")]
    Backwards,
    /// The end is not after the start.
    #[error("終わりの時刻は始まりの時刻より後にしてください")]
    Empty,
    /// Not on the half hour.
    #[error("時刻は30分きざみで指定してください")]
    OffGrid,
    /// Too many days at once.
    #[error("一度に休みにできるのは{most}日までです。期間を分けてください")]
    TooMany {
        /// How many days there can be.
        most: usize,
    },
    /// No day fits, or the place is closed on all of them anyway.
    #[error("その期間に休みにする日がありません。曜日と期間を確かめてください")]
    NothingToClose,
    /// All of it has passed.
    #[error("その日時は過ぎています")]
    Past,
    /// People are inside.
    #[error(
        "利用中の予約が{count}件あります。その時間を除いて休みにするか、利用が終わってから操作してください"
    )]
    PeopleInside {
        /// How many bookings.
        count: usize,
    },
    /// There is nothing to lift on that day.
    #[error("その日の休みはありません。すでに解除されているかもしれません")]
    NothingToLift,
}

impl ClosureRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ReasonMissing => "closure.reason_missing",
            Self::ReasonTooLong { .. } => "closure.reason_too_long",
            Self::NoRoom => "closure.no_room",
            Self::UnknownRoom { .. } => "closure.unknown_room",
            Self::Backwards => "closure.backwards",
            Self::Empty => "closure.empty",
            Self::OffGrid => "closure.off_grid",
            Self::TooMany { .. } => "closure.too_many",
            Self::NothingToClose => "closure.nothing",
            Self::Past => "closure.past",
            Self::PeopleInside { .. } => "closure.people_inside",
            Self::NothingToLift => "closure.nothing_to_lift",
        }
    }
}
