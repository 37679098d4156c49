//! A town (自治体の設定): everything an ordinance says about its facilities, as data.
//!
//! This is the shape of the town file (DESIGN.md §5). A clerk who can read the ordinance can write
//! it. References inside a town are slugs; the database gives each facility, room and unit an id.

mod asked;
mod attribute;
mod booking;
mod check;
mod control_total;
mod division_prices;
mod example;
mod export;
mod facility;
mod group;
mod option;
mod quota;
mod reduction;
mod refund;
mod resident;
mod rounding;
mod rules;
#[cfg(feature = "schema")]
mod schema;
mod slug;
mod stock;
mod surcharge;
mod tariff;
mod when;
mod who;
mod window;

pub use attribute::{AttributeKind, Choice, UserAttribute};
pub use booking::{
    AgeFrom, AgeRule, BookingRules, ChangeRule, Limit, OtherTime, ReviewRule, Shorter,
};
pub use check::{Problem, check};
pub use division_prices::{
    Consecutive, DivisionPrices, DivisionRun, HourlyCharge, HourlyPrice, TimeBand,
};
pub use example::Example;
pub use export::{NotWritable, export};
pub use facility::{Facility, Purpose, Revenue, RevenueOwner, Room, Unit};
pub use group::{Bar, GroupRule, IncidentKind, NotPoints, PenaltyRule, Points, Validity};
pub use option::{FeeOption, OptionPrice};
pub use quota::{QuotaAmount, QuotaCounts, QuotaHolder, QuotaPeriod, QuotaRule};
pub use reduction::{Exclusion, Reduction, ReductionRate};
pub use refund::{
    NotATier, RefundFor, RefundOverride, RefundReason, RefundRounding, RefundRule, RefundTier,
    Until,
};
pub use resident::{OnMovingAway, ResidentRule, TownTie};
pub use rounding::{Rounding, RoundingRule, RoundingStage};
pub(crate) use rules::weekdays;
pub use rules::{
    ClosedDay, ClosingRule, DayOfYear, Division, HoursRule, NthWeekday, OneOff, SlotRule,
    TimeWindow, YearlyRange,
};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use slug::{NotASlug, Slug};
pub use stock::Stock;
pub use surcharge::{Addition, ShareOf, Surcharge};
pub use tariff::{EffectiveBasis, RoomPrice, Tariff, Tax};
pub use when::{DayKind, Range, Row, When};
pub use who::Who;
pub use window::{BookingWindow, MonthEnd, MonthReading, Opening, UseBlock, WindowFor};

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::Yen;
use crate::transfer::Payer;

/// A municipality (自治体) with its facilities, rules and fees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Town {
    /// 全国地方公共団体コード, six digits with the check digit.
    pub code: String,
    /// The name (「精華町」).
    pub name: String,
    /// The prefecture (「京都府」).
    pub prefecture: String,
    /// The first label of the town's host name (`seika` for `seika.localhost`).
    pub host: Slug,
    /// What the amounts come to that the examples ask with (計算例の検算); nothing is checked when not
    /// written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples_sum_yen: Option<Yen>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who issues receipts.
    pub issuer: Issuer,
    /// The town's account that refunds to bank accounts are sent from; absent, none are ordered from
    /// here (振込元の口座).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// Changes to the national holidays: days added or taken away (町独自の休日).
    #[serde(default, rename = "holiday", skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidayChange>,
    /// What the town asks about a user or a use, to choose a fee (町外・営利 …).
    #[serde(default, rename = "attribute", skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<UserAttribute>,
    /// Who pays less (減免).
    #[serde(default, rename = "reduction", skip_serializing_if = "Vec::is_empty")]
    pub reductions: Vec<Reduction>,
    /// Who counts as living in the town; absent, who lives there (町内の範囲).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<ResidentRule>,
    /// Registered groups (団体登録).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRule>,
    /// Points for not coming (無断不使用等の点数).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty: Option<PenaltyRule>,
    /// How much one may have (利用回数の上限).
    #[serde(default, rename = "quota", skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<QuotaRule>,
    /// The facilities, in the order residents see them. Shared, because every page shows one.
    #[serde(default, rename = "facility", skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<Arc<Facility>>,
    /// Worked examples, checked with the file.
    #[serde(default, rename = "example", skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// Whom to ask (問い合わせ先).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The office (「生涯学習課」).
    pub office: String,
    /// Its telephone number as people dial it.
    pub phone: String,
    /// When somebody answers (「平日 8:30–17:15」).
    pub hours: String,
    /// True when no source gives these facts; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// Who issues receipts (領収書の発行者).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The name on the receipt (「精華町長」).
    pub name: String,
    /// 適格請求書発行事業者登録番号, `T` and 13 digits, of the account that earns the fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
    /// True when no source gives these facts; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// A change to the national holidays (祝日表の修正).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidayChange {
    /// The day.
    pub date: NaiveDate,
    /// Its name; an empty table entry with `off = true` takes a holiday away.
    pub name: String,
    /// True when the day is *not* a holiday in this town.
    #[serde(default, skip_serializing_if = "is_false")]
    pub off: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if wants &bool"
)]
pub(crate) const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Town {
    /// The facility with this slug.
    #[must_use]
    pub fn facility(&self, id: &Slug) -> Option<&Arc<Facility>> {
        self.facilities.iter().find(|facility| facility.id == *id)
    }

    /// The facility and room with this room slug; room slugs are unique in a town.
    #[must_use]
    pub fn room(&self, id: &Slug) -> Option<(&Arc<Facility>, &Arc<Room>)> {
        self.facilities
            .iter()
            .find_map(|facility| Some((facility, facility.room(id)?)))
    }
}
