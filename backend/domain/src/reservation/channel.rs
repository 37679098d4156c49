//! Where a reservation was made.

use serde::{Deserialize, Serialize};

/// The channel through which a reservation came (受付の窓口). A telephone call that a clerk enters
/// is the counter's: the online share counts what people did themselves (domain.md G).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The resident, on a phone or computer (オンライン).
    Online,
    /// A clerk, for somebody at the counter or on the telephone (窓口).
    Counter,
}

impl Channel {
    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Counter => "counter",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Online => "オンライン",
            Self::Counter => "窓口",
        }
    }
}
