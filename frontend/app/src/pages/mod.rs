//! One page a file (画面). A page asks the use cases, puts the answer into parts, and decides
//! nothing.

mod book;
mod book_form;
mod cancel;
mod card_refused;
mod confirm;
mod counter;
mod facility;
pub mod failed;
mod figures;
mod history;
mod new_card;
mod not_there;
mod own_cards;
mod paid;
mod profile;
mod reservation;
mod reservations;
mod room;
mod search;
mod sign_in;
mod sign_in_failed;
mod staff;
mod staff_failed;

pub use book::{BookPage, book_again};
pub use cancel::CancelPage;
pub use card_refused::CardRefusedPage;
pub use confirm::ConfirmPage;
pub use counter::CounterPage;
pub use facility::FacilityPage;
pub use figures::FiguresPage;
pub use history::HistoryPage;
pub use new_card::NewCardPage;
pub use not_there::NotThere;
pub use paid::PaidPage;
pub use profile::ProfilePage;
pub use reservation::ReservationPage;
pub use reservations::ReservationsPage;
pub use room::RoomPage;
pub use search::SearchPage;
pub use sign_in::SignInPage;
pub use sign_in_failed::SignInFailedPage;
pub use staff::StaffPage;
pub use staff_failed::StaffFailedPage;
