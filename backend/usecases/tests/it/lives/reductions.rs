//! Reductions and reviews: asked for and decided, on the spot, standing for the year.

use contract::{
    DecideReview, Failure, ReduceAtCounter, Resident as _, ReviewStanding, Reviews as _,
    SubmitForReview,
};
use domain::ids::ReservationId;
use domain::quote::{Component, QuoteLine};
use domain::reservation::ReservationState;
use domain::review::{ReviewKind, Verdict};
use domain::town::{Reduction, Rounding, Slug};
use usecases::ports::store::ReservationRecord;
use uuid::Uuid;

use super::life::Life;
use super::paying::Page;
use crate::bench::reviews::{STATED, percent};

impl Life {
    /// Books asking for a reduction, or for a use that is looked at, or both, and mostly applies.
    pub async fn applies(&mut self) {
        let all = &self.stage.town.reductions;
        let ids: Vec<&Slug> = all.iter().map(|one| &one.id).collect();
        let reduction = self.dice.one_of(&ids).cloned();
        let is_looked_at = self.dice.below(4) == 0;
        let reduction = reduction.filter(|_| !is_looked_at || self.dice.below(2) == 0);
        let id = self.book_asking(reduction, is_looked_at).await;
        let submit = SubmitForReview {
            reservation: id,
            stated: STATED.to_owned(),
        };
        match self.dice.below(6) {
            // They go away; it lapses, or comes to the counter before that.
            0 => {}
            1 => {
                let desk = self.bench.desk();
                desk.submit_for(&self.clerk, &submit).await.unwrap();
            }
            _ => {
                let call = self.call_of(id);
                let desk = self.bench.desk();
                desk.submit_for_review(&call, &submit).await.unwrap();
            }
        }
    }

    /// A manager goes through a few applications.
    pub async fn decides(&mut self) {
        for _application in 0..3 {
            self.decides_one().await;
        }
    }

    /// They decide the first thing that waits in one.
    async fn decides_one(&mut self) {
        let waiting = self.in_state("awaiting_review").await;
        let Some(id) = self.dice.one_of(&waiting) else {
            return;
        };
        let case = self.bench.case(&self.boss, id).await;
        let waits = |item: &&contract::CaseItem| item.view.standing == ReviewStanding::Waits;
        let item = case.items.iter().find(waits).unwrap();
        let asked = self.bench.record(id).await.particulars.reduction;
        let asked = asked.filter(|_| item.view.kind == ReviewKind::Reduction);
        let verdict = if self.dice.below(3) == 0 {
            Verdict::Refused
        } else {
            match &item.terms {
                Some(terms) if terms.is_ceiling => {
                    let key = self.holder(id, asked.as_ref().unwrap());
                    let stands = self.standing.get(&key).copied();
                    assert_eq!(terms.standing, stands, "what stands is proposed");
                    percent(stands.unwrap_or_else(|| 1 + self.dice.below(terms.most)))
                }
                _ => Verdict::Granted { percent: None },
            }
        };
        let decide = DecideReview {
            reservation: id,
            review: item.id,
            verdict,
            reason: "要項を確認".to_owned(),
            for_the_year: self.dice.below(2) == 0,
        };
        match self.bench.desk().decide(&self.boss, &decide).await {
            Ok(()) => self.decided(id, asked, &decide).await,
            Err(Failure::Refused(refusal)) => assert_eq!(refusal.code(), "slot.past"),
            Err(failure) => panic!("{failure:?}"),
        }
    }

    /// Whose grant for the year it is: a club's stands for the club, whoever acts for it.
    fn holder(&self, id: ReservationId, asked: &Slug) -> (Uuid, Slug) {
        let known = &self.known[&id];
        let holder = known.group.map_or(known.person.0, |club| club.0);
        (holder, asked.clone())
    }

    async fn decided(&mut self, id: ReservationId, asked: Option<Slug>, decide: &DecideReview) {
        let granted = match (&asked, decide.verdict) {
            (Some(asked), Verdict::Granted { percent }) => {
                let percent = percent.unwrap_or_else(|| self.reduction(asked).rate.most());
                Some((asked.clone(), percent))
            }
            _ => None,
        };
        if let Some((asked, percent)) = &granted {
            if decide.for_the_year {
                let key = self.holder(id, asked);
                self.standing.entry(key).or_insert(*percent);
            }
            self.knows(id).granted.clone_from(&granted);
        }
        let is_permission = asked.is_none();
        let record = self.bench.record(id).await;
        match &record.state {
            ReservationState::AwaitingReview { .. } => {}
            ReservationState::Refused { .. } => {
                assert!(is_permission && decide.verdict == Verdict::Refused);
                self.knows(id).held.clear();
            }
            state => {
                let granted = self.known[&id].granted.clone();
                self.assert_lowered(&record, granted);
                let total = self.frozen(id).await;
                let is_free = matches!(state, ReservationState::Confirmed { .. });
                assert_eq!(is_free, total == 0, "{state:?}");
                if is_free {
                    self.paid(id).await;
                }
            }
        }
    }

