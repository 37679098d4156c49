//! What is shown instead of a page that cannot be.

use contract::{Reaction, Refusal};
use domain::ids::RequestId;
use leptos::prelude::*;

use crate::address::Address;
use crate::frame::Page;
use crate::links;
use crate::parts::{ButtonLink, Kind};
use crate::text::{errors, refusal, site, staff};

/// The HTTP status of a refusal, by who can do something about it.
pub const fn status(refusal: &Refusal) -> u16 {
    match refusal.reaction() {
        Reaction::Mend => 422,
        Reaction::ChooseAgain => 409,
        Reaction::SignIn => 401,
        Reaction::Nothing => 403,
        Reaction::NotHere => 404,
        Reaction::Later => 503,
    }
}

/// A page that was refused.
pub fn refused(refusal: &Refusal, address: &Address) -> Page {
    match refusal.reaction() {
        Reaction::NotHere => {
            let next = if is_staffs(address) {
                errors::NOT_FOUND_STAFF
            } else {
                errors::NOT_FOUND_NEXT
            };
            apology(errors::NOT_FOUND, next, ways_out(address))
        }
        Reaction::Nothing => {
            let next = if is_staffs(address) {
                errors::FORBIDDEN_STAFF
            } else {
                errors::FORBIDDEN_NEXT
            };
            apology(errors::FORBIDDEN, next, ways_out(address))
        }
        Reaction::SignIn => {
            let words = refusal::explain(refusal);
            let (href, button) = match refusal {
                Refusal::StaffSignInRequired => {
                    (links::staff_sign_in(address.whole()), staff::SIGN_IN)
                }
                _ => (links::sign_in(address.whole()), site::SIGN_IN),
            };
            let way = view! { <ButtonLink href=href kind=Kind::Primary>{button}</ButtonLink> };
            apology(&words.what, &words.next, way)
        }
        Reaction::Later => {
            let words = refusal::explain(refusal);
            let way = view! {
                <ButtonLink href=address.whole() kind=Kind::Primary>{errors::TRY_AGAIN}</ButtonLink>
            };
            apology(&words.what, &words.next, way)
        }
        Reaction::Mend | Reaction::ChooseAgain => {
            let words = refusal::explain(refusal);
            apology(&words.what, &words.next, ways_out(address))
        }
    }
}

/// A page that broke: what to tell the office, and nothing of what broke.
pub fn broken(request: RequestId, address: &Address) -> Page {
    let (home, words) = if is_staffs(address) {
        (links::STAFF, errors::TO_STAFF)
    } else {
        (links::SEARCH, errors::TO_SEARCH)
    };
    let ways = view! {
        <ButtonLink href=address.whole() kind=Kind::Primary>{errors::TRY_AGAIN}</ButtonLink>
        <ButtonLink href=home>{words}</ButtonLink>
        <p class="small quiet">{format!("{}: {request}", errors::REQUEST)}</p>
    };
    apology(errors::BROKEN, errors::BROKEN_NEXT, ways)
}

fn apology(heading: &str, next: &str, ways: impl IntoView + 'static) -> Page {
    let title = heading.trim_end_matches('。').to_owned();
    Page::new(
        title.clone(),
        view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{title}</h1>
                <p>{next.to_owned()}</p>
                <div class="actions">{ways}</div>
            </div>
        },
    )
}

fn is_staffs(address: &Address) -> bool {
    links::is_staffs(address.whole())
}

/// On from here, to one's own pages: the residents' know nothing of staff.
fn ways_out(address: &Address) -> AnyView {
    if is_staffs(address) {
        return view! {
            <ButtonLink href=links::STAFF kind=Kind::Primary>{errors::TO_STAFF}</ButtonLink>
        }
        .into_any();
    }
    view! {
        <ButtonLink href=links::SEARCH kind=Kind::Primary>{errors::TO_SEARCH}</ButtonLink>
        <ButtonLink href=links::RESERVATIONS>{errors::TO_RESERVATIONS}</ButtonLink>
    }
    .into_any()
}
