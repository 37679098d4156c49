//! The board: rows of slots on one axis of time, as a real table.

use std::collections::BTreeSet;

use contract::SlotView;
use domain::availability::SlotStatus;
use domain::civil::TimeOfDay;
use domain::span::CELL_MINUTES;
use domain::town::Slug;
use leptos::prelude::*;

use super::StateWord;
use crate::links::Way;
use crate::text::availability;

/// A row of the board.
#[derive(Clone, Debug)]
pub struct BoardRow {
    /// What the row is: a room, or a day.
    pub head: String,
    /// Where its head leads, if anywhere.
    pub href: Option<String>,
    /// True for a room that is a part of the one above.
    pub part: bool,
    /// Which room its free slots book.
    pub room: Slug,
    /// What a free slot's link is said to book, before the time.
    pub said: String,
    /// Its slots.
    pub slots: Vec<SlotView>,
    /// What to say instead of slots: 「休館日 …」.
    pub closed: Option<String>,
}

/// Rows down, times across. Slots of different lengths span columns; what nobody can book at any
/// time has no column.
#[component]
pub fn Board(
    caption: String,
    corner: &'static str,
    rows: Vec<BoardRow>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let columns = columns(&rows);
    let width = columns.len();
    let heads = columns
        .iter()
        .map(|column| view! { <th scope="col">{column_head(*column)}</th> })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let cells = match row.closed.clone() {
                Some(why) => {
                    view! { <td colspan=width><span class="taken">{why}</span></td> }.into_any()
                }
                None => cells(&row, &columns, way).into_any(),
            };
            let head = match row.href {
                Some(href) => view! { <a href=href>{row.head}</a> }.into_any(),
                None => view! { <span>{row.head}</span> }.into_any(),
            };
            view! {
                <tr data-part=row.part>
                    <th scope="row">{head}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let name = caption.clone();
    view! {
        <div class="board" role="region" aria-label=name tabindex="0">
            <table>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{corner}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A column: from, until.
type Column = (TimeOfDay, TimeOfDay);

/// Where a slot is drawn. On a grid slots overlap, one beginning at every step: each is drawn up to
/// the beginning of the next.
fn drawn(slots: &[SlotView]) -> Vec<(Column, &SlotView)> {
    let next = slots
        .iter()
        .skip(1)
        .map(|slot| Some(slot.span.times().0))
        .chain([None]);
    slots
        .iter()
        .zip(next)
        .map(|(slot, next)| {
            let (start, end) = slot.span.times();
            ((start, next.map_or(end, |next| next.min(end))), slot)
        })
        .collect()
}

/// Joins neighbours that cannot be booked for one and the same reason: a cell says it for them all.
/// Each taken time stays a cell of its own, because another beside it may become free.
fn in_runs(drawn: Vec<(Column, &SlotView)>) -> Vec<(Column, &SlotView)> {
    let mut runs: Vec<(Column, &SlotView)> = Vec::with_capacity(drawn.len());
    for ((start, end), slot) in drawn {
        match runs.last_mut() {
            Some(((_, reached), before))
                if *reached == start
                    && before.status == slot.status
                    && !matches!(
                        slot.status,
                        SlotStatus::Free | SlotStatus::Part | SlotStatus::Taken
                    ) =>
            {
                *reached = end;
            }
            _ => runs.push(((start, end), slot)),
        }
    }
    runs
}

/// Both ends below each other, or on a fine grid the beginning only.
fn column_head((from, to): Column) -> impl IntoView {
    let until = (to.minutes() - from.minutes() > CELL_MINUTES).then(|| format!("–{}", to.clock()));
    view! {
        <span class="whole">{from.clock()}</span>
        {until.map(|until| view! { <wbr/><span class="whole">{until}</span> })}
    }
}

fn columns(rows: &[BoardRow]) -> Vec<Column> {
    let drawn: Vec<Column> = rows
        .iter()
        .flat_map(|row| drawn(&row.slots))
        .map(|(column, _)| column)
        .collect();
    let slots = || drawn.iter().copied();
    let edges: BTreeSet<TimeOfDay> = slots().flat_map(|(start, end)| [start, end]).collect();
    let edges: Vec<TimeOfDay> = edges.into_iter().collect();
    edges
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => Some((*from, *to)),
            _ => None,
        })
        .filter(|(from, to)| slots().any(|(start, end)| start <= *from && *to <= end))
        .collect()
}

fn cells(row: &BoardRow, columns: &[Column], way: Way) -> impl IntoView + use<> {
    let slots = in_runs(drawn(&row.slots));
    let mut cells = Vec::new();
    let mut columns = columns.iter().peekable();
    while let Some((from, _)) = columns.next() {
        let slot = slots.iter().find(|((start, _), _)| start == from);
        let Some(((_, end), slot)) = slot else {
            cells.push(
                view! {
                    <td>
                        <span class="taken">
                            <span aria-hidden="true">"─"</span>
                            <span class="unseen">{availability::NO_SLOT}</span>
                        </span>
                    </td>
                }
                .into_any(),
            );
            continue;
        };
        let mut span = 1_u32;
        while columns.next_if(|(_, to)| to <= end).is_some() {
            span += 1;
        }
        cells.push(cell(row, slot, span, way).into_any());
    }
    cells
}

fn cell(row: &BoardRow, slot: &SlotView, span: u32, way: Way) -> impl IntoView + use<> {
    let word = view! { <StateWord status=slot.status.clone()/> };
    let inside = if slot.status == SlotStatus::Free {
        let said = availability::book_this(&row.said, &slot.span.clock());
        view! { <a href=way.book(&row.room, slot.span) aria-label=said>{word}</a> }.into_any()
    } else {
        word.into_any()
    };
    view! { <td colspan=(span > 1).then_some(span)>{inside}</td> }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::span::{Cell, Span};

    use super::*;
    use crate::test_render::html;

    fn slot(start: &str, end: &str, status: SlotStatus) -> SlotView {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
        let span = Span::new(cell(start), cell(end)).unwrap();
        SlotView {
            span,
            division: None,
            status,
            price_yen: None,
        }
    }

    fn row(name: &str, slots: Vec<SlotView>) -> BoardRow {
        BoardRow {
            head: name.to_owned(),
            href: Some("/rooms/gym".to_owned()),
            part: false,
            room: "gym".parse().unwrap(),
            said: name.to_owned(),
            slots,
            closed: None,
        }
    }

    fn board(rows: Vec<BoardRow>) -> String {
        html(|| view! { <Board caption="空き状況".to_owned() corner="部屋" rows=rows/> })
    }

    fn heads(rows: &[BoardRow]) -> Vec<String> {
        columns(rows)
            .iter()
            .map(|(from, to)| format!("{from}-{to}"))
            .collect()
    }

    #[test]
    fn the_hours_in_which_nothing_is_lent_have_no_column() {
        let rows = [
            row("A", vec![slot("09:00", "11:00", SlotStatus::Free)]),
            row("B", vec![slot("18:00", "20:00", SlotStatus::Free)]),
        ];
        assert_eq!(heads(&rows), ["09:00-11:00", "18:00-20:00"]);
    }

    #[test]
    fn overlapping_starts_of_a_grid_are_each_to_be_seen() {
        let rows = vec![
            row(
                "grid",
                vec![
                    slot("09:00", "10:00", SlotStatus::Taken),
                    slot("09:30", "10:30", SlotStatus::Free),
                    slot("10:00", "11:00", SlotStatus::Free),
                ],
            ),
            row("division", vec![slot("09:00", "11:00", SlotStatus::Free)]),
        ];
        assert_eq!(heads(&rows), ["09:00-09:30", "09:30-10:00", "10:00-11:00"]);
        let page = board(rows);
        assert!(page.contains("start=09%3A30&amp;end=10%3A30"), "{page}");
        assert!(page.contains("colspan=\"3\""), "{page}");
    }

    #[test]
    fn what_cannot_be_booked_for_one_reason_is_said_once_in_a_row() {
        let asked_at_the_desk = || SlotStatus::CounterOnly {
            ended_on: NaiveDate::from_ymd_opt(2026, 10, 28).unwrap(),
        };
        let page = board(vec![row(
            "gym",
            vec![
                slot("09:00", "10:00", asked_at_the_desk()),
                slot("10:00", "11:00", asked_at_the_desk()),
                slot("11:00", "12:00", SlotStatus::Taken),
                slot("12:00", "13:00", SlotStatus::Taken),
                slot("13:00", "14:00", asked_at_the_desk()),
            ],
        )]);
        assert_eq!(page.matches("電話・窓口").count(), 2, "{page}");
        assert_eq!(page.matches("予約済み").count(), 2, "{page}");
        assert_eq!(page.matches("colspan=\"2\"").count(), 1, "{page}");
    }

    #[test]
    fn a_slot_that_is_not_free_is_a_word_and_not_a_link() {
        let page = board(vec![row(
            "gym",
            vec![slot("18:00", "20:00", SlotStatus::Taken)],
        )]);
        assert!(page.contains("予約済み"), "{page}");
        assert!(!page.contains("/book?"), "{page}");
    }

    #[test]
    fn names_from_a_town_file_are_text() {
        let page = board(vec![row(
            "<b>\"館\"",
            vec![slot("18:00", "20:00", SlotStatus::Free)],
        )]);
        assert!(!page.contains("<b>"), "{page}");
    }

    #[test]
    fn a_board_without_rooms_is_still_a_table() {
        assert!(board(Vec::new()).contains("<tbody>"));
    }
}
