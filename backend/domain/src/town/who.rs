//! Whom a rule is for.

use serde::{Deserialize, Serialize};

use super::Slug;
use crate::asker::Booker;
use crate::reservation::Channel;
use crate::residency::Residence;

/// Whom a rule is for (対象). Everything that is given must hold; nothing given means everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// People who live in the town, or people from outside (町内・町外).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<Residence>,
    /// Online or at the counter (オンライン・窓口).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Persons or groups (個人・団体).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booker: Option<Booker>,
    /// A user attribute of the town that must hold (営利・登録団体 …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Slug>,
}

impl Who {
    /// True when it is for everybody.
    #[must_use]
    pub const fn is_everybody(&self) -> bool {
        self.residence.is_none()
            && self.channel.is_none()
            && self.booker.is_none()
            && self.class.is_none()
    }
}
