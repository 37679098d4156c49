//! One action, one transaction, one commit; tried again when another was in the way.

use async_trait::async_trait;
use contract::{Failure, Fault, Outcome, Refusal};
use domain::ids::MunicipalityId;

use crate::ports::store::{Store, StoreFailure, Transaction};

/// How often an action is tried before the person is told that it is busy.
///
/// With sorted claims and `ON CONFLICT DO NOTHING` contention is rare (peers.md §3); five tries
/// have been enough for fifty people on one court.
const TRIES: u32 = 5;

/// Why an action stopped before its commit.
#[derive(Debug, thiserror::Error)]
pub enum Abort {
    /// The rules say no.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreFailure),
}

impl From<Refusal> for Abort {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Abort {
    fn from(fault: Fault) -> Self {
        Self::Store(StoreFailure::Fault(fault))
    }
}

/// Work to be done in one transaction. It may run several times; only the last run lasts.
#[async_trait]
pub trait Action: Sync {
    /// What it gives.
    type Output: Send;

    /// Checks and changes.
    ///
    /// # Errors
    /// [`Abort`]; the transaction is then rolled back.
    async fn run(&self, tx: &mut dyn Transaction) -> Result<Self::Output, Abort>;
}

/// Runs an action in a transaction of `municipality` and commits.
///
/// # Errors
/// The action's refusal, [`Refusal::Busy`] when others stayed in the way, or a fault.
pub async fn transact<A: Action>(
    store: &dyn Store,
    municipality: MunicipalityId,
    action: &A,
) -> Outcome<A::Output> {
    for _try in 0..TRIES {
        match attempt(store, municipality, action).await {
            Ok(output) => return Ok(output),
            Err(Abort::Refused(refusal)) => return Err(Failure::Refused(refusal)),
            Err(Abort::Store(StoreFailure::Fault(fault))) => return Err(Failure::Fault(fault)),
            Err(Abort::Store(StoreFailure::Contended)) => {}
        }
    }
    Err(Failure::Refused(Refusal::Busy))
}

async fn attempt<A: Action>(
    store: &dyn Store,
    municipality: MunicipalityId,
    action: &A,
) -> Result<A::Output, Abort> {
    let mut tx = store.begin(municipality).await?;
    let output = action.run(tx.as_mut()).await?;
    tx.commit().await?;
    Ok(output)
}

/// Outside a transaction contention has nobody to wait for: it reads as busy.
impl From<StoreFailure> for Failure {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Contended => Self::Refused(Refusal::Busy),
            StoreFailure::Fault(fault) => Self::Fault(fault),
        }
    }
}
