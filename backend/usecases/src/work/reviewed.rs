//! Mail about what was decided (審査結果のお知らせ).

use contract::{Call, Outcome};
use domain::civil;
use domain::ids::ReservationId;
use domain::reservation::ReservationState;
use domain::review::{ReviewKind, Verdict, appeal};

use super::mail::Letter;
use super::{Went, Worker};
use crate::ports::store::JobKind;

impl Worker {
    /// Permitted or not, at which fee, what to do until when, and how to contest what was refused.
    pub(super) async fn mail_reviewed(
        &self,
        call: &Call,
        kind: &JobKind,
        id: ReservationId,
    ) -> Outcome<Went> {
        let letter = match self.letter(call, id).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        let text = match &letter.facts.record.state {
            ReservationState::Refused { reason, .. } => letter.not_permitted(reason),
            ReservationState::AwaitingPayment { due } => {
                let day = civil::full_date(civil::date_at(*due));
                let until = format!("{day} {}", civil::wall_clock_at(*due).format("%H:%M"));
                letter.permitted(&until)
            }
            // Paid, or given up, before the mail left: that has a mail of its own.
            _ => return Ok(Went::Done),
        };
        self.send(call, kind, &letter.to, text, Vec::new()).await
    }
}

impl Letter {
    /// True where somebody said no, and it was not time that ran out.
    fn was_refused(&self) -> bool {
        self.facts.reviews.iter().any(|review| {
            let decided = review.decided.as_ref();
            let refused = decided.is_some_and(|it| it.verdict == Verdict::Refused);
            refused && review.item.kind.decides_permission()
        })
    }

    fn not_permitted(&self, reason: &str) -> (String, String) {
        if !self.was_refused() {
            return self.not_in_time();
        }
        let body = format!(
            "申込みを審査しましたが、使用を許可できませんでした。\n\n{}\n理由　　{reason}\n\n料金はかかりません。\n\n{}",
            self.what(),
            self.contest()
        );
        self.text("【不許可のお知らせ】", &body)
    }

    fn not_in_time(&self) -> (String, String) {
        let body = format!(
            "使用の開始までに審査が終わらず、使用を許可できませんでした。ご迷惑をおかけして申し訳ありません。\n\n{}\n\n料金はかかりません。別の日時でお使いになるときは、もう一度予約してください。お急ぎのときや、経過をお知りになりたいときは、下の窓口へお電話ください。\n\n{}",
            self.what(),
            self.contest()
        );
        self.text("【審査が間に合わなかったお知らせ】", &body)
    }

    fn permitted(&self, until: &str) -> (String, String) {
        let quote = &self.facts.record.quote;
        let fee = match quote.unreduced_yen {
            Some(before) => format!("減免前　{before}\n料金　　{}", quote.total_yen),
            None => format!("料金　　{}", quote.total_yen),
        };
        let reduction = self.reduction();
        let body = format!(
            "申込みを審査し、使用を許可することに決まりました。{until} までにお支払いください。お支払いがすむと、予約が確定します。\n\n{}\n{fee}{reduction}\n\nこの料金でご利用にならないときは、予約のページから取り消せます。お支払いの前なら、料金はかかりません。",
            self.what(),
        );
        self.text("【審査結果のお知らせ】", &body)
    }

    /// What became of the reduction, if one was asked for.
    fn reduction(&self) -> String {
        let decided = self.facts.reviews.iter().find_map(|review| {
            let is = review.item.kind == ReviewKind::Reduction;
            Some((&review.item, review.decided.as_ref().filter(|_| is)?))
        });
        match decided {
            Some((item, decided)) => match decided.verdict {
                Verdict::Granted { percent } => {
                    format!("\n減免　　{}（{}%）", item.label, percent.unwrap_or(0))
                }
                Verdict::Refused => format!(
                    "\n減免　　{}は認められませんでした\n理由　　{}\n\n{}",
                    item.label,
                    decided.reason,
                    self.contest()
                ),
            },
            None => String::new(),
        }
    }

    fn contest(&self) -> String {
        appeal(self.facts.towns.now()).join("\n")
    }
}