    fn reduction(&self, id: &Slug) -> &Reduction {
        let all = &self.stage.town.reductions;
        all.iter().find(|one| one.id == *id).unwrap()
    }

    /// What was granted, by hand from the lines before it: its share of what it touches, and less
    /// than the rounding besides.
    fn assert_lowered(&self, record: &ReservationRecord, granted: Option<(Slug, u32)>) {
        let quote = &record.quote;
        let Some((id, percent)) = granted else {
            assert_eq!(quote.unreduced_yen, None);
            return;
        };
        let reduction = self.reduction(&id);
        let whole = quote
            .lines
            .iter()
            .filter(|line| line.basis != reduction.article);
        let whole = whole.filter(|line| line.component != Component::Rounding);
        let (touched, apart): (Vec<_>, Vec<_>) =
            whole.partition(|line| reduction.touches.contains(&line.component));
        let sum = |lines: Vec<&QuoteLine>| -> i64 {
            lines.iter().map(|line| line.amount_yen.get()).sum()
        };
        let left = sum(touched) * (100 - i64::from(percent));
        let exact = left + sum(apart) * 100;
        let total = quote.total_yen.as_i64();
        let rounds = (self.stage.rounds)(record.particulars.room.as_str());
        let coarse = rounds || reduction.round == Some(Rounding::Down(10));
        let slack = if coarse { 2_000 } else { 100 };
        assert!(
            total * 100 <= exact && exact < total * 100 + slack,
            "{percent}% of {quote:?}"
        );
        assert!(
            quote
                .unreduced_yen
                .is_some_and(|before| before >= quote.total_yen)
        );
    }

    /// Somebody shows a document at the counter: of a new booking, of one that was asked for and not
    /// applied, or of what was permitted; with or without a page open at the whole fee, which may be
    /// paid all the same.
    pub async fn reduced_on_the_spot(&mut self) {
        let owing = self.in_state("awaiting_payment").await;
        let asking = self.in_state("held").await;
        let (id, may_pay) = match self.dice.below(4) {
            0 if !owing.is_empty() => (self.dice.one_of(&owing).unwrap(), true),
            1 if !asking.is_empty() => (self.dice.one_of(&asking).unwrap(), false),
            _ => (self.book().await, true),
        };
        let mut page = Page::TooSmall;
        if may_pay && self.dice.below(3) > 0 {
            page = self.page(id).await;
        }
        if matches!(page, Page::Free) {
            return self.paid(id).await;
        }
        let desk = self.bench.desk();
        let offers = desk.spot_reductions(&self.clerk, id).await.unwrap();
        let indices: Vec<usize> = (0..offers.len()).collect();
        let Some(at) = self.dice.one_of(&indices) else {
            return;
        };
        let offer = &offers[at];
        let reduce = ReduceAtCounter {
            reservation: id,
            reduction: offer.id.clone(),
            shown: offer.evidence[0].clone(),
        };
        match self
            .bench
            .desk()
            .reduce_at_counter(&self.clerk, &reduce)
            .await
        {
            Ok(()) => {}
            Err(Failure::Refused(refusal)) => {
                // Whoever decides has refused it before.
                assert_eq!(refusal.code(), "review.decided");
                return;
            }
            Err(failure) => panic!("{failure:?}"),
        }
        let granted = Some((offer.id.clone(), offer.percent));
        let record = self.bench.record(id).await;
        assert_eq!(record.quote.total_yen, offer.reduced_yen, "as offered");
        self.assert_lowered(&record, granted.clone());
        self.knows(id).granted = granted;
        self.frozen(id).await;
        if self.dice.below(3) > 0 {
            self.paid_all_the_same(page).await;
            self.paid_if_confirmed(id).await;
        }
        if self.known[&id].rest.is_some() {
            return;
        }
        match self.dice.below(3) {
            0 => self.by_card(id).await,
            1 => self.in_cash(id).await,
            _ => {}
        }
    }
}
