//! Who applies (申込者): what the town's rules and fees ask about them.

use std::collections::BTreeMap;

use contract::{Fault, QuoteRoom, Refusal};
use domain::asker::{Asker, Booker as InTheNameOf};
use domain::fees::AttributeValue;
use domain::ids::{MunicipalityId, PersonId};
use domain::reservation::Channel;
use domain::residency::Residence;
use domain::town::{Slug, Town};

use crate::browse::{Looker, residence};
use crate::ports::store::{MadeBy, PersonRecord};
use crate::ports::vault::Vault;
use crate::profile::open_birthdate;

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
    /// As what they count here.
    pub(super) residence: Residence,
    /// The form's answers, and the card's over them.
    pub(super) attributes: BTreeMap<Slug, AttributeValue>,
    /// The questions that were answered with yes.
    classes: Vec<Slug>,
    channel: Channel,
}

impl Applicant {
    /// Whoever `record` is about, who asks for `what` through `channel`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a group that is none of the town's.
    pub(super) fn of(
        town: &Town,
        record: PersonRecord,
        channel: Channel,
        what: &QuoteRoom,
    ) -> Result<Self, Refusal> {
        // What a group counts as, how long it is registered and who acts for it comes in here.
        if what.group.is_some() {
            return Err(Refusal::NotFound);
        }
        let residence = residence(record.in_town);
        let attributes = answers(town, what, residence);
        let classes = attributes
            .iter()
            .filter(|(_, answer)| **answer == AttributeValue::Flag(true))
            .map(|(id, _)| id.clone())
            .collect();
        Ok(Self {
            record,
            residence,
            attributes,
            classes,
            channel,
        })
    }

    /// As the rules see them.
    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            residence: self.residence,
            channel: self.channel,
            booker: InTheNameOf::Person,
            classes: &self.classes,
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
    ) -> Result<Option<chrono::NaiveDate>, Fault> {
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
