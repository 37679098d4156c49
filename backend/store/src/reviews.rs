//! What somebody decides about a booking (審査), and reductions that stand for a year.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{GroupId, PersonId, ReservationId, ReviewId, StaffId};
use domain::quote::Quote;
use domain::reservation::StateName;
use domain::review::{ReviewItem, Verdict};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use usecases::ports::store::{
    Decided, Holder, ReservationRecord, ReviewReads, ReviewRecord, ReviewWrites, StandingReduction,
    Stored,
};

use crate::entity::reviews::{Column, Entity, Model};
use crate::entity::{reservations, standing_reductions as standing};
use crate::failure::{Doing as _, Unreadable};
use crate::reservations::record as reservation;
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

const OPEN: &str = "open";
const GRANTED: &str = "granted";
const REFUSED: &str = "refused";

#[async_trait]
impl<C: ConnectionTrait + Send> ReviewReads for Scoped<C> {
    async fn reviews(&self, of: ReservationId) -> Stored<Vec<ReviewRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::ReservationId.eq(of.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading a review")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    async fn in_review(&self, most: u32) -> Stored<Vec<ReservationRecord>> {
        let rows = self
            .find::<reservations::Entity>()
            .filter(reservations::Column::State.eq(StateName::AwaitingReview.as_str()))
            .order_by_asc(reservations::Column::UpdatedAt)
            .order_by_asc(reservations::Column::Id)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("reading what waits for a decision")?;
        rows.into_iter().map(|row| Ok(reservation(row)?)).collect()
    }

    async fn standing_reductions(
        &self,
        holder: Holder,
        fiscal_year: i32,
    ) -> Stored<Vec<StandingReduction>> {
        let whose = match holder {
            Holder::Group(group) => standing::Column::GroupId.eq(group.0),
            Holder::Person(person) => standing::Column::PersonId.eq(person.0),
        };
        let rows = self
            .find::<standing::Entity>()
            .filter(whose)
            .filter(standing::Column::FiscalYear.eq(fiscal_year))
            .order_by_asc(standing::Column::DecidedAt)
            .all(&self.conn)
            .await
            .doing("reading reductions that stand")?;
        rows.into_iter().map(|row| Ok(stands(row)?)).collect()
    }
}

#[async_trait]
impl ReviewWrites for Scoped<DatabaseTransaction> {
    async fn insert_review(&mut self, review: &ReviewRecord) -> Stored<bool> {
        let decided = review.decided.as_ref();
        let (state, percent) = columns(decided.map(|decided| decided.verdict))?;
        let row = Model {
            municipality_id: self.tenant(),
            id: review.id.0,
            reservation_id: review.reservation.0,
            kind: review.item.kind.as_str().to_owned(),
            label: review.item.label.clone(),
            article: review.item.article.clone(),
            reduction: review.item.reduction.as_ref().map(ToString::to_string),
            stated_sealed: review.stated_sealed.clone(),
            state: state.to_owned(),
            percent,
            shown: decided.and_then(|decided| decided.shown.clone()),
            decided_by: decided.map(|decided| decided.by.0),
            decided_at: decided.map(|decided| row::micros(decided.at)),
            reason: decided.map_or_else(String::new, |decided| decided.reason.clone()),
            quote_before: quote(review.quotes.as_ref().map(|(before, _)| before))?,
            quote_after: quote(review.quotes.as_ref().map(|(_, after)| after))?,
            revision: review.revision,
            created_at: row::micros(review.created_at),
            updated_at: row::micros(review.created_at),
        };
        self.enter_unless(there::<Column>([]), row, "entering a review")
            .await
    }

    async fn decide_review(
        &mut self,
        id: ReviewId,
        revision: i32,
        decided: &Decided,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let (state, percent) = columns(Some(decided.verdict))?;
        let set = [
            (Column::State, Expr::value(state)),
            (Column::Percent, Expr::value(percent)),
            (Column::Shown, Expr::value(decided.shown.clone())),
            (Column::DecidedBy, Expr::value(decided.by.0)),
            (Column::DecidedAt, Expr::value(row::micros(decided.at))),
            (Column::Reason, Expr::value(decided.reason.clone())),
        ];
        self.change::<Entity>((id.0, revision), set, now, "deciding a review")
            .await
    }

