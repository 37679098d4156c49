//! Every address of the screens, in one place (リンク).

use chrono::NaiveDate;
use contract::{Attendance, BoardRange};
use domain::figures::Month;
use domain::ids::{ClosureSeriesId, GroupId, PersonId, ReservationId, TillId, TransferOrderId};
use domain::span::Span;
use domain::town::Slug;
use url::form_urlencoded;

/// 施設をさがす.
pub const SEARCH: &str = "/";
/// 料金を調べる.
pub const FEES: &str = "/fees";
/// ログイン.
pub const SIGN_IN: &str = "/sign-in";
/// Leads to the identity provider, with `return_to`.
pub const SIGN_IN_START: &str = "/auth/start";
/// ログインできませんでした.
pub const SIGN_IN_FAILED: &str = "/sign-in/failed";
/// Posted to, ends the session.
pub const SIGN_OUT: &str = "/sign-out";
/// プロフィール.
pub const PROFILE: &str = "/profile";
/// The yes to a card that was shown to be added.
pub const NEW_CARD: &str = "/profile/cards/new";
/// カードを確認できませんでした.
pub const CARD_REFUSED: &str = "/profile/cards/refused";
/// 職員のページ.
pub const STAFF: &str = "/staff";
/// Leads to the staff's identity provider, with `return_to`.
pub const STAFF_SIGN_IN: &str = "/staff/sign-in";
/// 職員としてログインできませんでした.
pub const STAFF_FAILED: &str = "/staff/failed";
/// Posted to, ends the session of staff.
pub const STAFF_SIGN_OUT: &str = "/staff/sign-out";
/// 窓口.
pub const COUNTER: &str = "/counter";
/// 利用実績.
pub const FIGURES: &str = "/manage/figures";
/// 会計月報.
pub const ACCOUNTS: &str = "/manage/accounts";
/// 口座への還付.
pub const TRANSFERS: &str = "/manage/transfers";
/// 使用料の見直し.
pub const STUDY: &str = "/manage/study";
/// 設定の変更の影響.
pub const TOWN_PREVIEW: &str = "/manage/town/preview";
/// 操作記録.
pub const HISTORY: &str = "/manage/history";
/// 窓口で利用者をさがす.
pub const PEOPLE: &str = "/counter/people";
/// 窓口での利用者登録.
pub const NEW_PERSON: &str = "/counter/people/new";
/// 窓口での空き状況.
pub const COUNTER_DAY: &str = "/counter/book";
/// 審査待ち.
pub const REVIEWS: &str = "/counter/reviews";
/// 予約状況.
pub const BOARD: &str = "/manage";
/// Tells the board and the counter's list that something changed.
pub const CHANGES: &str = "/manage/changes";
/// The header of a page that asks for itself again.
pub const BY_ITSELF: &str = crate::islands::BY_ITSELF;
/// 休館・公用.
pub const CLOSURES: &str = "/manage/closures";
/// 休館にする.
pub const NEW_CLOSURE: &str = "/manage/closures/new";
/// 自分の団体.
pub const GROUPS: &str = "/groups";
/// 団体登録の申請.
pub const NEW_GROUP: &str = "/groups/new";
/// 窓口の団体登録.
pub const COUNTER_GROUPS: &str = "/counter/groups";
/// 窓口での団体登録の申請.
pub const COUNTER_NEW_GROUP: &str = "/counter/groups/new";
/// 予約の確認.
pub const RESERVATIONS: &str = "/reservations";

/// The figures of a month, of one facility or of all.
#[must_use]
pub fn figures(month: Month, facility: Option<&Slug>) -> String {
    format!("{FIGURES}?{}", month_of(month, facility))
}

/// The same for a spreadsheet.
#[must_use]
pub fn figures_file(month: Month, facility: Option<&Slug>) -> String {
    format!("{FIGURES}.csv?{}", month_of(month, facility))
}

/// The accounts of a month.
#[must_use]
pub fn accounts(month: Month) -> String {
    format!("{ACCOUNTS}?month={month}")
}

/// The same for the town's accounting.
#[must_use]
pub fn accounts_file(month: Month) -> String {
    format!("{ACCOUNTS}.csv?month={month}")
}

fn month_of(month: Month, facility: Option<&Slug>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("month", &month.to_string());
    if let Some(facility) = facility {
        query.append_pair("facility", facility.as_str());
    }
    query.finish()
}

/// The counter's list of a facility's day; of the first facility and today where none is meant.
#[must_use]
pub fn counter(facility: Option<&Slug>, date: Option<NaiveDate>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(facility) = facility {
        query.append_pair("facility", facility.as_str());
    }
    if let Some(date) = date {
        query.append_pair("date", &date.to_string());
    }
    let query = query.finish();
    if query.is_empty() {
        COUNTER.to_owned()
    } else {
        format!("{COUNTER}?{query}")
    }
}

