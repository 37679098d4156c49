//! People as the counter finds them (利用者台帳).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PersonId;
use domain::search_key::{PersonNumber, SearchField};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use usecases::ports::store::{
    FiledPeopleReads, FiledPeopleWrites, FiledPerson, FiledTerms, PersonRecord, Stored,
};
use usecases::ports::vault::TermHash;
use uuid::Uuid;

use crate::entity::{people, person_terms as terms};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::people::person;
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

impl<C> Scoped<C> {
    /// The ids behind [`FiledPeopleReads::people_filed_under`], found by the primary key.
    fn filed_under(&self, hashes: &[TermHash], most: u32) -> Select<terms::Entity> {
        self.find::<terms::Entity>()
            .filter(terms::Column::TermHash.is_in(hashes.iter().map(|hash| hash.to_vec())))
            .select_only()
            .column(terms::Column::PersonId)
            .distinct()
            .order_by_asc(terms::Column::PersonId)
            .limit(u64::from(most))
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> FiledPeopleReads for Scoped<C> {
    async fn people(&self, ids: &[PersonId]) -> Stored<Vec<FiledPerson>> {
        let mut all = Vec::new();
        for some in ids.chunks(MOST_ASKED_AT_ONCE) {
            let rows = self
                .find::<people::Entity>()
                .filter(people::Column::Id.is_in(some.iter().map(|id| id.0)))
                .all(&self.conn)
                .await
                .doing("reading people")?;
            for row in rows {
                all.push(filed(row)?);
            }
        }
        all.sort_by_key(|person| person.number);
        Ok(all)
    }

    async fn person_with_number(&self, number: PersonNumber) -> Stored<Option<PersonId>> {
        let id: Option<Uuid> = self
            .find::<people::Entity>()
            .filter(people::Column::Serial.eq(row::integer(number.serial())?))
            .select_only()
            .column(people::Column::Id)
            .into_tuple()
            .one(&self.conn)
            .await
            .doing("looking for a person by number")?;
        Ok(id.map(PersonId))
    }

    async fn people_filed_under(&self, hashes: &[TermHash], most: u32) -> Stored<Vec<PersonId>> {
        let ids: Vec<Uuid> = self
            .filed_under(hashes, most)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("looking for people by terms")?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    async fn unfiled_people(&self, most: u32) -> Stored<Vec<PersonId>> {
        let ids: Vec<Uuid> = self
            .find::<people::Entity>()
            .filter(people::Column::FiledAt.is_null())
            .order_by_asc(people::Column::Serial)
            .limit(u64::from(most))
            .select_only()
            .column(people::Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("looking for people nobody has filed")?;
        Ok(ids.into_iter().map(PersonId).collect())
    }
}

#[async_trait]
impl FiledPeopleWrites for Scoped<DatabaseTransaction> {
    async fn insert_person_without_card(&mut self, person: &PersonRecord) -> Stored<PersonNumber> {
        let row = self.person_row(person, person.created_at);
        self.enter(row, "entering a person").await?;
        let serial: Option<i32> = self
            .find::<people::Entity>()
            .filter(people::Column::Id.eq(person.id.0))
            .select_only()
            .column(people::Column::Serial)
            .into_tuple()
            .one(&self.conn)
            .await
            .doing("reading a person's number")?
            .flatten();
        Ok(number(&Row::of("people", person.id), serial)?)
    }

    async fn file_person(
        &mut self,
        person: PersonId,
        filed_under: &FiledTerms,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        // This locks the person, so that of two who file them at once one files after the other.
        let noted = self
            .update::<people::Entity>()
            .col_expr(people::Column::FiledAt, Expr::value(row::micros(now)))
            .filter(people::Column::Id.eq(person.0))
            .exec(&self.conn)
            .await
            .doing("noting that a person was filed")?;
        if noted.rows_affected == 0 {
            return Err(fault("filing a person", "there is none with this id"));
        }
        self.delete::<terms::Entity>()
            .filter(terms::Column::PersonId.eq(person.0))
            .filter(terms::Column::Kind.is_in(filed_under.keys().map(|field| field.as_str())))
            .exec(&self.conn)
            .await
            .doing("taking a person off the index")?;
        let rows: Vec<terms::Model> = filed_under
            .iter()
            .flat_map(|(field, hashes)| {
                hashes
                    .iter()
                    .map(|hash| self.term_row(person, *field, hash))
            })
            .collect();
        if !rows.is_empty() {
            let rows = rows.into_iter().map(terms::Model::into_active_model);
            terms::Entity::insert_many(rows)
                .exec_without_returning(&self.conn)
                .await
                .doing("filing a person")?;
        }
        Ok(())
    }
}

impl Scoped<DatabaseTransaction> {
    fn term_row(&self, person: PersonId, field: SearchField, hash: &TermHash) -> terms::Model {
        terms::Model {
            municipality_id: self.tenant(),
            term_hash: hash.to_vec(),
            person_id: person.0,
            kind: field.as_str().to_owned(),
        }
    }
}

fn filed(model: people::Model) -> Result<FiledPerson, Unreadable> {
    Ok(FiledPerson {
        number: number(&Row::of("people", model.id), model.serial)?,
        record: person(model)?,
    })
}

fn number(row: &Row, serial: Option<i32>) -> Result<PersonNumber, Unreadable> {
    serial
        .and_then(|serial| u32::try_from(serial).ok())
        .and_then(PersonNumber::from_serial)
        .ok_or_else(|| row.unreadable("serial", "not the serial of a number"))
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait as _;
    use testkit::{Engine, TestWorld};

    use super::*;
    use crate::explained::plan;

    testkit::on_both! {
        async fn people_are_found_by_the_primary_key_of_the_index(db: TestStore) {
            let world = TestWorld::new(&db).await.unwrap();
            let conn = db.raw().await.unwrap();
            let (hash, key) = match db.engine() {
                Engine::Sqlite => ("randomblob(32)", "(municipality_id=? AND term_hash=?)"),
                Engine::Postgres => (
                    "decode(md5(n::text) || md5(n::text), 'hex')",
                    "person_terms_pkey",
                ),
            };
            let crowd = format!(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
                INSERT INTO person_terms (municipality_id, person_id, kind, term_hash)
                SELECT p.municipality_id, p.id, 'kana', {hash} FROM people p CROSS JOIN n"
            );
            for sql in [crowd.as_str(), "ANALYZE person_terms"] {
                conn.execute_unprepared(sql).await.unwrap();
            }
            let scoped = Scoped::over(conn, world.municipality);
            let query = scoped
                .filed_under(&[[1; 32], [2; 32]], 50)
                .build(scoped.conn.get_database_backend());
            let plan = plan(&scoped.conn, query).await;
            assert!(plan.contains(key), "{plan}");
            for slow in ["Seq Scan", "SCAN"] {
                assert!(!plan.contains(slow), "{plan}");
            }
            scoped.conn.close().await.unwrap();
        }
    }
}
