//! The figures of a month (利用実績): how much of what was open was used, what came in, and how.
//!
//! Definitions (測り方). Numerator and denominator are kept as they are; a share is made of them
//! only where it is read.
//!
//! - **Occupancy** (稼働率) in both readings [S111]: by days (室場が使われた日 ÷ 開いていた日) and by
//!   blocks (使われた区分 ÷ 開いていた区分). A block is a division of the room, or a step of its grid.
//!   A block that a closure touches is not open; a day without an open block is not either. A block
//!   is booked when a booking stands on any of the room's floor, so a booked 全面 fills both halves.
//! - Each reading is given twice: **booked**, and **checked in**, which counts only bookings whose
//!   people were seen (G).
//! - A facility's occupancy adds up its rooms, but not one whose floor smaller rooms make up: the
//!   halves and not the whole again, so that the same floor is counted once. Its days are those of
//!   all rooms together (延べ日数).
//! - **Online share** (オンライン申請率): applications that residents made themselves ÷ all that were
//!   accepted, by the day they were made. A closure is no application.
//! - **Cashless share** (キャッシュレス比率): by count and by yen of the payments that came in in the
//!   month; 0 円 is no payment.
//! - Money belongs to the month in which it moved, in Japan, and to the room it was for.

mod month;
mod offer;
mod ratio;
mod reckon;
mod rows;
mod tally;

#[cfg(test)]
mod tests;

pub use month::{Month, NotAMonth};
pub use offer::{RoomOffer, blocks_on};
pub use ratio::Ratio;
pub use reckon::{FacilityFigures, Figures, InTotal, Named, RoomFigures, figures};
pub use rows::{Attendance, BookingRow, ClosedFloor, Money, MoneyRow, RoomRef, Rows};
pub use tally::{Occupancy, Tally};
