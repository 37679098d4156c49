//! Waiting at the counter for somebody who pays on their phone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::again::{pause, show_again, text_by_itself};

/// How often is looked, milliseconds.
const EVERY: i32 = 2_000;

/// Looked so often, the payment service itself is asked: its notice may come late or never.
const ASK_EACH: u32 = 5;

/// So many looks are ten minutes. An unattended screen then lets its session end.
const MOST: u32 = 300;

/// Looks how the payment stands and shows the page again once it is over. Without JavaScript there
/// is a link that does the same.
#[island]
pub fn CounterWatch(
    /// Where the answer is: `waiting`, `paid` or `over`.
    address: String,
) -> impl IntoView {
    Effect::new(move || {
        let address = address.clone();
        spawn_local(async move {
            for look in 1..=MOST {
                if pause(EVERY).await.is_err() {
                    return;
                }
                let asked = if look.is_multiple_of(ASK_EACH) {
                    format!("{address}?ask=1")
                } else {
                    address.clone()
                };
                // Away for a moment is not over.
                let Ok(answer) = text_by_itself(&asked).await else {
                    continue;
                };
                if answer != "waiting" {
                    return show_again();
                }
            }
        });
    });
    view! { <span hidden></span> }
}
