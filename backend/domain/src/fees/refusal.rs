//! Why something cannot be priced.

use chrono::NaiveDate;

use crate::money::YenOutOfRange;

/// A request that has no price, with what explains it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuoteRefusal {
    /// No room by that name in the town.
    #[error("室場「{room}」はありません")]
    UnknownRoom {
        /// What was asked for.
        room: String,
    },
    /// The end is not after the start.
    #[error("終わりの時刻は始まりの時刻より後にしてください")]
    Empty,
    /// Not on the half hour.
    #[error("時刻は30分きざみで指定してください")]
    OffGrid,
    /// The room is lent and priced in divisions, and this is not one or several in a row.
    #[error("この室場は決まった区分でご利用いただきます")]
    NotADivision,
    /// Nobody comes.
    #[error("利用人数は1人以上で指定してください")]
    NoPeople,
    /// More people than fit.
    #[error("この室場の定員は{capacity}人です")]
    TooManyPeople {
        /// How many fit.
        capacity: u32,
    },
    /// An option that the room does not have.
    #[error("「{option}」はこの室場にありません")]
    UnknownOption {
        /// What was asked for.
        option: String,
    },
    /// The same option twice.
    #[error("「{option}」が二度指定されています")]
    OptionRepeated {
        /// Which.
        option: String,
    },
    /// None of an option, or more than there are.
    #[error("「{option}」は1から{max}までで指定してください")]
    OptionQuantity {
        /// Which.
        option: String,
        /// How many there are.
        max: u32,
    },
    /// An option for no time, or for longer than the room.
    #[error("「{option}」の時間は1分から{max_minutes}分までで指定してください")]
    OptionMinutes {
        /// Which.
        option: String,
        /// How long the room is used, minutes.
        max_minutes: u32,
    },
    /// An attribute that the town does not know.
    #[error("利用者区分「{attribute}」はありません")]
    UnknownAttribute {
        /// What was asked for.
        attribute: String,
    },
    /// An amount where the town asks yes or no.
    #[error("利用者区分「{attribute}」は true か false で指定してください")]
    AttributeNotAFlag {
        /// Which.
        attribute: String,
    },
    /// A purpose that the room is not lent for.
    #[error("使用目的「{purpose}」はこの室場にありません")]
    UnknownPurpose {
        /// What was asked for.
        purpose: String,
    },
    /// Something else where the town asks for an amount.
    #[error("「{attribute}」は0以上の整数で指定してください")]
    AttributeNotAnAmount {
        /// Which.
        attribute: String,
    },
    /// Something else where the town offers classes.
    #[error("利用者区分「{attribute}」は次のどれかで指定してください: {}", choices.join("、"))]
    AttributeNotAChoice {
        /// Which.
        attribute: String,
        /// The classes.
        choices: Vec<String>,
    },
    /// Two options of which one lies in the other.
    #[error("「{one}」と「{other}」は一緒に使えません。どちらかを選んでください")]
    OptionsExclude {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// The ordinance has no price for these divisions together.
    #[error("この組み合わせの区分には料金の定めがありません。区分ごとにお申し込みください")]
    RunNotPriced,
    /// The ordinance excludes the reduction.
    #[error("減免「{reduction}」は受けられません。{why}（{article}）")]
    ReductionExcluded {
        /// Its name.
        reduction: String,
        /// The reason in plain words.
        why: String,
        /// The article.
        article: String,
    },
    /// A percent that the ordinance does not allow.
    #[error("減免の割合は{most}%以内の、条例で定める割合にしてください")]
    ReductionPercent {
        /// The most it allows.
        most: u32,
    },
    /// A percent of no reduction.
    #[error("減免の割合は、減免と一緒に指定してください")]
    PercentWithoutReduction,
    /// A reduction that the town does not know.
    #[error("減免「{reduction}」はありません")]
    UnknownReduction {
        /// What was asked for.
        reduction: String,
    },
    /// No tariff is in force for that day of use.
    #[error("{date}に適用される料金がありません")]
    NoTariff {
        /// The day of use.
        date: NaiveDate,
    },
    /// More than 4,294,967,295 円.
    #[error("金額が大きすぎます")]
    TooMuch,
}

impl QuoteRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownRoom { .. } => "booking.unknown_room",
            Self::Empty => "slot.empty",
            Self::OffGrid => "slot.off_grid",
            Self::NotADivision => "slot.not_a_division",
            Self::NoPeople => "booking.no_people",
            Self::TooManyPeople { .. } => "booking.too_many_people",
            Self::UnknownOption { .. } => "booking.unknown_option",
            Self::OptionRepeated { .. } => "booking.option_repeated",
            Self::OptionQuantity { .. } => "booking.option_quantity",
            Self::OptionMinutes { .. } => "booking.option_minutes",
            Self::UnknownAttribute { .. } => "booking.unknown_attribute",
            Self::AttributeNotAFlag { .. } => "booking.attribute_not_a_flag",
            Self::UnknownPurpose { .. } => "booking.unknown_purpose",
            Self::AttributeNotAnAmount { .. } => "booking.attribute_not_an_amount",
            Self::AttributeNotAChoice { .. } => "booking.attribute_not_a_choice",
            Self::OptionsExclude { .. } => "booking.options_exclude",
            Self::RunNotPriced => "booking.run_not_priced",
            Self::ReductionExcluded { .. } => "booking.reduction_excluded",
            Self::ReductionPercent { .. } => "booking.reduction_percent",
            Self::PercentWithoutReduction => "booking.percent_without_reduction",
            Self::UnknownReduction { .. } => "booking.unknown_reduction",
            Self::NoTariff { .. } => "booking.no_tariff",
            Self::TooMuch => "booking.too_much",
        }
    }
}

impl From<YenOutOfRange> for QuoteRefusal {
    fn from(_: YenOutOfRange) -> Self {
        Self::TooMuch
    }
}
