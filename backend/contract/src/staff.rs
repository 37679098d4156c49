//! What the staff's own pages ask (職員).

use async_trait::async_trait;

use crate::views::Badge;
use crate::{
    Call, Counter, GroupDesk, Manage, Outcome, Reports, Reviews, Sales, Tills, Transfers, WalkIn,
};

/// What everybody of the staff may ask, whatever their roles.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` for residents.
#[async_trait]
pub trait Staff:
    Counter + GroupDesk + Manage + Reports + Reviews + Sales + Tills + Transfers + WalkIn
{
    /// Who one is, and what for. Empty roles mean that nobody has given any.
    async fn badge(&self, call: &Call) -> Outcome<Badge>;
}