/// 引出し.
pub const TILL: &str = "/counter/till";

/// The money of a facility's day.
#[must_use]
pub fn till_day(facility: &Slug, date: NaiveDate) -> String {
    format!("{TILL}?facility={facility}&date={date}")
}

/// One drawer.
#[must_use]
pub fn till(id: TillId) -> String {
    format!("{TILL}/{id}")
}

/// One drawer, after something was done with it.
#[must_use]
pub fn till_after(id: TillId, done: &str) -> String {
    format!("{TILL}/{id}?done={done}")
}

/// A drawer's day sheet, as `pdf` or `csv`.
#[must_use]
pub fn sheet(id: TillId, format: &str) -> String {
    format!("{TILL}/{id}/sheet.{format}")
}

/// A reservation at the counter.
#[must_use]
pub fn sale(id: ReservationId) -> String {
    format!("{COUNTER}/reservations/{id}")
}

/// A page, a paper or an answer about it.
#[must_use]
pub fn sale_page(id: ReservationId, page: &str) -> String {
    format!("{COUNTER}/reservations/{id}/{page}")
}

/// An application that somebody decides.
#[must_use]
pub fn review(id: ReservationId) -> String {
    format!("{REVIEWS}/{id}")
}

/// An application, after a decision.
#[must_use]
pub fn review_decided(id: ReservationId) -> String {
    format!("{REVIEWS}/{id}?done=1")
}

/// A reservation at the counter, after something was done about it.
#[must_use]
pub fn sale_after(id: ReservationId, done: &str) -> String {
    format!("{COUNTER}/reservations/{id}?done={done}")
}

/// One order to the bank.
#[must_use]
pub fn transfer(id: TransferOrderId) -> String {
    format!("{TRANSFERS}/{id}")
}

/// An order to the bank, after something was done about it.
#[must_use]
pub fn transfer_after(id: TransferOrderId, done: &str) -> String {
    format!("{TRANSFERS}/{id}?done={done}")
}

/// The file for the bank.
#[must_use]
pub fn transfer_file(id: TransferOrderId) -> String {
    format!("{TRANSFERS}/{id}/file.txt")
}

/// A reservation's row in that list.
#[must_use]
pub fn row(id: ReservationId) -> String {
    format!("r-{id}")
}

/// The list that a form was posted from, with what was noted there.
#[must_use]
pub fn noted(query: &str, what: Attendance, id: ReservationId) -> String {
    let kept = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| ["facility", "date"].contains(&name.as_ref()));
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("noted", what.as_str())
        .finish();
    format!("{COUNTER}?{query}#{}", row(id))
}

/// The board of a facility or of all, on a day or for the week from it.
#[must_use]
pub fn board(facility: Option<&Slug>, date: NaiveDate, range: BoardRange) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(facility) = facility {
        query.append_pair("facility", facility.as_str());
    }
    query.append_pair("date", &date.to_string());
    if range == BoardRange::Week {
        query.append_pair("range", "week");
    }
    format!("{BOARD}?{}", query.finish())
}

/// One closure.
#[must_use]
pub fn closure(id: ClosureSeriesId) -> String {
    format!("{CLOSURES}/{id}")
}

/// A closure that was just made: how many bookings were cancelled for it.
#[must_use]
pub fn closure_made(id: ClosureSeriesId, cancelled: usize) -> String {
    format!("{CLOSURES}/{id}?made={cancelled}")
}

/// A closure of which some was just lifted.
#[must_use]
pub fn closure_lifted(id: ClosureSeriesId) -> String {
    format!("{CLOSURES}/{id}?lifted=1")
}

/// A facility, on a day if one is meant.
#[must_use]
pub fn facility(facility: &Slug, date: Option<NaiveDate>) -> String {
    dated(format!("/facilities/{facility}"), date)
}

/// A room's free times, around a day if one is meant.
#[must_use]
pub fn room(room: &Slug, date: Option<NaiveDate>) -> String {
    dated(format!("/rooms/{room}"), date)
}

/// What a room costs, on a day if one is meant.
#[must_use]
pub fn fees(room: &Slug, date: Option<NaiveDate>) -> String {
    match date {
        Some(date) => format!("{FEES}?room={room}&date={date}"),
        None => format!("{FEES}?room={room}"),
    }
}

/// What the rooms of a facility cost.
#[must_use]
pub fn facility_fees(facility: &Slug) -> String {
    format!("{FEES}?facility={facility}")
}

fn dated(path: String, date: Option<NaiveDate>) -> String {
    match date {
        Some(date) => format!("{path}?date={date}"),
        None => path,
    }
}

/// Where the booking form posts to.
#[must_use]
pub fn book_form(room: &Slug) -> String {
    format!("/rooms/{room}/book")
}

