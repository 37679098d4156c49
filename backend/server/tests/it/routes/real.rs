//! What really stands behind the addresses, so that only the walls keep anybody from it.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::Role;
use domain::town::ReviewRule;
use domain::transfer::Payer;
use serde_json::json;

use crate::api::booking;
use crate::app::{Browser, HANAKO, SUZUKI, TOWN, TestApp, hidden};
use crate::{sale, walk_in};

/// The day of the closure: a Tuesday on which nobody has booked.
const CLOSED: &str = "2026-12-08";

/// 花子 and what the counter and the manager of the gym have to do with her.
pub struct Real {
    /// Her browser.
    pub hanako: Browser,
    /// Her number among the people.
    pub person: String,
    /// A reservation that waits to be paid.
    pub held: String,
    /// Another one.
    pub other: String,
    /// A reservation that was paid in cash and given up; its money waits at the counter.
    pub given_up: String,
    /// That money.
    pub refund: String,
    /// An order to the bank, with the money of another reservation that was given up.
    pub order: String,
    /// That money.
    pub ordered: String,
    /// The open drawer of the gym.
    pub till: String,
    /// A drawer that was counted and closed.
    pub counted: String,
    /// A closure of the gym.
    pub closure: String,
    /// A group that she represents, applied for.
    pub group: String,
    /// A reservation whose use somebody looks at first.
    pub in_review: String,
    /// What is to be decided about it.
    pub review: String,
    /// The number of the first reservation.
    pub number: String,
    /// What nobody else may read.
    pub words: Vec<String>,
}

impl Real {
    /// What has a number of its own, and so is in no other town.
    pub fn ids(&self) -> [&str; 11] {
        [
            &self.person,
            &self.held,
            &self.other,
            &self.given_up,
            &self.order,
            &self.till,
            &self.counted,
            &self.closure,
            &self.group,
            &self.in_review,
            &self.number,
        ]
    }
}

/// Makes all of that, by the pages themselves.
pub async fn real(app: &TestApp) -> Real {
    let mut hanako = app.resident(TOWN, HANAKO).await;
    let mut made = Vec::new();
    for (start, end, key) in [
        ("18:00", "20:00", 1),
        ("16:00", "18:00", 2),
        ("10:00", "12:00", 3),
        ("14:00", "16:00", 5),
    ] {
        let mut wish = booking(start, end, key);
        wish["note"] = json!("花子のメモ");
        let booked = hanako.post_json("/api/v1/reservations", &wish).await;
        assert_eq!(booked.status, 201, "{}", booked.text());
        let booked = booked.json();
        let text = |name: &str| booked[name].as_str().unwrap().to_owned();
        made.push((text("id"), text("number")));
    }
    let ids = |place: usize| made[place].0.clone();

    let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
    adopt_rules(app).await;
    let drawer = sale::drawer(&mut manager, "5000").await;
    give_up(&mut manager, &ids(3)).await;
    let (order, ordered) = ordered(app, &mut manager, &ids(3)).await;
    give_up(&mut manager, &ids(2)).await;
    let page = format!("/counter/reservations/{}", ids(2));
    let refund = hidden(&manager.get(&page).await.text(), "refund");

    let counted = counted(&mut manager).await;
    let in_review = in_review(&mut hanako).await;
    let review = format!("/counter/reviews/{in_review}");
    let review = hidden(&manager.get(&review).await.text(), "review");
    let group = applied(&mut hanako).await;
    let found = walk_in::search(&mut manager, "山田").await.text();
    let own = [
        "花子のメモ",
        "山田",
        "花子",
        "hanako@example.jp",
        "090-1234-5678",
        "光台九丁目",
        "屋根の修理",
        "職員 suzuki",
        "花組剣道クラブ",
        "ﾔﾏﾀﾞ ﾊﾅｺ",
        "0012345",
    ];
    let mut words: Vec<_> = own.map(str::to_owned).into();
    words.extend(made.iter().map(|(_, number)| number.clone()));
    Real {
        hanako,
        person: walk_in::person_in(&found),
        held: ids(0),
        other: ids(1),
        given_up: ids(2),
        refund,
        order,
        ordered,
        till: last(&drawer),
        counted: last(&counted),
        closure: closure(&mut manager).await,
        group,
        in_review,
        review,
        number: made[0].1.clone(),
        words,
    }
}

/// Paid in cash, and given up by the counter.
async fn give_up(manager: &mut Browser, id: &str) {
    let page = format!("/counter/reservations/{id}");
    let cash = [("action", "cash"), ("tendered", "3000")];
    let taken = sale::press(manager, &page, &cash).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let reason = [("reason", "本人の申出")];
    let given_up = sale::press(manager, &format!("{page}/cancel"), &reason).await;
    assert_eq!(given_up.status, 303, "{}", given_up.text());
}

