//! The papers of a reservation (書面): permit and receipt as PDF, and what every paper of it needs.
//!
//! They are printed from what was frozen with the reservation and from the town file that it was
//! made under, so that the same paper comes out years later, whoever is mayor by then and whether
//! or not the facility still stands.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::{Call, Fault, Outcome, Paper, Refusal};
use domain::civil;
use domain::fees::TAX_PERCENT;
use domain::ids::ReservationId;
use domain::personal::Personal;
use domain::reservation::ReservationState;
use domain::review::appeal;
use domain::span::Span;
use domain::town::Town;

use crate::booking::{Facts, paid_by};
use crate::desk::Desk;
use crate::ports::documents::{
    Addressee, DocumentFault, Documents, FeeStatus, Issuer, PermitSheet, ReceiptSheet, TaxShare,
    Use,
};
use crate::ports::store::{CancellationRecord, Reading};
use crate::profile::open_profile;

/// What every paper needs.
pub(crate) struct Ground<'a> {
    facts: &'a Facts,
    name: String,
}

impl Desk {
    pub(crate) async fn permit_paper(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        let facts = Facts::load(self, call, id).await?;
        self.permit_of(call, &facts).await
    }

    /// The permit of a reservation, for whoever had a right to its facts.
    pub(crate) async fn permit_of(&self, call: &Call, facts: &Facts) -> Outcome<Paper> {
        let record = &facts.record;
        let permitted_at = match &record.state {
            ReservationState::Confirmed { at }
            | ReservationState::CheckedIn {
                confirmed_at: at, ..
            }
            | ReservationState::Completed {
                confirmed_at: at, ..
            } => *at,
            other => {
                return Err(Refusal::ReservationState {
                    state: other.name().as_str(),
                }
                .into());
            }
        };
        let reading = self.store.read(call.municipality()).await?;
        let ground = self.ground(call, reading.as_ref(), facts).await?;
        let facility = facts.towns.facility_then(record)?;
        let sheet = PermitSheet {
            issuer: ground.issuer(),
            number: record.number.clone(),
            issued_on: civil::date_at(permitted_at),
            addressee: ground.addressee(),
            usage: ground.usage(record.span),
            basis: Some(facility.window.article.clone()),
            lines: record.quote.lines.clone(),
            total_yen: record.quote.total_yen,
            unreduced_yen: record.quote.unreduced_yen,
            fee: ground.fee(permitted_at),
            changes: facts.given_up.iter().filter_map(shortened).collect(),
            conditions: facility.notices.clone(),
            appeal_notice: appeal(facts.towns.then()).into(),
            seal_omitted: true,
            reissued_on: None,
            illustrative: ground.illustrative(),
        };
        let file_name = format!("kyokasho-{}.pdf", record.number);
        self.print(file_name, move |documents| {
            documents.permit(&sheet).map(|paper| paper.bytes)
        })
        .await
    }

    pub(crate) async fn receipt_paper(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        let facts = Facts::load(self, call, id).await?;
        self.receipt_of(call, &facts).await
    }

