//! A part of a booking that is given up (一部取消): what is left, and what each slot bears of the fee.

use std::collections::BTreeSet;

use crate::civil::TimeOfDay;
use crate::fees::{QuoteRequest, quote};
use crate::money::Yen;
use crate::span::Span;
use crate::town::{Room, Town};

/// A booking of which a part is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What stays, in one stretch: the gap between two divisions stays with whoever has both.
    pub left: Span,
    /// The slots that are given up.
    pub given_up: Vec<Span>,
}

/// Why these slots cannot be given up (一部取消できない理由).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartRefusal {
    /// No slot was named.
    #[error("取り消す時間を選んでください")]
    Nothing,
    /// All of them: that is a cancellation (全部の取消).
    #[error("全部の時間を取り消すときは、予約全体の取消しを選んでください")]
    Everything,
    /// What stays would be in two pieces.
    #[error("間の時間だけを取り消すことはできません。始まりか終わりの側から選んでください")]
    InTheMiddle,
    /// A time at which no slot of the booking begins, or none any more.
    #[error("選んだ時間は、この予約にはありません。いまの内容を確かめてください")]
    NotASlot,
}

impl PartRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "part.nothing",
            Self::Everything => "part.everything",
            Self::InTheMiddle => "part.in_the_middle",
            Self::NotASlot => "part.not_a_slot",
        }
    }
}

/// What is left of a booking's slots when those that begin at these times go. A permission is for
/// one stretch of time, so only slots at either end can be given up.
///
/// # Errors
/// [`PartRefusal`].
pub fn give_up(slots: &[Span], starts: &BTreeSet<TimeOfDay>) -> Result<Part, PartRefusal> {
    let goes = |slot: &&Span| starts.contains(&slot.times().0);
    let given_up: Vec<Span> = slots.iter().filter(goes).copied().collect();
    if starts.is_empty() {
        return Err(PartRefusal::Nothing);
    }
    if given_up.len() != starts.len() {
        return Err(PartRefusal::NotASlot);
    }
    let mut stays = slots.iter().filter(|slot| !goes(slot));
    let first = stays.next().ok_or(PartRefusal::Everything)?;
    let last = stays.next_back().unwrap_or(first);
    let left = Span::new(first.start(), last.end()).map_err(|_backwards| PartRefusal::NotASlot)?;
    if given_up.iter().any(|slot| slot.overlaps(left)) {
        return Err(PartRefusal::InTheMiddle);
    }
    Ok(Part { left, given_up })
}

/// What each slot costs when it is taken alone, by the terms of the booking's own request and
/// without its options: the ratio in which slots bear what was paid for all of them. Where the
/// tariff has no price for one of them, or none costs anything, they bear it by their length.
#[must_use]
pub fn slot_prices(town: &Town, room: &Room, asked: &QuoteRequest, slots: &[Span]) -> Vec<Yen> {
    let alone = |slot: &Span| {
        let (start, end) = slot.times();
        let request = QuoteRequest {
            date: slot.date(),
            start,
            end,
            options: Vec::new(),
            reduction: None,
            reduction_percent: None,
            ..asked.clone()
        };
        quote(town, room, &request)
            .ok()
            .map(|quote| quote.total_yen)
    };
    let prices: Option<Vec<Yen>> = slots.iter().map(alone).collect();
    prices
        .filter(|prices| prices.iter().any(|price| !price.is_zero()))
        .unwrap_or_else(|| slots.iter().map(|slot| Yen::new(slot.minutes())).collect())
}
