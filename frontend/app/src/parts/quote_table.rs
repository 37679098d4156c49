//! The quote (料金内訳): the total, and how it comes about.

use contract::Refusal;
use domain::money::SignedYen;
use domain::quote::Quote;
use leptos::prelude::*;

use crate::text::refusal::explain;
use crate::text::{booking, money};

/// The total in large, and the lines on demand. `id="quote"`: the live total replaces it.
#[component]
pub fn QuotePanel(
    /// Or what keeps it from being reckoned.
    quote: Result<Quote, Refusal>,
) -> impl IntoView {
    let seen = quote.as_ref().ok().map(|quote| quote.total_yen.get());
    view! {
        <section class="quote" id="quote" aria-labelledby="quote-heading">
            <h2 class="unseen" id="quote-heading">{booking::QUOTE}</h2>
            {match &quote {
                Ok(quote) => view! {
                    <output class="sum" aria-live="polite">{money::fee(quote.total_yen)}</output>
                }.into_any(),
                // The fields that it takes say so themselves.
                Err(Refusal::InvalidInput { .. }) => view! {
                    <p class="quiet">{booking::QUOTE_UNKNOWN}</p>
                }.into_any(),
                Err(refusal) => {
                    let words = explain(refusal);
                    view! {
                        <p class="quote-why" role="status">{words.what}</p>
                        <p class="quiet small">{words.next}</p>
                    }.into_any()
                }
            }}
            {seen.map(|yen| view! { <input type="hidden" name="seen_total_yen" value=yen/> })}
            {quote.ok().map(|quote| view! {
                <details>
                    <summary>{booking::QUOTE_LINES}</summary>
                    <QuoteTable quote=quote/>
                </details>
            })}
        </section>
    }
}

/// The lines with their articles, and their sum.
#[component]
pub fn QuoteTable(quote: Quote) -> impl IntoView {
    let lines = quote.lines.into_iter().map(|line| {
        view! {
            <tr>
                <th scope="row">
                    {line.label}
                    {(line.quantity > 1).then(|| view! {
                        <span class="nowrap quiet">
                            {format!("（{}）", booking::times(line.unit_yen, line.quantity))}
                        </span>
                    })}
                    <small class="quote-basis">{line.basis}</small>
                </th>
                <td class="yen">{money::line(line.amount_yen)}</td>
            </tr>
        }
    });
    let total = quote.total_yen;
    let sum = if quote.unreduced_yen.is_some() {
        booking::QUOTE_LEFT
    } else {
        booking::QUOTE_TOTAL
    };
    let reduced = quote.unreduced_yen.map(|before| {
        let off = SignedYen::new(total.as_i64() - before.as_i64());
        view! {
            <tr>
                <th scope="row">{booking::QUOTE_UNREDUCED}</th>
                <td class="yen">{money::fee(before)}</td>
            </tr>
            <tr>
                <th scope="row">{booking::QUOTE_OFF}</th>
                <td class="yen">{money::line(off)}</td>
            </tr>
        }
    });
    let tax = (!quote.tax_included_yen.is_zero()).then_some(quote.tax_included_yen);
    view! {
        <table class="lines">
            <thead class="unseen">
                <tr>
                    <th scope="col">{booking::QUOTE_WHAT}</th>
                    <th scope="col">{booking::QUOTE_AMOUNT}</th>
                </tr>
            </thead>
            <tbody>{lines.collect_view()}</tbody>
            <tfoot>
                {reduced}
                <tr>
                    <th scope="row">
                        {sum}
                        {tax.map(|tax| view! {
                            <small class="quote-basis">{booking::tax_inside(tax)}</small>
                        })}
                    </th>
                    <td class="yen">{money::fee(total)}</td>
                </tr>
            </tfoot>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use contract::ProblemKind;
    use domain::money::Yen;
    use domain::quote::{Component, QuoteLine};

    use super::*;
    use crate::test_render::html;

    fn quote(yen: u32, quantity: u32) -> Quote {
        Quote {
            total_yen: Yen::new(yen * quantity),
            tax_included_yen: Yen::ZERO,
            unreduced_yen: None,
            tariff_version: "2025-08-01".to_owned(),
            lines: vec![QuoteLine {
                label: "体育館（全面）".to_owned(),
                basis: "条例第8条 別表".to_owned(),
                component: Component::Room,
                quantity,
                unit_yen: Yen::new(yen).into(),
                amount_yen: Yen::new(yen * quantity).into(),
            }],
        }
    }

    #[test]
    fn the_total_that_is_seen_is_the_total_that_is_posted() {
        let page = html(|| view! { <QuotePanel quote=Ok(quote(1_234_567, 2))/> });
        assert!(page.contains("2,469,134円"), "{page}");
        assert!(
            page.contains("name=\"seen_total_yen\" value=\"2469134\""),
            "{page}"
        );
        assert!(page.contains("1,234,567円 × 2"), "{page}");
        assert!(page.contains("条例第8条 別表"), "{page}");
    }

    #[test]
    fn a_reduction_has_rows_of_its_own() {
        let reduced = Quote {
            unreduced_yen: Some(Yen::new(1_000)),
            ..quote(400, 1)
        };
        let page = html(|| view! { <QuoteTable quote=reduced/> });
        for words in ["減免前の額", "1,000円", "減免額", "−600円", "差引", "400円"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("合計"), "{page}");
        let whole = html(|| view! { <QuoteTable quote=quote(400, 1)/> });
        assert!(whole.contains("合計") && !whole.contains("減免"), "{whole}");
    }

    #[test]
    fn without_a_quote_no_total_is_posted() {
        let missing = Refusal::field("people", ProblemKind::Missing);
        let page = html(|| view! { <QuotePanel quote=Err(missing)/> });
        assert!(!page.contains("seen_total_yen"), "{page}");
        assert!(page.contains("id=\"quote\""), "{page}");
        assert!(page.contains(booking::QUOTE_UNKNOWN), "{page}");
    }

    /// Scenario 20: with the live total nothing else of the page changes.
    #[test]
    fn what_the_ordinance_excludes_is_said_where_the_total_would_be() {
        let why = "入場料を徴収する利用は減免の対象になりません";
        let excluded = Refusal::ReductionExcluded {
            reduction: "市の後援".to_owned(),
            why: why.to_owned(),
            article: "条例第9条".to_owned(),
        };
        let page = html(|| view! { <QuotePanel quote=Err(excluded)/> });
        assert!(page.contains(&format!("{why}（条例第9条）。")), "{page}");
        assert!(page.contains("減免を受けずに進んでください"), "{page}");
        assert!(!page.contains(booking::QUOTE_UNKNOWN), "{page}");
    }
}
