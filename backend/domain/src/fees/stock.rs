//! Equipment that there is only so much of (備品の在庫): what a booking takes, and whether it fits.

use crate::span::{Cell, Span};
use crate::town::{Facility, OptionPrice, Room, Slug};

use super::OptionRequest;

/// Pieces of one stock for a time (備品の占有).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockClaim {
    /// The stock.
    pub stock: Slug,
    /// When.
    pub span: Span,
    /// How many.
    pub pieces: u32,
}

/// There are not enough pieces.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{name}」はその時間、あと{left}点です")]
pub struct StockShort {
    /// The stock.
    pub stock: Slug,
    /// Its name.
    pub name: String,
    /// The first cell in which there are too few.
    pub cell: Cell,
    /// How many are left then.
    pub left: u32,
}

/// What a booking takes from the facility's stock: one claim for each, for its whole time. Coupon
/// books and the like, priced by the piece, are sold and not lent.
#[must_use]
pub fn stock_claims(room: &Room, span: Span, options: &[OptionRequest]) -> Vec<StockClaim> {
    let mut claims: Vec<StockClaim> = Vec::new();
    for request in options {
        let option = room.options.iter().find(|it| it.id.as_str() == request.id);
        let lent = option.filter(|it| !matches!(it.price, OptionPrice::PerPiece(_)));
        let Some(stock) = lent.and_then(|it| it.stock.as_ref()) else {
            continue;
        };
        match claims.iter_mut().find(|claim| claim.stock == *stock) {
            Some(claim) => claim.pieces = claim.pieces.saturating_add(request.quantity),
            None => claims.push(StockClaim {
                stock: stock.clone(),
                span,
                pieces: request.quantity,
            }),
        }
    }
    claims
}

/// Which pieces a claim gets in a cell, of those that are not lent: the first ones. Fewer than it asks
/// for when there are not enough, see [`stock_fits`].
pub fn free_pieces(
    facility: &Facility,
    claim: &StockClaim,
    is_lent: impl Fn(u32) -> bool,
) -> impl Iterator<Item = u32> {
    let stock = facility.stocks.iter().find(|it| it.id == claim.stock);
    let count = stock.map_or(0, |it| it.count);
    let most = usize::try_from(claim.pieces).unwrap_or(usize::MAX);
    (1..=count).filter(move |piece| !is_lent(*piece)).take(most)
}

/// Whether the claims fit beside those that others hold.
///
/// # Errors
/// [`StockShort`] for the first stock and cell in which they do not.
pub fn stock_fits(
    facility: &Facility,
    held: &[StockClaim],
    wanted: &[StockClaim],
) -> Result<(), StockShort> {
    for claim in wanted {
        let stock = facility.stocks.iter().find(|it| it.id == claim.stock);
        let (name, count) = stock.map_or(("", 0), |it| (it.name.as_str(), it.count));
        for cell in claim.span.cells() {
            let in_cell = |it: &&StockClaim| {
                it.stock == claim.stock && it.span.start() <= cell && cell < it.span.end()
            };
            let taken = held.iter().filter(in_cell).map(|it| u64::from(it.pieces));
            let left = u64::from(count).saturating_sub(taken.sum());
            if left < u64::from(claim.pieces) {
                return Err(StockShort {
                    stock: claim.stock.clone(),
                    name: name.to_owned(),
                    cell,
                    left: u32::try_from(left).unwrap_or(u32::MAX),
                });
            }
        }
    }
    Ok(())
}
