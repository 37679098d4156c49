//! Who asks for a time (申込者), as far as a town's rules tell people apart.

use serde::{Deserialize, Serialize};

use crate::reservation::Channel;
use crate::residency::Residence;
use crate::town::{Slug, Who};

/// In whose name a time is booked (利用者の別).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Booker {
    /// A person for themselves (個人).
    Person,
    /// A person for a group (団体).
    Group,
}

/// Who asks (申込者).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker<'a> {
    /// Whether they count as living in the town.
    pub residence: Residence,
    /// Through which channel they book.
    pub channel: Channel,
    /// In whose name.
    pub booker: Booker,
    /// The town's user attributes that hold of them or of the use (営利・登録団体 …).
    pub classes: &'a [Slug],
}

impl Asker<'_> {
    /// A person of whom nothing else is known.
    #[must_use]
    pub const fn person(residence: Residence, channel: Channel) -> Self {
        Self {
            residence,
            channel,
            booker: Booker::Person,
            classes: &[],
        }
    }
}

impl Who {
    /// True when everything it says holds of `asker`.
    #[must_use]
    pub fn fits(&self, asker: &Asker<'_>) -> bool {
        self.residence.is_none_or(|it| it == asker.residence)
            && self.channel.is_none_or(|it| it == asker.channel)
            && self.booker.is_none_or(|it| it == asker.booker)
            && self
                .class
                .as_ref()
                .is_none_or(|it| asker.classes.contains(it))
    }

    /// True when whoever `narrower` is for, this is for as well.
    #[must_use]
    pub fn covers(&self, narrower: &Self) -> bool {
        fn within<T: PartialEq>(wide: Option<&T>, narrow: Option<&T>) -> bool {
            wide.is_none_or(|wide| narrow == Some(wide))
        }
        within(self.residence.as_ref(), narrower.residence.as_ref())
            && within(self.channel.as_ref(), narrower.channel.as_ref())
            && within(self.booker.as_ref(), narrower.booker.as_ref())
            && within(self.class.as_ref(), narrower.class.as_ref())
    }
}
