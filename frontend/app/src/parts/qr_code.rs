//! A two-dimensional code (二次元コード).

use leptos::prelude::*;
use qrcode::{QrCode as Code, render::svg};

/// The code as a drawing with a text for readers; nothing when the content is too long for one.
#[component]
pub fn QrCode(#[prop(into)] content: String, #[prop(into)] alt: String) -> impl IntoView {
    let code = Code::new(content.as_bytes()).ok()?;
    let drawing = code
        .render::<svg::Color<'_>>()
        .min_dimensions(224, 224)
        .quiet_zone(true)
        .build();
    let drawing = drawing
        .split_once("?>")
        .map_or(drawing.clone(), |(_, svg)| svg.to_owned());
    Some(view! { <div role="img" aria-label=alt inner_html=drawing></div> })
}
