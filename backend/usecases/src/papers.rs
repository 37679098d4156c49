//! The papers of a reservation (書面): permit and receipt as PDF.

use std::sync::Arc;

use contract::{Call, Fault, Outcome, Paper, Refusal};
use domain::civil;
use domain::ids::ReservationId;
use domain::payment::AttemptState;
use domain::personal::Personal;
use domain::reservation::ReservationState;
use domain::town::Town;

use crate::booking::Facts;
use crate::desk::Desk;
use crate::ports::documents::{
    Addressee, DocumentFault, Documents, FeeStatus, Issuer, Pdf, PermitSheet, ReceiptSheet,
    TaxShare, Use,
};
use crate::ports::store::{AppliedTown, Reading};
use crate::profile::open_profile;

/// The rate of consumption tax inside facility fees, percent (消費税法第29条, 地方税法第72条の83).
const TAX_PERCENT: u8 = 10;

/// The notice of how to contest a decision (行政不服審査法第82条, 行政事件訴訟法第46条).
const APPEAL: [&str; 2] = [
    "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、審査請求をすることができます。",
    "この決定の取消しを求める訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、町を被告として提起することができます。",
];

/// What both papers need.
struct Ground {
    facts: Facts,
    applied: Arc<AppliedTown>,
    name: String,
    reading: Box<dyn Reading>,
}

impl Desk {
    pub(crate) async fn permit_paper(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.own_reservation(call, id).await?;
        self.permit_of(call, id).await
    }

    /// The permit, for whoever was found to have a right to it.
    pub(crate) async fn permit_of(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        let ground = self.ground(call, id).await?;
        let record = &ground.facts.record;
        let permitted_at = match &record.state {
            ReservationState::Confirmed { at }
            | ReservationState::CheckedIn { at }
            | ReservationState::Completed { at } => *at,
            other => {
                return Err(Refusal::ReservationState {
                    state: other.name().as_str(),
                }
                .into());
            }
        };
        let sheet = PermitSheet {
            issuer: ground.issuer(),
            number: record.number.clone(),
            issued_on: civil::date_at(permitted_at),
            addressee: ground.addressee(),
            usage: ground.usage(),
            basis: Some(ground.facts.facility.window.article.clone()),
            lines: record.quote.lines.clone(),
            total_yen: record.quote.total_yen,
            fee: ground.fee(permitted_at),
            conditions: ground.facts.facility.notices.clone(),
            appeal_notice: APPEAL.map(str::to_owned).into(),
            seal_omitted: true,
            reissued_on: None,
            illustrative: ground.illustrative(),
        };
        let file_name = format!("kyokasho-{}.pdf", record.number);
        self.print(file_name, move |documents| documents.permit(&sheet))
            .await
    }

    pub(crate) async fn receipt_paper(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.own_reservation(call, id).await?;
        self.receipt_of(call, id).await
    }

    /// The receipt, for whoever was found to have a right to it.
    pub(crate) async fn receipt_of(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        let ground = self.ground(call, id).await?;
        let record = &ground.facts.record;
        let payment = ground.facts.paid().ok_or(Refusal::NotFound)?;
        let AttemptState::Paid { entrusted_at, .. } = &payment.state else {
            return Err(Refusal::NotFound.into());
        };
        let receipt = ground
            .reading
            .receipt(payment.id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let sheet = ReceiptSheet {
            issuer: ground.issuer(),
            number: format!("{:08}", receipt.number),
            paid_on: civil::date_at(*entrusted_at),
            payer: ground.addressee(),
            usage: ground.usage(),
            lines: record.quote.lines.clone(),
            total_yen: record.quote.total_yen,
            taxes: vec![TaxShare {
                rate_percent: TAX_PERCENT,
                amount_yen: record.quote.total_yen,
                tax_included_yen: record.quote.tax_included_yen,
            }],
            method: ground.facts.method(),
            account: None,
            handled_by: None,
            reissued_on: None,
            illustrative: ground.illustrative(),
        };
        let file_name = format!("ryoshusho-{}.pdf", record.number);
        self.print(file_name, move |documents| documents.receipt(&sheet))
            .await
    }

    async fn ground(&self, call: &Call, id: ReservationId) -> Outcome<Ground> {
        let reading = self.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?.ok_or(Refusal::NotFound)?;
        let facts = Facts::of(reading.as_ref(), record).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let person = reading
            .person(facts.record.person)
            .await?
            .ok_or(Refusal::NotFound)?;
        let profile = open_profile(self.vault.as_ref(), call.municipality(), &person)?;
        Ok(Ground {
            facts,
            applied,
            name: profile.name.into_revealed(),
            reading,
        })
    }

    /// Prints off the async workers: a page is tens of milliseconds of plain computing.
    async fn print(
        &self,
        file_name: String,
        print: impl FnOnce(&dyn Documents) -> Result<Pdf, DocumentFault> + Send + 'static,
    ) -> Outcome<Paper> {
        let documents = Arc::clone(&self.documents);
        let printed = tokio::task::spawn_blocking(move || print(documents.as_ref()))
            .await
            .map_err(|error| Fault::new("wait for the printer", error))?
            .map_err(|error| Fault::new("print a paper", error))?;
        Ok(Paper {
            file_name,
            bytes: printed.bytes,
        })
    }
}

impl Ground {
    fn town(&self) -> &Town {
        &self.applied.town
    }

    fn issuer(&self) -> Issuer {
        let Town {
            name,
            prefecture,
            contact,
            issuer,
            ..
        } = self.town();
        Issuer {
            municipality: format!("{prefecture}{name}"),
            name: issuer.name.clone(),
            registration_number: issuer.registration_number.clone(),
            contact: vec![contact.office.clone(), format!("電話 {}", contact.phone)],
            is_municipality: true,
        }
    }

    fn addressee(&self) -> Addressee {
        Addressee {
            group: None,
            name: Personal::new(self.name.clone()),
        }
    }

    fn usage(&self) -> Use {
        let record = &self.facts.record;
        Use {
            reservation_number: record.number.clone(),
            facility: record.particulars.facility_name.clone(),
            room: record.particulars.room_name.clone(),
            span: record.span,
            purpose: Personal::new(record.particulars.purpose_name.clone()),
            people: record.people,
        }
    }

    fn fee(&self, permitted_at: chrono::DateTime<chrono::Utc>) -> FeeStatus {
        if self.facts.record.quote.total_yen.is_zero() {
            return FeeStatus::Free;
        }
        match self.facts.paid().map(|payment| &payment.state) {
            Some(AttemptState::Paid { entrusted_at, .. }) => FeeStatus::Paid {
                on: civil::date_at(*entrusted_at),
                method: self.facts.method(),
            },
            _ => FeeStatus::Due {
                by: civil::date_at(permitted_at),
            },
        }
    }

    /// Which facts on the paper no source gives.
    fn illustrative(&self) -> Vec<String> {
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
