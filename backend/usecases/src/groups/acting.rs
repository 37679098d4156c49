//! Booking for a group (団体としての予約): whose it may be.

use contract::{Action as Doing, Call, GroupChoice, Outcome, Refusal};
use domain::civil;
use domain::group::GroupRefusal;
use domain::ids::{GroupId, PersonId};

use crate::authority::{Place, signed_in, staff};
use crate::desk::Desk;
use crate::ports::store::{GroupRecord, Reading};
use crate::transact::Abort;

/// The group that somebody books for; one that they do not act for is not there. Whether its
/// registration reaches to the day of use is a rule of its own.
///
/// # Errors
/// [`Refusal::NotFound`], or that the group is not registered.
pub(crate) async fn acting_for<R: Reading + ?Sized>(
    reading: &R,
    person: PersonId,
    group: Option<GroupId>,
) -> Result<Option<GroupRecord>, Abort> {
    let Some(id) = group else { return Ok(None) };
    let theirs = reading.groups_of(person).await?;
    let group = theirs.into_iter().find(|group| group.id == id);
    let group = group.ok_or(Refusal::NotFound)?;
    if group.state.valid_until().is_none() {
        let state = group.state.name();
        return Err(Refusal::from(GroupRefusal::WrongState { state }).into());
    }
    Ok(Some(group))
}

impl Desk {
    pub(super) async fn own_bookable_groups(&self, call: &Call) -> Outcome<Vec<GroupChoice>> {
        let person = signed_in(call, Doing::BookRoom)?;
        let reading = self.store.read(call.municipality()).await?;
        Ok(choices(call, reading.groups_of(person).await?))
    }

    pub(crate) async fn groups_to_book_for(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Outcome<Vec<GroupChoice>> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::SellAtCounter;
        staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        Ok(choices(call, reading.groups_of(person).await?))
    }
}

/// Registered ones: those whose last day has passed stay in the list for a year, so that whoever picks
/// one learns how to renew it.
fn choices(call: &Call, groups: Vec<GroupRecord>) -> Vec<GroupChoice> {
    let long_ago = civil::date_at(call.now() - chrono::Duration::days(365));
    let choice = |group: GroupRecord| {
        let valid_until = group.state.valid_until()?;
        (valid_until >= long_ago).then_some(GroupChoice {
            id: group.id,
            name: group.name,
            valid_until,
        })
    };
    groups.into_iter().filter_map(choice).collect()
}
