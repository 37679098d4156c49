//! Change (釣銭).

use super::{CashCount, Denomination, TillRefusal};
use crate::money::Yen;

/// What goes back over the counter (釣銭).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How much, yen.
    pub amount: Yen,
    /// In the fewest notes and coins.
    pub pieces: CashCount,
}

/// The change when `tendered` is handed over for `due`.
///
/// Nobody hands over a note more than needed, so change that holds a 10,000 円 note means that a
/// digit too many was typed.
///
/// # Errors
/// [`TillRefusal::NothingDue`] for 0 円, [`TillRefusal::TenderedShort`], and
/// [`TillRefusal::TenderedAbsurd`].
pub fn change(due: Yen, tendered: Yen) -> Result<Change, TillRefusal> {
    if due.is_zero() {
        return Err(TillRefusal::NothingDue);
    }
    let amount = tendered
        .minus(due)
        .map_err(|_short| TillRefusal::TenderedShort {
            missing: Yen::new(due.get().saturating_sub(tendered.get())),
        })?;
    if amount.get() >= Denomination::Yen10000.yen() {
        return Err(TillRefusal::TenderedAbsurd { change: amount });
    }
    Ok(Change {
        amount,
        pieces: CashCount::fewest(amount),
    })
}
