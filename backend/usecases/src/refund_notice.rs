//! The refund notice (還付通知書): what went back of a fee when all of a booking or a part was given
//! up, reckoned with its articles, and what is left. Printed from what was kept with the act, so that
//! the same paper comes out years later; only the way by which it goes back may become another.

use contract::{Call, Outcome, Paper, Refusal};
use domain::civil;
use domain::fees::{TAX_PERCENT, tax_inside};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::payment::{Means, RefundState};
use domain::refunds::Grounds;
use domain::review::appeal;
use domain::town::{RefundRule, Slug};

use crate::booking::{Facts, paid_by};
use crate::desk::Desk;
use crate::ports::documents::{RefundSheet, TaxShare};
use crate::ports::store::{CancellationRecord, PaymentRecord, RefundRecord};

impl Desk {
    pub(crate) async fn refund_paper(
        &self,
        call: &Call,
        id: ReservationId,
        nth: u32,
    ) -> Outcome<Paper> {
        let facts = Facts::load(self, call, id).await?;
        self.refund_notice_of(call, &facts, nth).await
    }

    /// The notice about the `nth` time that something was given up, for whoever had a right to the
    /// reservation's facts. There is none where nothing went back.
    pub(crate) async fn refund_notice_of(
        &self,
        call: &Call,
        facts: &Facts,
        nth: u32,
    ) -> Outcome<Paper> {
        let record = &facts.record;
        let act = facts.given_up.iter().find(|act| act.nth == nth);
        let act = act.ok_or(Refusal::NotFound)?;
        let (refund, payment) = gave_back(facts, act).ok_or(Refusal::NotFound)?;
        let paid = paid_by(payment).ok_or(Refusal::NotFound)?;
        let reading = self.store.read(call.municipality()).await?;
        let receipt = reading.receipt(payment.id).await?;
        let receipt = receipt.ok_or(Refusal::NotFound)?;
        let ground = self.ground(call, reading.as_ref(), facts).await?;
        drop(reading);
        let (method, expected) = by_which_way(refund, payment);
        let number = format!("{}-{nth}", record.number);
        let sheet = RefundSheet {
            issuer: ground.issuer(),
            number: number.clone(),
            decided_on: civil::date_at(act.made_at),
            payee: ground.addressee(),
            usage: ground.usage(facts.booked_span()),
            given_up: given_up(act),
            left: act.left.map(|left| left.clock()),
            receipt_number: format!("{:08}", receipt.number),
            paid_on: civil::date_at(paid.at),
            lines: record.quote.lines.clone(),
            unreduced_yen: record.quote.unreduced_yen,
            paid_yen: record.quote.total_yen,
            paid_for_it_yen: act.paid,
            refunded_before_yen: before(&facts.given_up, nth),
            reckoning: act.lines.clone(),
            refund_yen: act.refund,
            taxes: vec![TaxShare {
                rate_percent: TAX_PERCENT,
                amount_yen: act.refund,
                tax_included_yen: tax_inside(act.refund),
            }],
            reason: reason(&facts.towns.facility_then(record)?.refund, act),
            method,
            expected,
            appeal_notice: appeal(facts.towns.then()).into(),
            reissued_on: None,
            illustrative: ground.illustrative(),
        };
        self.print(format!("kanpu-{number}.pdf"), move |documents| {
            documents.refund(&sheet).map(|paper| paper.bytes)
        })
        .await
    }
}

/// What an act gave back, and of which payment.
fn gave_back<'a>(
    facts: &'a Facts,
    act: &CancellationRecord,
) -> Option<(&'a RefundRecord, &'a PaymentRecord)> {
    let mut refunds = facts.refunds.iter();
    let refund = refunds.find(|it| Some(it.id) == act.refund_id)?;
    let payment = facts.payments.iter().find(|it| it.id == refund.payment)?;
    Some((refund, payment))
}

/// What went back of the fee before, yen.
fn before(acts: &[CancellationRecord], nth: u32) -> Yen {
    let earlier = acts.iter().filter(|act| act.nth < nth);
    // Nobody was ever given back more than they paid, so it fits.
    Yen::sum(earlier.map(|act| act.refund)).unwrap_or(Yen::ZERO)
}

/// 「18:00–20:00 の全部」, or what goes of it.
fn given_up(act: &CancellationRecord) -> String {
    let before = act.before;
    let Some(left) = act.left else {
        return format!("{} の全部", before.clock());
    };
    let ((first, last), (from, until)) = (before.times(), left.times());
    let gone = [(first, from), (until, last)];
    let gone = gone.into_iter().filter(|(start, end)| start < end);
    let gone: Vec<String> = gone.map(|(start, end)| format!("{start}–{end}")).collect();
    gone.join("、")
}

/// How it goes back, and when it can be expected.
fn by_which_way(refund: &RefundRecord, payment: &PaymentRecord) -> (String, Option<String>) {
    if matches!(
        refund.state,
        RefundState::DueByTransfer { .. }
            | RefundState::InOrder { .. }
            | RefundState::Transferred { .. }
    ) {
        return ("口座への振込でお返しします".to_owned(), None);
    }
    match payment.state.means() {
        Some(Means::Cash) | None => ("窓口で、現金でお返しします".to_owned(), None),
        Some(means) => (
            format!("お支払いの方法（{means}）へ返金します"),
            Some("5日から10日ほどかかることがあります".to_owned()),
        ),
    }
}

/// Why, in the town's own words where it has some.
fn reason(rule: &RefundRule, act: &CancellationRecord) -> String {
    let of_the_town = |id: &Slug| {
        let reasons = rule.reasons.iter().map(|it| (&it.id, &it.label));
        let overrides = rule.overrides.iter().map(|it| (&it.id, &it.label));
        let mut all = reasons.chain(overrides);
        let label = all.find(|(known, _)| *known == id).map(|(_, label)| label);
        label.map_or_else(|| id.to_string(), Clone::clone)
    };
    match &act.grounds {
        Grounds::Own | Grounds::Shorter if act.left.is_some() => {
            "利用者の都合による一部の取消し".to_owned()
        }
        Grounds::Own | Grounds::Shorter => "利用者の都合による取消し".to_owned(),
        Grounds::Reason(id) | Grounds::Override(id) => of_the_town(id),
        Grounds::Facility => "施設の都合による取消し".to_owned(),
        Grounds::Slip => "窓口での受付の取消し".to_owned(),
    }
}
