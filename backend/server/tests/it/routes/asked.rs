//! How each route is asked so that nothing but the role can refuse it: with what is really there,
//! and with forms that lack nothing.

use std::cell::Cell;
use std::fmt;

use axum::http::Method;

use super::real::{ACCOUNT, CLOSURE, Real};
use crate::app::{Answer, Browser};

/// A time that is free.
const TIME: [(&str, &str); 3] = [("date", "2026-12-06"), ("start", "10:00"), ("end", "12:00")];

/// A form as it is sent, but for the token.
type Form = Vec<(String, String)>;

/// One way to ask a route.
pub struct Ask {
    address: String,
    form: Option<Form>,
}

impl Ask {
    /// By this browser, with its form token.
    pub async fn by(&self, browser: &mut Browser, token: &str) -> Answer {
        let Some(form) = &self.form else {
            return browser.get(&self.address).await;
        };
        let own = form.iter().map(|(name, value)| (&**name, &**value));
        let all: Vec<_> = [("token", token)].into_iter().chain(own).collect();
        browser.post_form(&self.address, &all).await
    }

    /// Whether it is about this one, by its address or in its form.
    pub fn names(&self, id: &str) -> bool {
        let mut values = self.form.iter().flatten();
        self.address.contains(id) || values.any(|(_, value)| value == id)
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.form.as_ref().map_or("GET", |_| "POST");
        write!(f, "{method} {} {:?}", self.address, self.form)
    }
}

/// Every way to ask a route of the staff.
pub fn asks((method, path): (&Method, &str), real: &Real) -> Vec<Ask> {
    if *method == Method::GET {
        let looks = looks(path, real).into_iter();
        return looks
            .map(|address| Ask {
                address,
                form: None,
            })
            .collect();
    }
    let asks = forms(path, real).into_iter().map(|form| Ask {
        address: address(path, real),
        form: Some(form),
    });
    asks.collect()
}

/// The address of a route, with what is really there in it.
fn address(path: &str, real: &Real) -> String {
    let id = match path {
        // Sheets are of what was counted.
        _ if path.starts_with("/counter/till/{id}/") => &real.counted,
        _ if path.starts_with("/counter/till/") => &real.till,
        _ if path.starts_with("/counter/people/") => &real.person,
        _ if path.starts_with("/counter/groups/") || path.starts_with("/groups/") => &real.group,
        _ if path.starts_with("/manage/closures/") => &real.closure,
        _ if path.starts_with("/counter/reviews/") => &real.in_review,
        _ if path.starts_with("/manage/transfers/") => &real.order,
        // Papers are of what was paid, and accounts for what waits.
        _ if ["/receipt.pdf", "/notice.pdf", "/refund-account"]
            .iter()
            .any(|page| path.ends_with(page)) =>
        {
            &real.given_up
        }
        _ if path.ends_with("/cancel") => &real.other,
        _ => &real.held,
    };
    path.replace("{facility}", "gym")
        .replace("{room}", "gym-full")
        .replace("facilities/{id}", "facilities/gym")
        .replace("rooms/{id}", "rooms/gym-full")
        .replace("{id}", id)
        .replace("{nth}", "1")
}

/// Every address at which a page shows something of the gym.
pub fn looks(path: &str, real: &Real) -> Vec<String> {
    let Real { person, number, .. } = real;
    let time = "date=2026-12-06&start=10%3A00&end=12%3A00";
    let queries = match path {
        "/counter" => vec![
            "?facility=gym&date=2026-12-05".to_owned(),
            format!("?find={number}"),
        ],
        "/counter/till" => vec!["?facility=gym&date=2026-11-21".to_owned()],
        "/counter/groups/new" => vec![format!("?person={person}")],
        "/counter/groups" => vec!["?name=%E5%89%A3%E9%81%93".to_owned()],
        "/counter/book" => vec![format!("?person={person}&facility=gym&date=2026-12-05")],
        "/counter/rooms/{room}/book" => vec![format!("?person={person}&{time}")],
        "/manage" => vec!["?facility=gym&date=2026-12-05".to_owned()],
        "/manage/closures/new" => vec!["?facility=gym".to_owned()],
        "/manage/figures" | "/manage/figures.csv" => {
            vec!["?facility=gym&month=2026-12".to_owned()]
        }
        "/manage/accounts" | "/manage/accounts.csv" => vec!["?month=2026-11".to_owned()],
        "/manage/history" => vec![format!("?find={number}")],
        _ => vec![String::new()],
    };
    let address = address(path, real);
    let whole = queries.iter().map(|query| format!("{address}{query}"));
    whole.collect()
}