    /// The receipt of a reservation, for whoever had a right to its facts.
    pub(crate) async fn receipt_of(&self, call: &Call, facts: &Facts) -> Outcome<Paper> {
        let record = &facts.record;
        let payment = facts.paid().ok_or(Refusal::NotFound)?;
        let paid = paid_by(payment).ok_or(Refusal::NotFound)?;
        let reading = self.store.read(call.municipality()).await?;
        let receipt = reading
            .receipt(payment.id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let ground = self.ground(call, reading.as_ref(), facts).await?;
        let sheet = ReceiptSheet {
            issuer: ground.issuer(),
            number: format!("{:08}", receipt.number),
            paid_on: civil::date_at(paid.at),
            payer: ground.addressee(),
            usage: ground.usage(facts.booked_span()),
            lines: record.quote.lines.clone(),
            total_yen: record.quote.total_yen,
            unreduced_yen: record.quote.unreduced_yen,
            taxes: vec![TaxShare {
                rate_percent: TAX_PERCENT,
                amount_yen: record.quote.total_yen,
                tax_included_yen: record.quote.tax_included_yen,
            }],
            method: paid.method,
            account: None,
            handled_by: None,
            reissued_on: None,
            illustrative: ground.illustrative(),
        };
        let file_name = format!("ryoshusho-{}.pdf", record.number);
        self.print(file_name, move |documents| {
            documents.receipt(&sheet).map(|paper| paper.bytes)
        })
        .await
    }

    pub(crate) async fn ground<'a>(
        &self,
        call: &Call,
        reading: &dyn Reading,
        facts: &'a Facts,
    ) -> Outcome<Ground<'a>> {
        let person = reading
            .person(facts.record.person)
            .await?
            .ok_or(Refusal::NotFound)?;
        let profile = open_profile(self.vault.as_ref(), call.municipality(), &person)?;
        Ok(Ground {
            facts,
            name: profile.name.into_revealed(),
        })
    }

    /// Prints off the async workers, one paper at a time: a page is tens of milliseconds of plain
    /// computing, and two at once would take twice the memory for no gain.
    pub(crate) async fn print(
        &self,
        file_name: String,
        print: impl FnOnce(&dyn Documents) -> Result<Vec<u8>, DocumentFault> + Send + 'static,
    ) -> Outcome<Paper> {
        let documents = Arc::clone(&self.documents);
        let turn = Arc::clone(&self.press)
            .acquire_owned()
            .await
            .map_err(|error| Fault::new("wait for the press", error))?;
        let printed = tokio::task::spawn_blocking(move || {
            let printed = print(documents.as_ref());
            // Given back here and not by whoever asked: they may have left meanwhile.
            drop(turn);
            printed
        })
        .await
        .map_err(|error| Fault::new("wait for the printer", error))?
        .map_err(|error| Fault::new("print a paper", error))?;
        Ok(Paper {
            file_name,
            bytes: printed,
        })
    }
}

/// A part that was given up, as the permit says it (一部取消の記録).
fn shortened(act: &CancellationRecord) -> Option<String> {
    let on = civil::full_date(civil::date_at(act.made_at));
    let (before, left) = (act.before.clock(), act.left?.clock());
    Some(format!(
        "{on}　{before} を {left} に短縮（この分の使用料 {}、還付 {}）",
        act.paid, act.refund
    ))
}

/// Who issues a town's papers (発行者).
pub(crate) fn issuer_of(town: &Town) -> Issuer {
    let Town {
        name,
        prefecture,
        contact,
        issuer,
        ..
    } = town;
    Issuer {
        municipality: format!("{prefecture}{name}"),
        name: issuer.name.clone(),
        registration_number: issuer.registration_number.clone(),
        contact: vec![contact.office.clone(), format!("電話 {}", contact.phone)],
        is_municipality: true,
    }
}

impl Ground<'_> {
    fn town(&self) -> &Town {
        self.facts.towns.then()
    }

    pub(crate) fn issuer(&self) -> Issuer {
        issuer_of(self.town())
    }

    pub(crate) fn addressee(&self) -> Addressee {
        Addressee {
            group: self
                .facts
                .record
                .particulars
                .group_name
                .clone()
                .map(Personal::new),
            name: Personal::new(self.name.clone()),
        }
    }

    pub(crate) fn usage(&self, span: Span) -> Use {
        let record = &self.facts.record;
        Use {
            reservation_number: record.number.clone(),
            facility: record.particulars.facility_name.clone(),
            room: record.particulars.room_name.clone(),
            span,
            purpose: Personal::new(record.particulars.purpose_name.clone()),
            people: record.people,
        }
    }

    fn fee(&self, permitted_at: DateTime<Utc>) -> FeeStatus {
        if self.facts.record.quote.total_yen.is_zero() {
            return FeeStatus::Free;
        }
        match self.facts.paid().and_then(paid_by) {
            Some(paid) => FeeStatus::Paid {
                on: civil::date_at(paid.at),
                method: paid.method,
            },
            None => FeeStatus::Due {
                by: civil::date_at(permitted_at),
            },
        }
    }

    /// Which facts on the paper no source gives.
    pub(crate) fn illustrative(&self) -> Vec<String> {
        let town = self.town();
        [
            (town.issuer.illustrative, "発行者"),
            (town.contact.illustrative, "問合せ先"),
            (self.facts.record.particulars.illustrative, "施設・料金"),
        ]
        .into_iter()
        .filter(|(illustrative, _)| *illustrative)
        .map(|(_, what)| what.to_owned())
        .collect()
    }
}