/// The money of a reservation goes to an account that a clerk was told; gives the order to the bank and
/// what is in it.
async fn ordered(app: &TestApp, manager: &mut Browser, id: &str) -> (String, String) {
    const LIST: &str = "/manage/transfers";
    let page = format!("/counter/reservations/{id}/refund-account");
    let told = sale::press(manager, &page, &ACCOUNT).await;
    assert_eq!(told.status, 303, "{}", told.text());
    app.grant(TOWN, SUZUKI, Role::Accounting, None).await;
    let list = manager.get(LIST).await.text();
    let (_, after) = list.split_once("name=\"refund.").unwrap();
    let refund = after[..36].to_owned();
    let chosen = format!("refund.{refund}");
    let form = [(&*chosen, "1"), ("pay_on", "2026-11-27")];
    let done = sale::press(manager, LIST, &form).await;
    assert_eq!(done.status, 303, "{}", done.text());
    (last(done.header("location").unwrap()), refund)
}

/// An account as a form sends it.
pub const ACCOUNT: [(&str, &str); 6] = [
    ("where", "bank"),
    ("bank_code", "0158"),
    ("branch_code", "123"),
    ("account_kind", "ordinary"),
    ("account_number", "12345"),
    ("holder", "ヤマダ ハナコ"),
];

/// The town looks at commercial uses first, and sends money to accounts.
async fn adopt_rules(app: &TestApp) {
    let mut town = app.world.town.town.clone();
    for facility in &mut town.facilities {
        Arc::make_mut(facility).booking.reviews.push(ReviewRule {
            purposes: BTreeSet::new(),
            class: Some("commercial".parse().unwrap()),
            label: "営利を目的とする利用".to_owned(),
            article: "条例第5条".to_owned(),
        });
    }
    town.payer = Some(Payer {
        code: "1234567890".to_owned(),
        name: "ヨリアイチョウ".to_owned(),
        bank: "0001".to_owned(),
        bank_name: "ミホン".to_owned(),
        branch: "001".to_owned(),
        branch_name: "ホンテン".to_owned(),
        number: "1234567".to_owned(),
        illustrative: true,
    });
    app.adopt(&town).await;
}

/// 花子 books the gym for a commercial use, which this town looks at first; gives its id.
async fn in_review(hanako: &mut Browser) -> String {
    let mut wish = booking("12:00", "14:00", 4);
    wish["what"]["attributes"] = json!({"commercial": true});
    let booked = hanako.post_json("/api/v1/reservations", &wish).await;
    assert_eq!(booked.status, 201, "{}", booked.text());
    let id = booked.json()["id"].as_str().unwrap().to_owned();
    let page = format!("/reservations/{id}/confirm");
    let token = hidden(&hanako.get(&page).await.text(), "token");
    let submitted = [("token", &*token), ("action", "submit")];
    let done = hanako.post_form(&page, &submitted).await;
    assert_eq!(done.status, 303, "{}", done.text());
    id
}

/// 花子 applies for a group; gives its id.
async fn applied(hanako: &mut Browser) -> String {
    const FORM: &str = "/groups/new";
    let page = hanako.get(FORM).await.text();
    let (token, submission) = (hidden(&page, "token"), hidden(&page, "submission"));
    let form = [
        ("token", &*token),
        ("submission", &*submission),
        ("group_name", "花組剣道クラブ"),
        ("group_kana", "ハナグミ ケンドウ クラブ"),
        ("activity", "剣道の稽古"),
        ("members", "12"),
        ("members_in_town", "6"),
    ];
    let done = hanako.post_form(FORM, &form).await;
    assert_eq!(done.status, 303, "{}", done.text());
    last(done.header("location").unwrap())
}

/// The id that an address ends with.
fn last(address: &str) -> String {
    let path = address.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// A drawer that was opened by mistake, counted and closed; gives its address.
async fn counted(manager: &mut Browser) -> String {
    let open = [("facility", "gym"), ("drawer", "2"), ("float", "1000")];
    let opened = sale::press(manager, "/counter/till?facility=gym", &open).await;
    let page = opened.header("location").unwrap().to_owned();
    let page = page.split('?').next().unwrap();
    let close = [("action", "close"), ("count.1000", "1")];
    let closed = sale::press(manager, page, &close).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    page.to_owned()
}

/// Closes the gym for a day; gives the closure's id.
async fn closure(manager: &mut Browser) -> String {
    const FORM: &str = "/manage/closures/new";
    let page = manager.get(&format!("{FORM}?facility=gym")).await.text();
    let (token, submission) = (hidden(&page, "token"), hidden(&page, "submission"));
    let mut form = vec![("token", &*token), ("submission", &*submission)];
    form.extend(CLOSURE);
    form.push(("action", "preview"));
    let seen = hidden(&manager.post_form(FORM, &form).await.text(), "seen");
    form.pop();
    form.extend([("action", "close"), ("seen", &*seen)]);
    let done = manager.post_form(FORM, &form).await;
    assert_eq!(done.status, 303, "{}", done.text());
    last(done.header("location").unwrap())
}

/// A closure of the whole gym, all day.
pub const CLOSURE: [(&str, &str); 6] = [
    ("facility", "gym"),
    ("place", "facility"),
    ("from", CLOSED),
    ("hours", "day"),
    ("kind", "works"),
    ("reason_note", "屋根の修理"),
];
