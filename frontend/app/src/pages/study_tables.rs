//! The tables of a study.

use domain::study::{Class, KindChange, ReductionName, RoomName, Row, Tally, Unpriced};
use leptos::prelude::*;

use crate::text::study;

/// 部屋別, with the total below.
#[component]
pub(super) fn ByRoom(rows: Vec<Row<RoomName>>, total: Tally) -> impl IntoView {
    let rows = rows.into_iter();
    let rows = rows.map(|row| (study::place(&row.of), row.tally)).collect();
    view! {
        <Tallies caption=study::BY_ROOM of=study::ROOM rows=rows total=Some(total)/>
    }
}

/// 利用者区分別.
#[component]
pub(super) fn ByClass(rows: Vec<Row<Class>>) -> impl IntoView {
    let rows = rows.into_iter();
    let rows = rows.map(|row| (row.of.to_string(), row.tally)).collect();
    view! { <Tallies caption=study::BY_CLASS of=study::CLASS rows=rows/> }
}

/// 減免別.
#[component]
pub(super) fn ByReduction(rows: Vec<Row<ReductionName>>) -> impl IntoView {
    let rows = rows.into_iter();
    let rows = rows.map(|row| (row.of.to_string(), row.tally)).collect();
    view! { <Tallies caption=study::BY_REDUCTION of=study::REDUCTION rows=rows/> }
}

#[component]
fn Tallies(
    caption: &'static str,
    of: &'static str,
    rows: Vec<(String, Tally)>,
    #[prop(optional_no_strip)] total: Option<Tally>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(name, tally)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells(tally)}
                </tr>
            }
        })
        .collect_view();
    let total = total.map(|total| {
        view! {
            <tfoot>
                <tr>
                    <th scope="row">{study::TOTAL}</th>
                    {cells(total)}
                </tr>
            </tfoot>
        }
    });
    let head = [
        of,
        study::USES,
        study::BEFORE,
        study::AFTER,
        study::DIFFERENCE,
        study::CHANGE,
        study::RAISED,
        study::LOWERED,
        study::CANNOT,
    ];
    view! {
        <section class="table-frame" tabindex="0" role="group" aria-label=caption>
            <table class="tallies">
                <caption>{caption}</caption>
                <thead>
                    <tr>{head.map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
                {total}
            </table>
        </section>
    }
}

fn cells(tally: Tally) -> impl IntoView {
    [
        study::count(tally.uses),
        study::sum(tally.before_yen),
        study::sum(tally.after_yen),
        study::difference(tally.difference()),
        study::change(tally.change()),
        study::count(tally.raised),
        study::count(tally.lowered),
        study::count(tally.unpriced),
    ]
    .map(|text| view! { <td class="number">{text}</td> })
    .collect_view()
}

/// What changes most for one booking; nothing where nothing changes.
#[component]
pub(super) fn Largest(rows: Vec<KindChange>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows
            .into_iter()
            .map(|one| {
                let numbers = [
                    study::count(one.uses),
                    one.before.to_string(),
                    one.after.to_string(),
                    study::difference(one.difference()),
                    study::change(one.change()),
                ];
                view! {
                    <tr>
                        <th scope="row">{study::place(&one.kind.place)}</th>
                        <td>{study::kind(&one.kind)}</td>
                        {numbers
                            .map(|text| view! { <td class="number">{text}</td> })
                            .collect_view()}
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="table-frame" tabindex="0" role="group" aria-label=study::LARGEST>
                <table class="tallies">
                    <caption>{study::LARGEST}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{study::ROOM}</th>
                            <th class="words" scope="col">{study::KIND}</th>
                            {[
                                study::USES,
                                study::BEFORE,
                                study::AFTER,
                                study::DIFFERENCE,
                                study::CHANGE,
                            ]
                                .map(|name| view! { <th scope="col">{name}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

/// What the proposal has no price for; nothing where it has one for all.
#[component]
pub(super) fn NotPriced(rows: Vec<Unpriced>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows
            .into_iter()
            .map(|one| {
                view! {
                    <tr>
                        <th scope="row">{study::place(&one.place)}</th>
                        <td>{one.why}</td>
                        <td class="number">{study::count(one.uses)}</td>
                        <td class="number">{study::sum(one.yen)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <p>{study::UNPRICED_LEAD}</p>
            <section class="table-frame" tabindex="0" role="group" aria-label=study::UNPRICED>
                <table class="tallies">
                    <caption>{study::UNPRICED}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{study::ROOM}</th>
                            <th class="words" scope="col">{study::WHY}</th>
                            <th scope="col">{study::USES}</th>
                            <th scope="col">{study::BEFORE}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}
