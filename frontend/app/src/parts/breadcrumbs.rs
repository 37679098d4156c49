//! Where one is (パンくずリスト).

use leptos::prelude::*;

use crate::text::site;

/// A step on the way here: its name and address. The page itself is not among them.
pub type Crumb = (String, String);

/// The way here, without the page itself, whose heading follows.
#[component]
pub fn Breadcrumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="breadcrumbs" aria-label=site::BREADCRUMBS>
                <ol>
                    {crumbs
                        .into_iter()
                        .map(|(name, href)| view! { <li><a href=href>{name}</a></li> })
                        .collect_view()}
                </ol>
            </nav>
        }
    })
}
