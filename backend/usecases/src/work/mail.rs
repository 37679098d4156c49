//! Writing and handing over mail (メール).

use contract::{Call, Outcome, Refusal};
use domain::civil;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::reservation::ReservationState;

use super::{Went, Worker, chain};
use crate::booking::Facts;
use crate::payments::is_stray;
use crate::ports::mail::{Attachment, MailFailure, OutgoingMail};
use crate::ports::store::{JobKind, RefundRecord};
use crate::profile::open_profile;

impl Worker {
    pub(super) async fn mail(
        &self,
        call: &Call,
        kind: &JobKind,
        id: ReservationId,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?.ok_or(Refusal::NotFound)?;
        let person = reading
            .person(record.person)
            .await?
            .ok_or(Refusal::NotFound)?;
        let facts = Facts::of(reading.as_ref(), record).await?;
        if matches!(kind, JobKind::MailConfirmed { .. }) && !facts.stands() {
            // Cancelled before the mail left: that has a mail of its own.
            return Ok(Went::Done);
        }
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        drop(reading);
        let profile = open_profile(self.desk.vault.as_ref(), call.municipality(), &person)?;
        let Some(email) = &profile.email else {
            return Ok(Went::Never("no address".to_owned()));
        };
        let base = self
            .desk
            .addresses
            .base_url(call.municipality())
            .unwrap_or_default();
        let letter = Letter {
            facts: &facts,
            name: profile.name.reveal(),
            page: format!("{base}/reservations/{id}"),
            signature: format!(
                "{}{} {}\n電話 {}（{}）",
                applied.town.prefecture,
                applied.town.name,
                applied.town.contact.office,
                applied.town.contact.phone,
                applied.town.contact.hours
            ),
        };
        let (subject, body) = match kind {
            JobKind::MailCancelled { .. } => letter.cancelled(),
            JobKind::MailLateMoneyReturned { .. } => letter.late_money_returned(),
            _ => letter.confirmed(),
        };
        let attachments = match kind {
            JobKind::MailConfirmed { .. } => self.papers(call, &facts).await?,
            _ => Vec::new(),
        };
        let mail = OutgoingMail {
            message_id: kind.dedup_key().replace(':', "."),
            to: email.reveal().clone(),
            subject,
            body,
            attachments,
        };
        Ok(match self.mailer.send(call.now(), &mail).await {
            Ok(()) => Went::Done,
            Err(failure @ MailFailure::Unavailable(_)) => Went::NotYet(chain(&failure)),
            // The server's words may hold the address, so they are not kept.
            Err(MailFailure::Refused(_)) => Went::Never("refused for good".to_owned()),
        })
    }

    /// Permit and, where money came, receipt.
    async fn papers(&self, call: &Call, facts: &Facts) -> Outcome<Vec<Attachment>> {
        let id = facts.record.id;
        let mut papers = vec![(self.desk.permit_of(call, id).await?, "使用許可書.pdf")];
        if facts.paid().is_some() {
            papers.push((self.desk.receipt_of(call, id).await?, "領収書.pdf"));
        }
        Ok(papers
            .into_iter()
            .map(|(paper, file_name)| Attachment {
                file_name: file_name.to_owned(),
                media_type: "application/pdf".to_owned(),
                content: paper.bytes,
            })
            .collect())
    }
}

struct Letter<'a> {
    facts: &'a Facts,
    name: &'a str,
    page: String,
    signature: String,
}

impl Letter<'_> {
    fn confirmed(&self) -> (String, String) {
        let total = self.facts.record.quote.total_yen;
        let fee = if total.is_zero() {
            "料金　　無料".to_owned()
        } else {
            format!("料金　　{total}（お支払い済み）")
        };
        let body = format!(
            "ご予約が確定しました。\n\n{}\n{fee}\n\n使用許可書{}を添付しています。当日は、予約のページのQRコードか予約番号を窓口でお見せください。",
            self.what(),
            if total.is_zero() { "" } else { "と領収書" },
        );
        self.letter("【予約確定】", &body)
    }

    fn cancelled(&self) -> (String, String) {
        let refund = self.refunded(|refund| !is_stray(refund)).map_or_else(
            || "お返しする料金はありません。".to_owned(),
            |yen| format!("{yen}をお返しします。お支払いの方法へ返金され、5日から10日ほどかかることがあります。"),
        );
        let body = format!("ご予約を取り消しました。\n\n{}\n\n{refund}", self.what());
        self.letter("【予約取消】", &body)
    }

    fn late_money_returned(&self) -> (String, String) {
        let yen = self
            .refunded(is_stray)
            .unwrap_or(self.facts.record.quote.total_yen);
        let what_happened = match self.facts.record.state {
            ReservationState::Released { .. } => {
                "お支払いが届きましたが、期限を過ぎていたため、この時間をお取りできませんでした。"
            }
            ReservationState::Cancelled { .. } | ReservationState::Refused { .. } => {
                "取り消された予約へのお支払いが届きました。"
            }
            _ => "お支払いが二重に届きました。ご予約はそのまま有効です。",
        };
        let body = format!(
            "{what_happened}\n\n{}\n\n{yen}は全額お返しします。手続きは必要ありません。ご不便をおかけして申し訳ありません。",
            self.what()
        );
        self.letter("【返金のお知らせ】", &body)
    }

    fn refunded(&self, counts: impl Fn(&RefundRecord) -> bool) -> Option<Yen> {
        let counted = self.facts.refunds.iter().filter(|refund| counts(refund));
        let sum = Yen::sum(counted.map(|refund| refund.amount)).ok()?;
        (!sum.is_zero()).then_some(sum)
    }

    fn what(&self) -> String {
        let record = &self.facts.record;
        format!(
            "予約番号　{}\n施設　　{} {}\n日時　　{} {}",
            record.number,
            record.particulars.facility_name,
            record.particulars.room_name,
            civil::full_date(record.span.date()),
            record.span.clock()
        )
    }

    fn letter(&self, head: &str, body: &str) -> (String, String) {
        let record = &self.facts.record;
        let subject = format!(
            "{head}{} {}",
            civil::long_date(record.span.date()),
            record.particulars.facility_name
        );
        let text = format!(
            "{} 様\n\n{body}\n\n予約のページ\n{}\n\n--\n{}\n",
            self.name, self.page, self.signature
        );
        (subject, text)
    }
}