/// The booking form for a time.
#[must_use]
pub fn book(room: &Slug, span: Span) -> String {
    let (start, end) = span.times();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("date", &span.date().to_string())
        .append_pair("start", &start.to_string())
        .append_pair("end", &end.to_string());
    format!("{}?{}", book_form(room), query.finish())
}

/// By which way a time is booked (予約の道筋): the same parts lead there from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By oneself, online.
    Own,
    /// Over the counter, for this person.
    For(PersonId),
}

impl Way {
    /// Where the booking form posts to.
    #[must_use]
    pub fn form(self, room: &Slug) -> String {
        match self {
            Self::Own => book_form(room),
            Self::For(_) => format!("{COUNTER}/rooms/{room}/book"),
        }
    }

    /// The booking form for a time.
    #[must_use]
    pub fn book(self, room: &Slug, span: Span) -> String {
        match self {
            Self::Own => book(room, span),
            Self::For(person) => {
                let (_, query) = book(room, span)
                    .split_once('?')
                    .map(|(path, query)| (path.to_owned(), query.to_owned()))
                    .unwrap_or_default();
                format!("{}?person={person}&{query}", self.form(room))
            }
        }
    }
}

/// 利用者をさがす, on the way to a facility's day if one is meant.
#[must_use]
pub fn people(facility: Option<&Slug>, date: Option<NaiveDate>) -> String {
    counter_page(PEOPLE, None, facility, date)
}

/// 利用者登録, on the same way.
#[must_use]
pub fn new_person(facility: Option<&Slug>, date: Option<NaiveDate>) -> String {
    counter_page(NEW_PERSON, None, facility, date)
}

/// One person at the counter.
#[must_use]
pub fn person(id: PersonId) -> String {
    format!("{PEOPLE}/{id}")
}

/// The same, just registered.
#[must_use]
pub fn registered(id: PersonId) -> String {
    format!("{PEOPLE}/{id}?registered=1")
}

/// A facility's day for a person at the counter; of the first facility and today where none is meant.
#[must_use]
pub fn counter_day(person: PersonId, facility: Option<&Slug>, date: Option<NaiveDate>) -> String {
    counter_page(COUNTER_DAY, Some(person), facility, date)
}

fn counter_page(
    path: &str,
    person: Option<PersonId>,
    facility: Option<&Slug>,
    date: Option<NaiveDate>,
) -> String {
    let pairs = [
        ("person", person.map(|id| id.to_string())),
        ("facility", facility.map(Slug::to_string)),
        ("date", date.map(|day| day.to_string())),
    ];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let query = query.finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// One's own group.
#[must_use]
pub fn group(id: GroupId) -> String {
    format!("{GROUPS}/{id}")
}

/// The same, after something was done.
#[must_use]
pub fn group_after(id: GroupId, done: &str) -> String {
    format!("{GROUPS}/{id}?done={done}")
}

/// A group at the counter.
#[must_use]
pub fn counter_group(id: GroupId) -> String {
    format!("{COUNTER_GROUPS}/{id}")
}

/// The same, after something was done.
#[must_use]
pub fn counter_group_after(id: GroupId) -> String {
    format!("{COUNTER_GROUPS}/{id}?done=1")
}

/// An application that this person represents, at the counter.
#[must_use]
pub fn new_group_of(person: PersonId) -> String {
    format!("{COUNTER_NEW_GROUP}?person={person}")
}

/// One reservation.
#[must_use]
pub fn reservation(id: ReservationId) -> String {
    format!("/reservations/{id}")
}

/// The last look before paying.
#[must_use]
pub fn confirm(id: ReservationId) -> String {
    format!("/reservations/{id}/confirm")
}

/// Where the checkout comes back to.
#[must_use]
pub fn paid(id: ReservationId) -> String {
    format!("/reservations/{id}/paid")
}

/// 予約の取消し.
#[must_use]
pub fn cancel(id: ReservationId) -> String {
    format!("/reservations/{id}/cancel")
}

/// 予約の一部取消し.
#[must_use]
pub fn give_up(id: ReservationId) -> String {
    format!("/reservations/{id}/give-up")
}

/// Where an account is told that money goes back to.
#[must_use]
pub fn refund_account(id: ReservationId) -> String {
    format!("{RESERVATIONS}/{id}/refund-account")
}

/// The reservation, after an account was told.
#[must_use]
pub fn account_told(id: ReservationId) -> String {
    format!("{RESERVATIONS}/{id}?done=account")
}

/// 使用許可書.
#[must_use]
pub fn permit(id: ReservationId) -> String {
    format!("/reservations/{id}/permit.pdf")
}

/// 領収書.
#[must_use]
pub fn receipt(id: ReservationId) -> String {
    format!("/reservations/{id}/receipt.pdf")
}

/// 還付通知書, about the `nth` time that something was given up.
#[must_use]
pub fn refund_notice(id: ReservationId, nth: u32) -> String {
    format!("/reservations/{id}/refunds/{nth}/notice.pdf")
}

/// The same paper at the counter.
#[must_use]
pub fn sale_refund_notice(id: ReservationId, nth: u32) -> String {
    sale_page(id, &format!("refunds/{nth}/notice.pdf"))
}

/// A calendar file (iCalendar).
#[must_use]
pub fn calendar(id: ReservationId) -> String {
    format!("/reservations/{id}/calendar.ics")
}

/// The sign-in page that comes back to `return_to` afterwards.
#[must_use]
pub fn sign_in(return_to: &str) -> String {
    with_return(SIGN_IN, return_to)
}

/// The way to the staff's identity provider that comes back to `return_to` afterwards.
#[must_use]
pub fn staff_sign_in(return_to: &str) -> String {
    with_return(STAFF_SIGN_IN, return_to)
}

/// Whether an address is one of the staff's own pages. There only a session of staff counts, and
/// nowhere else.
#[must_use]
pub fn is_staffs(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let first = path
        .strip_prefix('/')
        .and_then(|rest| rest.split('/').next());
    first.is_some_and(|first| ["staff", "counter", "manage"].contains(&first))
}

/// The profile page that goes on to `return_to` once saved.
#[must_use]
pub fn profile(return_to: &str) -> String {
    with_return(PROFILE, return_to)
}

/// What a profile page has open for change, once the card was shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The e-mail address.
    Email,
    /// The cards.
    Cards,
}

