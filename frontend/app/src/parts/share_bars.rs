//! A chart of shares (横棒グラフ): two bars a row, the second within the first.

use domain::figures::Ratio;
use leptos::prelude::*;

/// One row of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareBar {
    /// What it is of.
    pub label: String,
    /// How the row reads aloud, with both shares.
    pub says: String,
    /// The longer bar.
    pub outer: Ratio,
    /// The bar within it.
    pub inner: Ratio,
}

/// A row's height and the bar's, in the chart's own units of 0.1 % across.
const ROW: usize = 34;
const BAR: usize = 18;

/// Bars on a scale from 0 to 100 %. The same numbers stand in the page's table: the chart is an image
/// with a text, and its rows are named for whoever moves through them.
#[component]
pub fn ShareBars(
    /// What the chart shows, in a sentence.
    says: &'static str,
    /// What the longer and the inner bar are.
    legend: [&'static str; 2],
    bars: Vec<ShareBar>,
) -> impl IntoView {
    let rows = bars
        .into_iter()
        .map(|bar| {
            let [outer, inner] = [bar.outer, bar.inner].map(|share| share.permille().unwrap_or(0));
            view! {
                <div class="bar">
                    <span class="bar-label">{bar.label}</span>
                    <svg
                        viewBox=format!("0 0 1000 {ROW}")
                        preserveAspectRatio="none"
                        role="img"
                        aria-label=bar.says
                    >
                        <rect class="bar-ground" x="0" y="8" width="1000" height=BAR></rect>
                        <rect class="bar-outer" x="0" y="8" width=outer height=BAR></rect>
                        <rect class="bar-inner" x="0" y="13" width=inner height="8"></rect>
                    </svg>
                    <span class="bar-share" aria-hidden="true">{bar.outer.to_string()}</span>
                </div>
            }
        })
        .collect_view();
    let [outer, inner] = legend;
    view! {
        <figure class="bars">
            <figcaption class="small">
                <p>{says}</p>
                <p class="bars-legend" aria-hidden="true">
                    <svg viewBox="0 0 24 18"><rect class="bar-outer" width="24" height="18"></rect></svg>
                    {outer}
                    <svg viewBox="0 0 24 18"><rect class="bar-inner" y="5" width="24" height="8"></rect></svg>
                    {inner}
                </p>
            </figcaption>
            {rows}
        </figure>
    }
}
