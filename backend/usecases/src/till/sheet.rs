//! The day sheet (収入日計表) of a closed drawer.

use std::collections::BTreeMap;

use contract::{Call, Fault, Outcome, Paper, Refusal, SheetFormat};
use domain::ids::TillId;
use domain::money::Yen;
use domain::payment::Means;
use domain::quote::Quote;
use domain::till::{ClosedTill, Movement, TillState};
use domain::town::Town;

use super::show::{Traced, facility_of, look_into, traced};
use crate::desk::Desk;
use crate::papers::issuer_of;
use crate::ports::documents::{DayReceipt, DayRefund, DaySheet, Handled};
use crate::ports::store::{Reading, TillRecord};
use crate::reports::subject_of;

impl Desk {
    pub(super) async fn sheet_of(
        &self,
        call: &Call,
        id: TillId,
        format: SheetFormat,
    ) -> Outcome<Paper> {
        let reading = self.store.read(call.municipality()).await?;
        let (till, _) = look_into(reading.as_ref(), call, id).await?;
        let TillState::Closed(closed) = till.state.clone() else {
            return Err(Refusal::NotFound.into());
        };
        let sheet = self.sheet(call, reading.as_ref(), &till, &closed).await?;
        drop(reading);
        let name = format!("nikkeihyo-{}", sheet.number);
        match format {
            SheetFormat::Pdf => {
                self.print(format!("{name}.pdf"), move |documents| {
                    documents.day_sheet(&sheet).map(|paper| paper.bytes)
                })
                .await
            }
            SheetFormat::Csv => {
                self.print(format!("{name}.csv"), move |documents| {
                    documents.day_sheet_csv(&sheet).map(|table| table.bytes)
                })
                .await
            }
        }
    }

    async fn sheet(
        &self,
        call: &Call,
        reading: &dyn Reading,
        till: &TillRecord,
        closed: &ClosedTill,
    ) -> Outcome<DaySheet> {
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let (slug, facility) = facility_of(&applied, till.facility).ok_or(Refusal::NotFound)?;
        let mut names = BTreeMap::new();
        let short = self
            .in_short(call, reading, till.clone(), &mut names)
            .await?;
        let closed_by = short.closed_by.ok_or(Refusal::NotFound)?;
        let lines = traced(reading, till.id).await?;
        let town = &applied.town;
        let illustrative = [
            (town.issuer.illustrative, "発行者"),
            (town.contact.illustrative, "問合せ先"),
        ];
        Ok(DaySheet {
            issuer: issuer_of(town),
            number: format!("{slug}-{}", number(reading, till).await?),
            facility: facility.name.clone(),
            drawer: format!("引出し{}", till.drawer),
            date: till.state.date(),
            opened: Handled {
                by: short.opened_by.into_revealed(),
                at: closed.opened_at(),
            },
            closed: Handled {
                by: closed_by.into_revealed(),
                at: closed.closed_at(),
            },
            float_yen: closed.cash().float,
            receipts: lines
                .iter()
                .filter_map(|line| receipt(line, town))
                .collect::<Result<_, _>>()?,
            refunds: lines
                .iter()
                .filter_map(|line| refund(line, town))
                .collect::<Result<_, _>>()?,
            expected_yen: closed.cash().expected(),
            counted: closed.counted().clone(),
            reason: closed.reason().map(str::to_owned),
            illustrative: illustrative
                .into_iter()
                .filter(|(illustrative, _)| *illustrative)
                .map(|(_, what)| what.to_owned())
                .collect(),
        })
    }
}

/// The sheet's number within its facility: the day, and which of the day's drawers by the order in
/// which they were opened. One that is opened later changes no number.
async fn number(reading: &dyn Reading, till: &TillRecord) -> Outcome<String> {
    let date = till.state.date();
    let mut opened = reading.tills_on(till.facility, date).await?;
    opened.sort_by_key(|till| (till.state.opened_at(), till.id.0));
    let place = opened.iter().position(|known| known.id == till.id);
    let place = place.ok_or(Refusal::NotFound)? + 1;
    Ok(format!("{}-{place:02}", date.format("%Y%m%d")))
}

/// What a reduction took from the fee (減免額), yen.
fn reduced(quote: &Quote) -> Yen {
    let before = quote.unreduced_yen.unwrap_or(quote.total_yen);
    before.minus(quote.total_yen).unwrap_or(Yen::ZERO)
}

fn lost(what: &'static str) -> Fault {
    Fault::new("make a day sheet", what)
}

fn receipt(line: &Traced, town: &Town) -> Option<Result<DayReceipt, Fault>> {
    let Movement::Received { amount, .. } = line.record.movement else {
        return None;
    };
    let (Some(record), Some(receipt)) = (&line.reservation, &line.receipt) else {
        return Some(Err(lost("a payment without its reservation or receipt")));
    };
    Some(Ok(DayReceipt {
        number: format!("{:08}", receipt.number),
        account: subject_of(town, &record.particulars.facility).to_owned(),
        facility: record.particulars.facility_name.clone(),
        room: record.particulars.room_name.clone(),
        means: Means::Cash,
        amount_yen: amount,
        reduced_yen: reduced(&record.quote),
    }))
}

fn refund(line: &Traced, town: &Town) -> Option<Result<DayRefund, Fault>> {
    let Movement::PaidOut { amount, .. } = line.record.movement else {
        return None;
    };
    let Some(record) = &line.reservation else {
        return Some(Err(lost("a refund without its reservation")));
    };
    // Money that nothing was owed for never had a receipt.
    let receipt = line.receipt.map(|receipt| format!("{:08}", receipt.number));
    Some(Ok(DayRefund {
        number: record.number.clone(),
        receipt_number: receipt.unwrap_or_else(|| "—".to_owned()),
        account: subject_of(town, &record.particulars.facility).to_owned(),
        facility: record.particulars.facility_name.clone(),
        room: record.particulars.room_name.clone(),
        means: Means::Cash,
        amount_yen: amount,
    }))
}
