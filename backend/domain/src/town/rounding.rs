//! Rounding (端数処理), where the ordinance puts it.

use serde::{Deserialize, Serialize};

use crate::quote::Component;

/// A direction and a unit, yen (「10円未満切捨て」 is `{ down = 10 }`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rounding {
    /// 切捨て.
    Down(u32),
    /// 切上げ.
    Up(u32),
    /// 四捨五入.
    HalfUp(u32),
}

impl Rounding {
    /// The unit, yen.
    #[must_use]
    pub const fn unit(self) -> u32 {
        match self {
            Self::Down(unit) | Self::Up(unit) | Self::HalfUp(unit) => unit,
        }
    }
}

/// One rounding of a tariff: which amounts, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoundingRule {
    /// Each line, or their sum once.
    pub stage: RoundingStage,
    /// The components it is for (益田市: 施設・照明・付属設備 together, 空調 apart); all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Component>,
    /// How.
    pub round: Rounding,
}

/// When amounts are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundingStage {
    /// Each line for itself.
    Line,
    /// Once, on the sum.
    Sum,
}

impl RoundingRule {
    /// True when it is for this component.
    #[must_use]
    pub fn covers(&self, component: Component) -> bool {
        self.of.is_empty() || self.of.contains(&component)
    }
}