impl Open {
    const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Cards => "cards",
        }
    }

    /// As an address or a form says it.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        [Self::Email, Self::Cards]
            .into_iter()
            .find(|open| open.name() == name)
    }
}

/// The profile page with something open for change.
#[must_use]
pub fn profile_open(open: Open) -> String {
    let name = open.name();
    format!("{PROFILE}?change={name}#{name}")
}

/// What was just done on the profile page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The contact was saved.
    Contact,
    /// A card was added.
    CardAdded,
    /// A card was taken away.
    CardRemoved,
    /// The card was theirs already.
    CardKnown,
}

impl Saved {
    const fn name(self) -> &'static str {
        match self {
            Self::Contact => "1",
            Self::CardAdded => "card_added",
            Self::CardRemoved => "card_removed",
            Self::CardKnown => "card_known",
        }
    }

    /// As the address says it.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        [
            Self::Contact,
            Self::CardAdded,
            Self::CardRemoved,
            Self::CardKnown,
        ]
        .into_iter()
        .find(|saved| saved.name() == name)
    }
}

/// The profile page that says what was just done.
#[must_use]
pub fn profile_after(saved: Saved) -> String {
    format!("{PROFILE}?saved={}", saved.name())
}

fn with_return(path: &str, return_to: &str) -> String {
    if return_to == SEARCH {
        return path.to_owned();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", return_to);
    format!("{path}?{}", query.finish())
}

/// A telephone number as a link.
#[must_use]
pub fn telephone(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_booked_by_oneself_or_for_somebody_and_no_address_names_them() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = |time: &str| domain::span::Cell::at(date, time.parse().unwrap()).unwrap();
        let span = Span::new(cell("18:00"), cell("20:00")).unwrap();
        let room: Slug = "gym".parse().unwrap();
        let time = "date=2026-11-28&start=18%3A00&end=20%3A00";
        assert_eq!(
            Way::Own.book(&room, span),
            format!("/rooms/gym/book?{time}")
        );
        let id = "0193a0b0-0000-7000-8000-000000000001";
        let somebody = Way::For(id.parse().unwrap());
        let at_the_counter = format!("/counter/rooms/gym/book?person={id}&{time}");
        assert_eq!(somebody.book(&room, span), at_the_counter);
        assert!(is_staffs(&at_the_counter));
    }

    #[test]
    fn the_staffs_pages_are_known_by_their_first_word() {
        for own in [
            "/staff",
            "/staff/sign-in?x=1",
            "/counter",
            "/counter/today",
            "/manage?d=1",
        ] {
            assert!(is_staffs(own), "{own}");
        }
        for other in [
            "", "/", "staff", "//staff", "/staffs", "/x/staff", "/%73taff", "/Staff",
        ] {
            assert!(!is_staffs(other), "{other}");
        }
    }

    #[test]
    fn a_return_address_is_carried_whole_and_only_where_it_says_something() {
        assert_eq!(sign_in("/"), "/sign-in");
        assert_eq!(
            sign_in("/rooms/gym?date=2026-11-28&start=18:00"),
            "/sign-in?return_to=%2Frooms%2Fgym%3Fdate%3D2026-11-28%26start%3D18%3A00"
        );
    }
}
