//! Staff, over real HTTP to the stand-in issuer: who is let in, for how long, and that nothing of
//! theirs opens a resident's door nor the other way round (identity.md §2, §5).

mod answers;
mod doors;
mod lasting;
mod ways;

use crate::app::{Answer, Browser};

const SESSION: &str = "__Host-session";
const STAFF: &str = "__Host-staff";
const ATTEMPT: &str = "__Host-sign-in";
const STAFF_ATTEMPT: &str = "__Host-staff-sign-in";

/// Nobody is in by this answer, and it leads to the page that says why.
#[track_caller]
fn assert_turned_away(answer: &Answer, reason: &str) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("set-cookie"), None);
    let place = answer.header("location").unwrap();
    let expected = format!("/staff/failed?reason={reason}");
    assert!(place.starts_with(&expected), "{place}");
}

/// Whether the browser's session is somebody's of the staff, with a role.
async fn is_on_duty(browser: &mut Browser) -> bool {
    let page = browser.get("/staff").await;
    assert_eq!(page.status, 200);
    page.text().contains("15分使わないか")
}
