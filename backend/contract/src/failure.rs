//! How a call can fail: refused, or broken.

use std::error::Error;
use std::fmt;

use crate::Refusal;

/// The answer of every contract method.
pub type Outcome<T> = Result<T, Failure>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules say no; tell the person what to do next.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Something broke; log the chain once, show none of it.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// The refusal, if it is one.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Fault(_) => None,
        }
    }
}

/// Something broke (障害): the source chain is for the operator, never for the screen.
#[derive(Debug)]
pub struct Fault {
    doing: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl Fault {
    /// What was being done, and what broke.
    pub fn new(doing: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            doing,
            source: source.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.doing)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
