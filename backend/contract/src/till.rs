//! The trait of the drawer's screens (引出し・日計). The use cases implement it.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::ids::TillId;
use domain::money::Yen;
use domain::till::CashCount;
use domain::town::Slug;
use uuid::Uuid;

use crate::views::{Paper, TillDay, TillView};
use crate::{Call, Outcome};

/// Opens a drawer (引出しを開ける).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDrawer {
    /// The counter's facility.
    pub facility: Slug,
    /// Which of its drawers, from 1.
    pub drawer: u32,
    /// What is put in to give change from (釣銭準備金), yen.
    pub float: Yen,
    /// The form's submission key: sent twice, it opens one.
    pub submission: Uuid,
}

/// Puts more into a drawer to give change from (釣銭準備金の補充).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddFloat {
    /// The drawer.
    pub till: TillId,
    /// How much, yen.
    pub amount: Yen,
    /// The form's submission key.
    pub submission: Uuid,
}

/// Counts a drawer and locks it (締める).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseDrawer {
    /// The drawer.
    pub till: TillId,
    /// What was counted, by note and coin.
    pub counted: CashCount,
    /// Why it is over or short, or what else there is to note.
    pub reason: String,
    /// What there should have been when the clerk began to count, yen.
    pub seen_expected: Yen,
}

/// What a day sheet is wanted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFormat {
    /// To print.
    Pdf,
    /// For a spreadsheet.
    Csv,
}

/// What is done with a counter's drawers.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// the facility, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait Tills: Send + Sync {
    /// The drawers of a facility on a day, and what came in besides (収入日計); the clerk's first
    /// facility when none is named. Drawers of earlier days that are still open are among today's.
    async fn till_day(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<TillDay>;

    /// One drawer with everything that went in and out.
    async fn till(&self, call: &Call, id: TillId) -> Outcome<TillView>;

    /// Opens a drawer; `till.drawer_open` while somebody has it open.
    async fn open_drawer(&self, call: &Call, open: &OpenDrawer) -> Outcome<TillId>;

    /// Puts more change into a drawer.
    async fn add_float(&self, call: &Call, add: &AddFloat) -> Outcome<()>;

    /// Counts and locks a drawer; `till.moved` when cash went in or out since the clerk looked.
    async fn close_drawer(&self, call: &Call, close: &CloseDrawer) -> Outcome<()>;

    /// The day sheet (収入日計表) of a closed drawer.
    async fn day_sheet(&self, call: &Call, id: TillId, format: SheetFormat) -> Outcome<Paper>;
}
