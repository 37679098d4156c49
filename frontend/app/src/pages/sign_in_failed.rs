//! ログインできませんでした.

use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Kind, SignedInAlready};
use crate::text::sign_in;

/// `?reason=` `cancelled`, `expired`, `unavailable` or anything else; `?return_to=` where it began.
#[component]
pub fn SignInFailedPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let reason = address.query().get("reason").unwrap_or("");
        let return_to = own_path(address.query().get("return_to"));
        let signed_in = visit.call.person().is_some();
        // Of no consequence to them: an old page of the card service, or one they thought better of.
        if signed_in && ["expired", "cancelled"].contains(&reason) {
            let body = view! { <SignedInAlready return_to=return_to/> };
            return Ok(Page::new(sign_in::ALREADY, body));
        }
        let (what, next) = sign_in::failed_because(reason);
        let back = if signed_in {
            sign_in::BACK_SIGNED_IN
        } else {
            sign_in::BACK
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{sign_in::FAILED}</h1>
                <p><strong>{what}</strong></p>
                <p>{next}</p>
                <div class="actions">
                    <ButtonLink href=links::sign_in(&return_to) kind=Kind::Primary>
                        {sign_in::AGAIN}
                    </ButtonLink>
                    <ButtonLink href=return_to>{back}</ButtonLink>
                </div>
            </div>
        };
        Ok(Page::new(sign_in::FAILED, body))
    })
}

/// A path on this site, or the front page: a link made by somebody else leads nowhere else.
pub(super) fn own_path(asked: Option<&str>) -> String {
    asked
        .filter(|path| path.starts_with('/'))
        .filter(|path| !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t']))
        .unwrap_or(links::SEARCH)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(
            own_path(Some("/rooms/gym?date=2026-11-28")),
            "/rooms/gym?date=2026-11-28"
        );
        for evil in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:1",
        ] {
            assert_eq!(own_path(Some(evil)), "/", "{evil}");
        }
    }
}
