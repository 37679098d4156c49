//! Writing and handing over mail (メール).

use contract::{Call, Failure, Outcome, Paper, Refusal, SlotOffer};
use domain::civil;
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::money::Yen;
use domain::payment::{RefundState, ReturnReason, Voucher};
use domain::reservation::{CancelledBy, Channel, ReservationState};
use domain::town::Town;

use super::{Went, Worker, chain};
use crate::booking::Facts;
use crate::browse::{Floor, Looker, alternatives_to};
use crate::payments::why_stray;
use crate::ports::mail::{Attachment, MailFailure, OutgoingMail};
use crate::ports::store::{CancellationRecord, JobKind, RefundRecord};
use crate::profile::open_profile;

impl Worker {
    /// The reservation stands: permit and, where money came, receipt.
    pub(super) async fn mail_confirmed(
        &self,
        call: &Call,
        kind: &JobKind,
        id: ReservationId,
    ) -> Outcome<Went> {
        let letter = match self.letter(call, id).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        if !letter.facts.stands() {
            // Cancelled before the mail left: that has a mail of its own.
            return Ok(Went::Done);
        }
        let papers = self.papers(call, &letter.facts).await?;
        self.send(call, kind, &letter.to, letter.confirmed(), papers)
            .await
    }

    /// It is cancelled, and what comes back.
    pub(super) async fn mail_cancelled(
        &self,
        call: &Call,
        kind: &JobKind,
        id: ReservationId,
    ) -> Outcome<Went> {
        let letter = match self.letter(call, id).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        let other_times = self.other_times(call, &letter.facts).await?;
        self.send(
            call,
            kind,
            &letter.to,
            letter.cancelled(&other_times),
            Vec::new(),
        )
        .await
    }

    /// The nearest free times to one that the facility took back (代替の案内).
    async fn other_times(&self, call: &Call, facts: &Facts) -> Outcome<Vec<SlotOffer>> {
        let record = &facts.record;
        let by_facility = matches!(
            record.state,
            ReservationState::Cancelled {
                by: CancelledBy::Facility,
                ..
            }
        );
        if !by_facility {
            return Ok(Vec::new());
        }
        let looker = Looker {
            person: Some(record.person),
            channel: Channel::Online,
        };
        let floor = Floor::open_for(&self.desk, call, looker).await?;
        let room = &record.particulars.room;
        match alternatives_to(&floor, room, record.span, record.people).await {
            // The town has given the room up.
            Err(Failure::Refused(Refusal::NotFound)) => Ok(Vec::new()),
            offers => offers,
        }
    }

    /// A part of it is given up, the rest stands: what is left, what comes back, and the permit anew.
    pub(super) async fn mail_part_cancelled(
        &self,
        call: &Call,
        kind: &JobKind,
        (id, nth): (ReservationId, u32),
    ) -> Outcome<Went> {
        let letter = match self.letter(call, id).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        let act = letter.facts.given_up.iter().find(|act| act.nth == nth);
        let text = letter.part_cancelled(act.ok_or(Refusal::NotFound)?);
        let papers = if letter.facts.stands() {
            vec![permit(self.desk.permit_of(call, &letter.facts).await?)]
        } else {
            Vec::new()
        };
        self.send(call, kind, &letter.to, text, papers).await
    }

    /// Money came that nothing was owed for, and goes back.
    pub(super) async fn mail_stray_money(
        &self,
        call: &Call,
        kind: &JobKind,
        id: RefundId,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let refund = reading.refund(id).await?.ok_or(Refusal::NotFound)?;
        drop(reading);
        let letter = match self.letter(call, refund.reservation).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        let text = letter.stray_money_returned(&refund);
        self.send(call, kind, &letter.to, text, Vec::new()).await
    }

    /// A voucher is out: its numbers. What was paid or ran out meanwhile has mail of its own.
    pub(super) async fn mail_voucher(
        &self,
        call: &Call,
        kind: &JobKind,
        id: PaymentId,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let payment = reading.payment(id).await?.ok_or(Refusal::NotFound)?;
        drop(reading);
        let Some(voucher) = payment.state.voucher() else {
            return Ok(Went::Done);
        };
        let letter = match self.letter(call, payment.reservation).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        let text = letter.voucher(payment.amount, voucher);
        self.send(call, kind, &letter.to, text, Vec::new()).await
    }