/// The forms of a page of the staff, each with all it needs but the token.
fn forms(path: &str, real: &Real) -> Vec<Form> {
    let Real {
        held,
        person,
        till,
        refund,
        ordered,
        review,
        ..
    } = real;
    // Each form was opened anew: what says something else under an old key is refused as stale.
    let opened = Cell::new(0_u32);
    let form = |pairs: &[(&str, &str)]| -> Form {
        opened.set(opened.get() + 1);
        let submission = format!("0193a0b0-0000-7000-8000-{:012x}", opened.get());
        let own = [("submission", &*submission)];
        let all = own.iter().chain(pairs);
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let with = |own: &[(&str, &str)], more: &[(&str, &str)]| form(&[own, more].concat());
    match path {
        "/counter" => ["check_in", "undo_check_in", "no_show", "undo_no_show"]
            .map(|action| form(&[("reservation", held), ("action", action)]))
            .into(),
        "/counter/people" => vec![form(&[("search", "山田")])],
        "/counter/people/new" => vec![form(&[
            ("name", "山本　太郎"),
            ("kana", "ヤマモト　タロウ"),
            ("phone", "090-1111-2222"),
            ("residence", "in"),
            ("document", "driving_licence"),
        ])],
        "/counter/people/{id}" => vec![
            form(&[("phone", "090-1111-2222")]),
            form(&[("action", "tie"), ("tie", "works")]),
            form(&[("action", "end_tie"), ("ended", "works")]),
        ],
        "/counter/groups/new" => vec![form(&[
            ("person", person),
            ("group_name", "朗読の会"),
            ("group_kana", "ロウドク ノ カイ"),
            ("activity", "絵本の読み聞かせ"),
            ("members", "12"),
            ("members_in_town", "6"),
        ])],
        "/counter/groups/{id}" => {
            let counted = [("members", "12"), ("members_in_town", "6")];
            let seen = [
                ("action", "note"),
                ("seen.rules", "1"),
                ("seen.roster", "1"),
            ];
            vec![
                with(&counted, &seen),
                form(&[("action", "approve")]),
                form(&[("action", "end"), ("reason", "解散のため")]),
            ]
        }
        "/counter/rooms/{room}/book" => ["recalculate", "other_time", "book"]
            .map(|action| {
                let more = [
                    ("person", &**person),
                    ("people", "12"),
                    ("purpose", "basketball"),
                    ("action", action),
                ];
                with(&TIME, &more)
            })
            .into(),
        "/counter/reviews/{id}" => ["grant", "refuse"]
            .map(|action| {
                form(&[
                    ("review", review),
                    ("action", action),
                    ("reason", "要綱のとおり"),
                ])
            })
            .into(),
        "/counter/till" => vec![form(&[
            ("facility", "gym"),
            ("drawer", "3"),
            ("float", "1000"),
        ])],
        "/counter/till/{id}" => vec![
            form(&[("action", "float"), ("float", "1000")]),
            form(&[
                ("action", "close"),
                ("seen_expected_yen", "7400"),
                ("count.1000", "6"),
                ("reason", "数えなおしても合わない"),
            ]),
        ],
        "/counter/reservations/{id}" => {
            let cash = [("till", &**till), ("seen_total_yen", "2400")];
            vec![
                form(&[("action", "check_in")]),
                form(&[("action", "extend")]),
                with(&cash, &[("action", "exact")]),
                with(&cash, &[("action", "cash"), ("tendered", "3000")]),
                form(&[("action", "phone")]),
                form(&[("action", "pay_out"), ("till", till), ("refund", refund)]),
            ]
        }
        "/counter/reservations/{id}/cancel" => {
            vec![form(&[("seen_refund_yen", "0"), ("reason", "本人の申出")])]
        }
        "/counter/reservations/{id}/refund-account" => vec![form(&ACCOUNT)],
        "/manage/transfers" => {
            let chosen = format!("refund.{refund}");
            vec![form(&[(&*chosen, "1"), ("pay_on", "2026-11-27")])]
        }
        "/manage/transfers/{id}" => {
            let sent = [("action", "carried_out"), ("sent_on", "2026-11-21")];
            vec![
                form(&[("action", "approve")]),
                form(&sent),
                form(&[("action", "sent_back"), ("refund", ordered)]),
                form(&[("action", "withdraw")]),
            ]
        }
        "/manage/closures/new" => vec![
            with(&CLOSURE, &[("action", "preview")]),
            with(&CLOSURE, &[("action", "close"), ("seen", "what was seen")]),
        ],
        "/manage/closures/{id}" => ["day", "rest"]
            .map(|field| form(&[(field, "2026-12-08")]))
            .into_iter()
            .chain([form(&[("all", "1")])])
            .collect(),
        "/manage/study" => ["compare", "csv"]
            .map(|action| {
                form(&[
                    ("town_file", testkit::TOWN_FILE),
                    ("from", "2026-12-01"),
                    ("until", "2026-12-31"),
                    ("action", action),
                ])
            })
            .into(),
        "/manage/town/preview" => vec![form(&[("town_file", testkit::TOWN_FILE)])],
        _ => panic!("{path} takes forms that the walk does not know: fill one in here"),
    }
}
