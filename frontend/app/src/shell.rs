//! The document: what is there before any page is (HTMLの外枠).

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::app::App;
use crate::visit::{Bundle, Visit};

/// The whole document. Wants a [`Visit`] in the context.
pub fn shell() -> impl IntoView {
    let bundle = expect_context::<Visit>().bundle;
    view! {
        <!DOCTYPE html>
        <html lang="ja">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="stylesheet" href=bundle.style/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Loads the browser's half; only on pages with islands.
#[component]
pub fn IslandScripts(bundle: Bundle) -> impl IntoView {
    let options = LeptosOptions::builder()
        .output_name("browser")
        .site_pkg_dir(bundle.pkg)
        .build();
    view! { <HydrationScripts options=options islands=true/> }
}