    /// What every mail about a reservation needs, or what becomes of the job without it.
    pub(super) async fn letter(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<Result<Letter, Went>> {
        let facts = Facts::for_the_house(&self.desk, call, id).await?;
        let reading = self.desk.store.read(call.municipality()).await?;
        let person = reading
            .person(facts.record.person)
            .await?
            .ok_or(Refusal::NotFound)?;
        drop(reading);
        let profile = open_profile(self.desk.vault.as_ref(), call.municipality(), &person)?;
        let Some(email) = profile.email else {
            // Registered at the counter without one: they have the papers in their hands, and whoever
            // closes a place is shown whom to call.
            return Ok(Err(Went::Done));
        };
        let Some(base) = self.desk.addresses.base_url(call.municipality()) else {
            // A town that was applied a moment ago, or one that this worker was not told of: another
            // one, or a later look, knows where its pages are.
            return Ok(Err(Went::NotYet(
                "the town's address is not known".to_owned(),
            )));
        };
        let town = facts.towns.now();
        Ok(Ok(Letter {
            to: email.into_revealed(),
            name: profile.name.into_revealed(),
            page: format!("{base}/reservations/{id}"),
            signature: signature(town),
            facts,
        }))
    }

    pub(super) async fn send(
        &self,
        call: &Call,
        kind: &JobKind,
        to: &str,
        (subject, body): (String, String),
        attachments: Vec<Attachment>,
    ) -> Outcome<Went> {
        let mail = OutgoingMail {
            message_id: kind.dedup_key().replace(':', "."),
            to: to.to_owned(),
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
        let mut papers = vec![permit(self.desk.permit_of(call, facts).await?)];
        if facts.paid().is_some() {
            papers.push(attached(
                self.desk.receipt_of(call, facts).await?,
                "領収書.pdf",
            ));
        }
        Ok(papers)
    }
}

fn permit(paper: Paper) -> Attachment {
    attached(paper, "使用許可書.pdf")
}

fn attached(paper: Paper, file_name: &str) -> Attachment {
    Attachment {
        file_name: file_name.to_owned(),
        media_type: "application/pdf".to_owned(),
        content: paper.bytes,
    }
}

/// Who writes, under every mail.
pub(super) fn signature(town: &Town) -> String {
    format!(
        "{}{} {}\n電話 {}（{}）",
        town.prefecture, town.name, town.contact.office, town.contact.phone, town.contact.hours
    )
}

/// So much comes back, and by which way.
fn by_which_way(amount: Yen, refunds: &[&RefundRecord]) -> String {
    let in_cash = refunds.iter().any(|refund| {
        matches!(
            refund.state,
            RefundState::DueInCash { .. } | RefundState::PaidInCash { .. }
        )
    });
    let by_transfer = refunds
        .iter()
        .any(|refund| matches!(refund.state, RefundState::DueByTransfer { .. }));
    if amount.is_zero() {
        "お返しする料金はありません。".to_owned()
    } else if by_transfer {
        format!(
            "{amount}を口座への振込でお返しします。お支払いから日がたっているため、お支払いの方法へは返金できません。振込先の口座は、別のメールでおたずねします。"
        )
    } else if in_cash {
        format!("{amount}をお返しします。現金でのお支払いは、窓口でお返しします。")
    } else {
        format!(
            "{amount}をお返しします。お支払いの方法へ返金され、5日から10日ほどかかることがあります。"
        )
    }
}

pub(super) struct Letter {
    pub(super) facts: Facts,
    pub(super) to: String,
    name: String,
    pub(super) page: String,
    signature: String,
}

impl Letter {
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
        self.text("【予約確定】", &body)
    }

    fn cancelled(&self, other_times: &[SlotOffer]) -> (String, String) {
        let whole = self.facts.given_up.iter().find(|act| act.left.is_none());
        let refund = match whole {
            Some(act) => self.comes_back(act),
            // Cancelled by a release that did not keep how it was reckoned.
            None => {
                let fees = self.facts.refunds.iter();
                let fees: Vec<&RefundRecord> = fees.filter(|it| why_stray(it).is_none()).collect();
                let sum = Yen::sum(fees.iter().map(|it| it.amount));
                by_which_way(sum.unwrap_or(Yen::ZERO), &fees)
            }
        };
        let head = match &self.facts.record.state {
            ReservationState::Cancelled {
                by: CancelledBy::Facility,
                reason,
                ..
            } => format!(
                "{reason}のため、ご予約を取り消しました。ご迷惑をおかけして申し訳ありません。"
            ),
            _ => "ご予約を取り消しました。".to_owned(),
        };
        let mut body = vec![format!("{head}\n\n{}\n\n{refund}", self.what())];
        if !other_times.is_empty() {
            body.push("\nいま空いている近い時間".to_owned());
            body.extend(other_times.iter().map(|offer| {
                let day = civil::full_date(offer.span.date());
                format!("{day} {} {}", offer.span.clock(), offer.room_name)
            }));
            body.push("予約のページの「同じ部屋の空きを見る」から予約できます。".to_owned());
        }
        self.text("【予約取消】", &body.join("\n"))
    }

    fn part_cancelled(&self, act: &CancellationRecord) -> (String, String) {
        let left = act.left.unwrap_or(act.before);
        let body = format!(
            "ご予約の一部を取り消しました。残りのご予約は、そのまま有効です。\n\n{}\n\n取消し前　{}\n取消し後　{}\n\n{}",
            self.what(),
            act.before.clock(),
            left.clock(),
            self.comes_back(act),
        );
        self.text("【予約の一部取消】", &body)
    }

    /// What comes back of what was given up, by which way, and how that is reckoned.
    fn comes_back(&self, act: &CancellationRecord) -> String {
        let refunds = self.facts.refunds.iter();
        let refunds: Vec<&RefundRecord> = refunds
            .filter(|refund| Some(refund.id) == act.refund_id)
            .collect();
        let mut text = vec![by_which_way(act.refund, &refunds)];
        if !act.paid.is_zero() {
            text.push("\n計算のしかた".to_owned());
            text.push(format!("取り消した分のお支払い　{}", act.paid));
            text.extend(act.lines.iter().map(|line| {
                let (label, basis, amount) = (&line.label, &line.basis, line.amount_yen);
                format!("{label}（{basis}）　{amount}")
            }));
        }
        text.join("\n")
    }

    fn voucher(&self, amount: Yen, voucher: &Voucher) -> (String, String) {
        let mut numbers = String::new();
        for one in &voucher.numbers {
            numbers.push_str(&format!("{}　払込番号 {}", one.store, one.payment_number));
            if let Some(confirmation) = &one.confirmation_number {
                numbers.push_str(&format!("　確認番号 {confirmation}"));
            }
            numbers.push('\n');
        }
        let until = civil::full_date(civil::date_at(voucher.until));
        let body = format!(
            "{until} 23:59 までに、次のどれかのお店で {amount} をお支払いください。\n\n{numbers}\n{}\n\n期限までお支払いがないときは、予約は自動で取り消されます。",
            self.what()
        );
        self.text("【コンビニでのお支払い】", &body)
    }

    fn stray_money_returned(&self, refund: &RefundRecord) -> (String, String) {
        let what_happened = match why_stray(refund) {
            Some(ReturnReason::FloorTaken) => {
                "お支払いが届きましたが、期限を過ぎていたため、この時間をお取りできませんでした。"
            }
            Some(ReturnReason::BookingEnded) => "取り消された予約へのお支払いが届きました。",
            Some(ReturnReason::AlreadyPaid) if self.facts.stands() => {
                "お支払いが二重に届きました。ご予約はそのまま有効です。"
            }
            Some(ReturnReason::AlreadyPaid) => "お支払いが二重に届きました。",
            Some(ReturnReason::OtherAmount) => {
                "お支払いが届きましたが、料金が変わる前の金額でした。いまの料金は、予約のページで確かめてください。"
            }
            Some(ReturnReason::NotDue) | None => {
                "お支払いの必要がない予約へのお支払いが届きました。"
            }
        };
        let body = format!(
            "{what_happened}\n\n{}\n\n{}は全額お返しします。手続きは必要ありません。ご不便をおかけして申し訳ありません。",
            self.what(),
            refund.amount
        );
        self.text("【返金のお知らせ】", &body)
    }

    pub(super) fn what(&self) -> String {
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

    pub(super) fn text(&self, head: &str, body: &str) -> (String, String) {
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
