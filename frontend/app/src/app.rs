//! Which address shows which page (ルート).

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::pages;

/// All pages. Every route waits for its data and sends complete HTML in one piece, so that pages
/// work without JavaScript and can set their status.
#[component]
pub fn App() -> impl IntoView {
    const WHOLE: SsrMode = SsrMode::Async;
    leptos_meta::provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=pages::NotThere>
                <Route path=path!("/") view=pages::SearchPage ssr=WHOLE/>
                <Route path=path!("/facilities/:facility") view=pages::FacilityPage ssr=WHOLE/>
                <Route path=path!("/rooms/:room") view=pages::RoomPage ssr=WHOLE/>
                <Route path=path!("/rooms/:room/book") view=pages::BookPage ssr=WHOLE/>
                <Route path=path!("/fees") view=pages::FeesPage ssr=WHOLE/>
                <Route path=path!("/sign-in") view=pages::SignInPage ssr=WHOLE/>
                <Route path=path!("/sign-in/failed") view=pages::SignInFailedPage ssr=WHOLE/>
                <Route path=path!("/profile") view=pages::ProfilePage ssr=WHOLE/>
                <Route path=path!("/profile/cards/new") view=pages::NewCardPage ssr=WHOLE/>
                <Route path=path!("/profile/cards/refused") view=pages::CardRefusedPage ssr=WHOLE/>
                <Route path=path!("/staff") view=pages::StaffPage ssr=WHOLE/>
                <Route path=path!("/staff/failed") view=pages::StaffFailedPage ssr=WHOLE/>
                <Route path=path!("/counter") view=pages::CounterPage ssr=WHOLE/>
                <Route path=path!("/manage/figures") view=pages::FiguresPage ssr=WHOLE/>
                <Route path=path!("/manage/transfers") view=pages::TransfersPage ssr=WHOLE/>
                <Route path=path!("/manage/transfers/:id") view=pages::TransferPage ssr=WHOLE/>
                <Route path=path!("/manage/accounts") view=pages::AccountsPage ssr=WHOLE/>
                <Route path=path!("/manage/study") view=pages::StudyPage ssr=WHOLE/>
                <Route path=path!("/manage/town/preview") view=pages::TownPreviewPage ssr=WHOLE/>
                <Route path=path!("/manage/history") view=pages::HistoryPage ssr=WHOLE/>
                <Route path=path!("/counter/people") view=pages::PeoplePage ssr=WHOLE/>
                <Route path=path!("/counter/people/new") view=pages::NewPersonPage ssr=WHOLE/>
                <Route path=path!("/counter/people/:id") view=pages::PersonPage ssr=WHOLE/>
                <Route path=path!("/counter/book") view=pages::CounterDayPage ssr=WHOLE/>
                <Route path=path!("/counter/rooms/:room/book") view=pages::CounterBookPage ssr=WHOLE/>
                <Route path=path!("/counter/reviews") view=pages::ReviewsPage ssr=WHOLE/>
                <Route path=path!("/counter/reviews/:id") view=pages::ReviewPage ssr=WHOLE/>
                <Route path=path!("/counter/till") view=pages::TillDayPage ssr=WHOLE/>
                <Route path=path!("/counter/till/:id") view=pages::TillPage ssr=WHOLE/>
                <Route path=path!("/counter/reservations/:id") view=pages::SalePage ssr=WHOLE/>
                <Route path=path!("/counter/reservations/:id/read") view=pages::SaleReadPage ssr=WHOLE/>
                <Route path=path!("/counter/reservations/:id/cancel") view=pages::SaleCancelPage ssr=WHOLE/>
                <Route path=path!("/counter/reservations/:id/refund-account") view=pages::CounterRefundAccountPage ssr=WHOLE/>
                <Route path=path!("/phone/paid") view=pages::PhonePaidPage ssr=WHOLE/>
                <Route path=path!("/phone/left") view=pages::PhoneLeftPage ssr=WHOLE/>
                <Route path=path!("/manage") view=pages::BoardPage ssr=WHOLE/>
                <Route path=path!("/manage/closures") view=pages::ClosuresPage ssr=WHOLE/>
                <Route path=path!("/manage/closures/new") view=pages::NewClosurePage ssr=WHOLE/>
                <Route path=path!("/manage/closures/:id") view=pages::ClosurePage ssr=WHOLE/>
                <Route path=path!("/groups") view=pages::GroupsPage ssr=WHOLE/>
                <Route path=path!("/groups/new") view=pages::NewGroupPage ssr=WHOLE/>
                <Route path=path!("/groups/:id") view=pages::GroupPage ssr=WHOLE/>
                <Route path=path!("/counter/groups") view=pages::CounterGroupsPage ssr=WHOLE/>
                <Route path=path!("/counter/groups/new") view=pages::CounterNewGroupPage ssr=WHOLE/>
                <Route path=path!("/counter/groups/:id") view=pages::CounterGroupPage ssr=WHOLE/>
                <Route path=path!("/reservations") view=pages::ReservationsPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id") view=pages::ReservationPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id/confirm") view=pages::ConfirmPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id/paid") view=pages::PaidPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id/cancel") view=pages::CancelPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id/refund-account") view=pages::RefundAccountPage ssr=WHOLE/>
                <Route path=path!("/reservations/:id/give-up") view=pages::GiveUpPage ssr=WHOLE/>
            </FlatRoutes>
        </Router>
    }
}
