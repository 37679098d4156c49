//! Waiting for a payment to be known.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::again::{page, pause, show_again};

/// Asks for the page again, ever less often, and shows it once it no longer waits. Without
/// JavaScript there is a link that does the same.
#[island]
pub fn PaymentWatch() -> impl IntoView {
    Effect::new(move || {
        spawn_local(async {
            // Give up quietly after about four minutes: the mail tells.
            for wait in [
                1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 15_000, 30_000, 60_000, 120_000,
            ] {
                if pause(wait).await.is_err() {
                    return;
                }
                let Some(location) = web_sys::window().map(|window| window.location()) else {
                    return;
                };
                let Ok(address) = location.href() else { return };
                if let Ok(fresh) = page(&address, None).await
                    && fresh.get_element_by_id("payment-checking").is_none()
                {
                    return show_again();
                }
            }
        });
    });
    view! { <span hidden></span> }
}
