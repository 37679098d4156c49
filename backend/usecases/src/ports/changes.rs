//! Hearing of changes (変更の知らせ), for screens that follow along.
//!
//! What is heard says where something changed, never what: whoever hears it reads again. Nothing
//! rests on it. A change may be heard late, twice or, when a process dies at the wrong moment, only
//! as the next [`Change::LookAgain`].

use async_trait::async_trait;
use domain::ids::MunicipalityId;

/// News that something may look different now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Reservations or claims of this municipality changed, and it is committed.
    In(MunicipalityId),
    /// Something may have been missed, anywhere.
    LookAgain,
}

/// Lets many listen at once.
pub trait Changes: Send + Sync {
    /// Listens from now on. The first news is [`Change::LookAgain`], as soon as no change can be
    /// missed any more: whoever reads then and at every news after sees everything.
    fn hear(&self) -> Box<dyn Hearing>;
}

/// One listener.
#[async_trait]
pub trait Hearing: Send {
    /// The next news. Whoever is too slow hears [`Change::LookAgain`] in the place of what was
    /// missed; `None` once there will never be any.
    async fn next(&mut self) -> Option<Change>;
}
