//! The facilities that a clerk may choose on a page.

use contract::{Action as Doing, Refusal};
use domain::ids::FacilityId;
use domain::town::Slug;

use crate::authority::OnDuty;
use crate::ports::store::AppliedTown;

/// A facility that a clerk may choose.
pub(crate) struct Choice {
    pub(crate) id: FacilityId,
    pub(crate) slug: Slug,
    pub(crate) name: String,
}

/// The facilities where somebody may do that, in the town's order.
pub(crate) fn choices(applied: &AppliedTown, on_duty: &OnDuty, doing: Doing) -> Vec<Choice> {
    let choice = |facility: &std::sync::Arc<domain::town::Facility>| {
        let id = *applied.facilities.get(&facility.id)?;
        on_duty.reaches(doing, id).then(|| Choice {
            id,
            slug: facility.id.clone(),
            name: facility.name.clone(),
        })
    };
    applied.town.facilities.iter().filter_map(choice).collect()
}

/// The one that was named, or the first.
///
/// # Errors
/// [`Refusal::NotFound`] for what the town has not got, [`Refusal::Forbidden`] for what is not
/// theirs.
pub(crate) fn choose<'a>(
    choices: &'a [Choice],
    applied: &AppliedTown,
    facility: Option<&Slug>,
) -> Result<&'a Choice, Refusal> {
    let chosen = match facility {
        Some(slug) => choices.iter().find(|choice| choice.slug == *slug),
        None => choices.first(),
    };
    chosen.ok_or_else(|| match facility {
        Some(slug) if applied.town.facility(slug).is_none() => Refusal::NotFound,
        Some(_) | None => Refusal::Forbidden,
    })
}
