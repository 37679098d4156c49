//! The field that finds a reservation by number or scanned code (予約番号・QRコード).

use leptos::prelude::*;

use crate::text::counter;

/// A scanner types into the field and presses Enter. Asks its page again with `?find=`.
#[component]
pub fn FindReservation(
    /// The page that answers.
    action: &'static str,
    /// What was typed, if anything was.
    typed: Option<String>,
    /// What to say of it when nothing was found.
    lost: Option<String>,
    /// Whether the page begins here.
    focused: bool,
) -> impl IntoView {
    let invalid = lost.is_some().then_some("true");
    let described = invalid.map(|_| "find-error");
    view! {
        <form class="find no-print" method="get" action=action role="search">
            <label for="find">{counter::FIND}</label>
            {lost.map(|words| view! { <p class="field-error" id="find-error">{words}</p> })}
            <div class="row">
                <input
                    class="control"
                    id="find"
                    name="find"
                    type="search"
                    autocomplete="off"
                    maxlength="100"
                    required
                    autofocus=focused
                    accesskey="s"
                    value=typed
                    aria-invalid=invalid
                    aria-describedby=described
                    title=counter::FIND_HOW
                />
                <button class="button" type="submit">{counter::FIND_GO}</button>
            </div>
        </form>
    }
}
