//! Who applies (申込者): what the town's rules and fees ask about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{Fault, QuoteRoom};
use domain::asker::{Asker, Booker as InTheNameOf};
use domain::fees::AttributeValue;
use domain::ids::{MunicipalityId, PersonId};
use domain::reservation::Channel;
use domain::residency::Residence;
use domain::town::{Slug, Town};

use crate::browse::{Floor, Looker};
use crate::groups::acting_for;
use crate::ports::store::{GroupRecord, MadeBy, PersonRecord, Reading};
use crate::ports::vault::Vault;
use crate::profile::open_birthdate;
use crate::residency::Ties;
use crate::transact::Abort;

/// Whose the reservation becomes, and who makes it.
#[derive(Clone, Copy)]
pub(super) struct Booker {
    pub(super) person: PersonId,
    pub(super) made_by: MadeBy,
}

impl Booker {
    pub(super) const fn looker(self) -> Looker {
        Looker {
            person: Some(self.person),
            channel: self.made_by.channel(),
        }
    }
}

/// Whoever applies, and what they answered.
pub(super) struct Applicant {
    /// The person's record.
    pub(super) record: PersonRecord,
    /// The group they book for, if it is not for themselves.
    pub(super) group: Option<GroupRecord>,
    /// As what they count here.
    pub(super) residence: Residence,
    /// The form's answers, and the card's over them.
    pub(super) attributes: BTreeMap<Slug, AttributeValue>,
    /// The questions that were answered with yes.
    classes: Vec<Slug>,
    channel: Channel,
}

impl Applicant {
    /// Whoever `record` is about, who asks for `what` through `channel` on the day `today`.
    ///
    /// # Errors
    /// [`contract::Refusal::NotFound`] for a group that they do not act for; the group's own refusal when it is
    /// not registered.
    pub(super) async fn of<R: Reading + ?Sized>(
        reading: &R,
        town: &Town,
        record: PersonRecord,
        (channel, today): (Channel, NaiveDate),
        what: &QuoteRoom,
    ) -> Result<Self, Abort> {
        let group = acting_for(reading, record.id, what.group).await?;
        let ties = Ties::of(reading, &record, group.as_ref()).await?;
        // A room that the town does not have is refused elsewhere.
        let residence = town
            .room(&what.room)
            .map_or(Residence::Outside, |(facility, _)| {
                ties.at(town, facility, today)
            });
        let known = (record, group, residence);
        Ok(Self::known(town, known, channel, what))
    }

    /// Whoever looks at a floor: what ties them to the town was read with it.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub(super) async fn looking(
        floor: &Floor,
        record: PersonRecord,
        channel: Channel,
        what: &QuoteRoom,
    ) -> Result<Self, Abort> {
        let (town, by) = (floor.town(), (channel, floor.today));
        match (what.group, floor.room(&what.room)) {
            (None, Ok((facility, _))) => {
                let known = (record, None, floor.residence_at(facility));
                Ok(Self::known(town, known, channel, what))
            }
            _ => Self::of(floor.reading(), town, record, by, what).await,
        }
    }

    fn known(
        town: &Town,
        (record, group, residence): (PersonRecord, Option<GroupRecord>, Residence),
        channel: Channel,
        what: &QuoteRoom,
    ) -> Self {
        let attributes = answers(town, what, residence);
        let classes = attributes
            .iter()
            .filter(|(_, answer)| **answer == AttributeValue::Flag(true))
            .map(|(id, _)| id.clone())
            .collect();
        Self {
            record,
            group,
            residence,
            attributes,
            classes,
            channel,
        }
    }

    /// As the rules see them.
    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            residence: self.residence,
            channel: self.channel,
            booker: match self.group {
                Some(_) => InTheNameOf::Group,
                None => InTheNameOf::Person,
            },
            classes: &self.classes,
        }
    }

    /// What their bookings, or those of their group, have in common with this one.
    pub(super) const fn ties(&self) -> domain::eligibility::Ties {
        let for_group = self.group.is_some();
        domain::eligibility::Ties {
            same_person: !for_group,
            same_group: for_group,
            same_household: false,
        }
    }

    /// Whether there is a way to reach them. Online that is mail, for what is sent, and a telephone;
    /// whoever stands at the counter takes the papers along, so either will do.
    pub(super) const fn is_reachable(&self) -> bool {
        let (by_mail, by_phone) = (
            self.record.email_sealed.is_some(),
            self.record.phone_sealed.is_some(),
        );
        match self.channel {
            Channel::Online => by_mail && by_phone,
            Channel::Counter => by_mail || by_phone,
        }
    }

    /// The day on which they were born, if it is known. Asked only where a rule needs it.
    pub(super) fn birthdate(
        &self,
        vault: &dyn Vault,
        municipality: MunicipalityId,
    ) -> Result<Option<NaiveDate>, Fault> {
        open_birthdate(vault, municipality, &self.record)
    }
}

/// What a quote is made with: the form's answers, and the card's over them.
fn answers(town: &Town, what: &QuoteRoom, residence: Residence) -> BTreeMap<Slug, AttributeValue> {
    let outsider = AttributeValue::Flag(residence == Residence::Outside);
    let from_card = town.attributes.iter().filter(|one| one.from_residence);
    let from_card = from_card.map(|one| (one.id.clone(), outsider.clone()));
    what.attributes
        .clone()
        .into_iter()
        .chain(from_card)
        .collect()
}