    async fn note_quotes(
        &mut self,
        id: ReviewId,
        revision: i32,
        (before, after): (&Quote, &Quote),
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let set = [
            (Column::QuoteBefore, Expr::value(row::json(before)?)),
            (Column::QuoteAfter, Expr::value(row::json(after)?)),
        ];
        self.change::<Entity>((id.0, revision), set, now, "noting a review's quotes")
            .await
    }

    async fn insert_standing_reduction(&mut self, standing: &StandingReduction) -> Stored<bool> {
        let (group_id, person_id) = match standing.holder {
            Holder::Group(group) => (Some(group.0), None),
            Holder::Person(person) => (None, Some(person.0)),
        };
        let row = standing::Model {
            municipality_id: self.tenant(),
            id: standing.id,
            group_id,
            person_id,
            reduction: standing.reduction.to_string(),
            percent: row::integer(standing.percent)?,
            fiscal_year: standing.fiscal_year,
            decided_by: standing.by.0,
            decided_at: row::micros(standing.at),
            reason: standing.reason.clone(),
        };
        self.enter_unless(
            there::<standing::Column>([]),
            row,
            "entering a reduction that stands",
        )
        .await
    }
}

/// The columns `state` and `percent`.
fn columns(verdict: Option<Verdict>) -> Stored<(&'static str, Option<i32>)> {
    Ok(match verdict {
        None => (OPEN, None),
        Some(Verdict::Granted { percent }) => (GRANTED, percent.map(row::integer).transpose()?),
        Some(Verdict::Refused) => (REFUSED, None),
    })
}

fn quote(quote: Option<&Quote>) -> Stored<Option<sea_orm::prelude::Json>> {
    quote.map(row::json).transpose()
}

fn record(model: Model) -> Result<ReviewRecord, Unreadable> {
    let row = Row::of("reviews", model.id);
    let percent = model
        .percent
        .map(|percent| row.parse("percent", percent))
        .transpose()?;
    let verdict = match &*model.state {
        OPEN => None,
        GRANTED => Some(Verdict::Granted { percent }),
        REFUSED => Some(Verdict::Refused),
        _ => return Err(row.unreadable("state", "no state of a review")),
    };
    let decided = match (verdict, model.decided_by, model.decided_at) {
        (Some(verdict), Some(by), Some(at)) => Some(Decided {
            verdict,
            reason: model.reason,
            shown: model.shown,
            by: StaffId(by),
            at: row.instant("decided_at", at)?,
        }),
        (None, None, None) => None,
        _ => return Err(row.unreadable("decided_by", "half decided")),
    };
    let quotes = match (model.quote_before, model.quote_after) {
        (Some(before), Some(after)) => Some((
            row.json("quote_before", before)?,
            row.json("quote_after", after)?,
        )),
        _ => None,
    };
    let reduction = model.reduction.map(|slug| row.word("reduction", slug));
    Ok(ReviewRecord {
        id: ReviewId(model.id),
        reservation: ReservationId(model.reservation_id),
        item: ReviewItem {
            kind: row.word("kind", model.kind)?,
            label: model.label,
            article: model.article,
            reduction: reduction.transpose()?,
        },
        stated_sealed: model.stated_sealed,
        decided,
        quotes,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}

fn stands(model: standing::Model) -> Result<StandingReduction, Unreadable> {
    let row = Row::of("standing_reductions", model.id);
    let holder = match (model.group_id, model.person_id) {
        (Some(group), None) => Holder::Group(GroupId(group)),
        (None, Some(person)) => Holder::Person(PersonId(person)),
        _ => return Err(row.unreadable("group_id", "nobody's, or two people's")),
    };
    Ok(StandingReduction {
        id: model.id,
        holder,
        reduction: row.word("reduction", model.reduction)?,
        percent: row.parse("percent", model.percent)?,
        fiscal_year: model.fiscal_year,
        by: StaffId(model.decided_by),
        at: row.instant("decided_at", model.decided_at)?,
        reason: model.reason,
    })
}
