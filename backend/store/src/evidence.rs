//! What ties people to the town (町内の証拠).

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::ids::{PersonId, StaffId};
use domain::residency::{Evidence, Source};
use domain::town::TownTie;
use sea_orm::prelude::Expr;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
};
use usecases::ports::store::{EvidenceReads, EvidenceRecord, EvidenceWrites, Stored};

use crate::entity::residence_evidence::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

const fn tie_word(tie: TownTie) -> &'static str {
    match tie {
        TownTie::Lives => "lives",
        TownTie::Works => "works",
        TownTie::Studies => "studies",
    }
}

const fn source_word(source: Source) -> &'static str {
    match source {
        Source::Card => "card",
        Source::SeenAtCounter => "seen_at_counter",
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> EvidenceReads for Scoped<C> {
    async fn evidence_of(&self, person: PersonId) -> Stored<Vec<EvidenceRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::PersonId.eq(person.0))
            .order_by_desc(Column::SeenOn)
            .order_by_desc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading what ties somebody to the town")?;
        rows.into_iter().map(|row| Ok(evidence(row)?)).collect()
    }
}

#[async_trait]
impl EvidenceWrites for Scoped<DatabaseTransaction> {
    async fn note_evidence(&mut self, record: &EvidenceRecord) -> Stored<()> {
        let Evidence { tie, source, on } = record.evidence;
        let seen_by = record.seen_by.map(|staff| staff.0);
        let seen_again = self
            .update::<Entity>()
            .col_expr(Column::SeenOn, Expr::value(row::day(on)))
            .col_expr(Column::SeenBy, Expr::value(seen_by))
            .filter(Column::PersonId.eq(record.person.0))
            .filter(Column::Tie.eq(tie_word(tie)))
            .filter(Column::Source.eq(source_word(source)))
            .filter(Column::EndedOn.is_null())
            .filter(Column::SeenOn.lte(row::day(on)))
            .exec(&self.conn)
            .await
            .doing("noting that evidence was seen again")?;
        if seen_again.rows_affected > 0 {
            return Ok(());
        }
        let row = Model {
            municipality_id: self.tenant(),
            id: record.id,
            person_id: record.person.0,
            tie: tie_word(tie).to_owned(),
            source: source_word(source).to_owned(),
            first_on: row::day(record.first_on),
            seen_on: row::day(on),
            seen_by,
            ended_on: record.ended_on.map(row::day),
        };
        // One that was seen later stands in the way, and stays.
        self.enter_unless(there::<Column>([]), row, "entering evidence")
            .await?;
        Ok(())
    }

    async fn end_evidence(&mut self, person: PersonId, tie: TownTie, on: NaiveDate) -> Stored<u64> {
        let on = row::day(on);
        let later = Expr::case(
            Expr::col(Column::SeenOn).gt(on.as_str()),
            Expr::col(Column::SeenOn),
        );
        let ended = self
            .update::<Entity>()
            .col_expr(Column::EndedOn, later.finally(on).into())
            .filter(Column::PersonId.eq(person.0))
            .filter(Column::Tie.eq(tie_word(tie)))
            .filter(Column::EndedOn.is_null())
            .exec(&self.conn)
            .await
            .doing("ending evidence")?;
        Ok(ended.rows_affected)
    }
}

fn evidence(model: Model) -> Result<EvidenceRecord, Unreadable> {
    let row = Row::of("residence_evidence", model.id);
    Ok(EvidenceRecord {
        id: model.id,
        person: PersonId(model.person_id),
        evidence: Evidence {
            tie: row.word("tie", model.tie)?,
            source: row.word("source", model.source)?,
            on: row.day("seen_on", &model.seen_on)?,
        },
        first_on: row.day("first_on", &model.first_on)?,
        seen_by: model.seen_by.map(StaffId),
        ended_on: model
            .ended_on
            .map(|day| row.day("ended_on", &day))
            .transpose()?,
    })
}
