//! Groups (団体).
//!
//! Until when they are registered and since when they wait are derived from the state and written
//! beside it, so that constraints and indexes can see them; `state_facts` is the truth that is read
//! back.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::group::{DocumentSeen, GroupState, searched};
use domain::ids::{GroupId, PersonId, StaffId};
use domain::residency::Members;
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
};
use usecases::ports::store::{GroupReads, GroupRecord, GroupWrites, Stored};
use uuid::Uuid;

use crate::entity::groups::{Column, Entity, Model};
use crate::entity::{group_agents as agents, group_documents as documents};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

#[async_trait]
impl<C: ConnectionTrait + Send> GroupReads for Scoped<C> {
    async fn group(&self, id: GroupId) -> Stored<Option<GroupRecord>> {
        let which = self.find().filter(Column::Id.eq(id.0));
        Ok(self.groups(which).await?.pop())
    }

    async fn groups_of(&self, person: PersonId) -> Stored<Vec<GroupRecord>> {
        let acted_for = self
            .find::<agents::Entity>()
            .filter(agents::Column::PersonId.eq(person.0))
            .select_only()
            .column(agents::Column::GroupId)
            .into_query();
        let which = self.find().filter(
            Condition::any()
                .add(Column::RepresentativeId.eq(person.0))
                .add(Column::Id.in_subquery(acted_for)),
        );
        self.groups(which.order_by_asc(Column::Kana)).await
    }

    async fn acts_for(&self, person: PersonId, group: GroupId) -> Stored<bool> {
        let groups = self.groups_of(person).await?;
        Ok(groups.iter().any(|record| record.id == group))
    }

    async fn agents_of(&self, group: GroupId) -> Stored<Vec<PersonId>> {
        let ids: Vec<Uuid> = self
            .find::<agents::Entity>()
            .filter(agents::Column::GroupId.eq(group.0))
            .order_by_asc(agents::Column::PersonId)
            .select_only()
            .column(agents::Column::PersonId)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading who acts for a group")?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    async fn documents_of(&self, group: GroupId) -> Stored<Vec<DocumentSeen>> {
        let rows = self
            .find::<documents::Entity>()
            .filter(documents::Column::GroupId.eq(group.0))
            .order_by_desc(documents::Column::SeenOn)
            .order_by_asc(documents::Column::Document)
            .all(&self.conn)
            .await
            .doing("reading a group's papers")?;
        rows.into_iter().map(|row| Ok(document(row)?)).collect()
    }

    async fn groups_to_decide(&self, most: u32) -> Stored<Vec<GroupRecord>> {
        let waiting = self
            .find()
            .filter(Column::ToDecideSince.is_not_null())
            .order_by_asc(Column::ToDecideSince)
            .limit(u64::from(most));
        self.groups(waiting).await
    }

    async fn groups_found(&self, searched_for: &str, most: u32) -> Stored<Vec<GroupRecord>> {
        // Letters and digits alone: nothing in it means anything to LIKE.
        let found = self
            .find()
            .filter(Column::Searched.contains(searched_for))
            .order_by_asc(Column::Kana)
            .limit(u64::from(most));
        self.groups(found).await
    }

    async fn group_submitted(
        &self,
        representative: PersonId,
        submission: Uuid,
    ) -> Stored<Option<GroupId>> {
        let which = self
            .find()
            .filter(Column::RepresentativeId.eq(representative.0))
            .filter(Column::Submission.eq(submission));
        Ok(self.groups(which).await?.pop().map(|group| group.id))
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    async fn groups(&self, which: Select<Entity>) -> Stored<Vec<GroupRecord>> {
        let rows = which
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading groups")?;
        rows.into_iter().map(|row| Ok(group(row)?)).collect()
    }
}

#[async_trait]
impl GroupWrites for Scoped<DatabaseTransaction> {
    async fn insert_group(&mut self, group: &GroupRecord) -> Stored<bool> {
        let row = Model {
            municipality_id: self.tenant(),
            id: group.id.0,
            name: group.name.clone(),
            kana: group.kana.clone(),
            searched: searched(&group.name, &group.kana),
            activity: group.activity.clone(),
            representative_id: group.representative.0,
            members_all: row::integer(group.members.all)?,
            members_in_town: row::integer(group.members.in_town)?,
            state: group.state.name().as_str().to_owned(),
            state_facts: row::json(&group.state)?,
            valid_until: group.state.valid_until().map(row::day),
            to_decide_since: group.state.to_decide_since().map(row::micros),
            submission: group.submission,
            revision: group.revision,
            created_at: row::micros(group.created_at),
            updated_at: row::micros(group.created_at),
        };
        let key = [
            Column::MunicipalityId,
            Column::RepresentativeId,
            Column::Submission,
        ];
        self.enter_unless(there(key), row, "entering a group").await
    }

    async fn change_group(&mut self, group: &GroupRecord, now: DateTime<Utc>) -> Stored<()> {
        let state = &group.state;
        let set = [
            (Column::Name, Expr::value(group.name.as_str())),
            (Column::Kana, Expr::value(group.kana.as_str())),
            (
                Column::Searched,
                Expr::value(searched(&group.name, &group.kana)),
            ),
            (Column::Activity, Expr::value(group.activity.as_str())),
            (
                Column::MembersAll,
                Expr::value(row::integer(group.members.all)?),
            ),
            (
                Column::MembersInTown,
                Expr::value(row::integer(group.members.in_town)?),
            ),
            (Column::State, Expr::value(state.name().as_str())),
            (Column::StateFacts, Expr::value(row::json(state)?)),
            (
                Column::ValidUntil,
                Expr::value(state.valid_until().map(row::day)),
            ),
            (
                Column::ToDecideSince,
                Expr::value(state.to_decide_since().map(row::micros)),
            ),
        ];
        let which = (group.id.0, group.revision);
        self.change::<Entity>(which, set, now, "changing a group")
            .await
    }

    async fn insert_agent(
        &mut self,
        group: GroupId,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let row = agents::Model {
            municipality_id: self.tenant(),
            group_id: group.0,
            person_id: person.0,
            created_at: row::micros(now),
        };
        let key = [
            agents::Column::MunicipalityId,
            agents::Column::GroupId,
            agents::Column::PersonId,
        ];
        self.enter_unless(there(key), row, "letting somebody act for a group")
            .await
    }

    async fn delete_agent(&mut self, group: GroupId, person: PersonId) -> Stored<bool> {
        let gone = self
            .delete::<agents::Entity>()
            .filter(agents::Column::GroupId.eq(group.0))
            .filter(agents::Column::PersonId.eq(person.0))
            .exec(&self.conn)
            .await
            .doing("letting somebody no longer act for a group")?;
        Ok(gone.rows_affected > 0)
    }

    async fn note_document(&mut self, group: GroupId, seen: &DocumentSeen) -> Stored<bool> {
        let row = documents::Model {
            municipality_id: self.tenant(),
            group_id: group.0,
            document: seen.document.as_str().to_owned(),
            seen_on: row::day(seen.on),
            seen_by: seen.by.0,
        };
        let key = [
            documents::Column::MunicipalityId,
            documents::Column::GroupId,
            documents::Column::Document,
            documents::Column::SeenOn,
        ];
        self.enter_unless(there(key), row, "noting a group's paper")
            .await
    }
}

fn group(model: Model) -> Result<GroupRecord, Unreadable> {
    let row = Row::of("groups", model.id);
    let state: GroupState = row.json("state_facts", model.state_facts)?;
    Ok(GroupRecord {
        id: GroupId(model.id),
        name: model.name,
        kana: model.kana,
        activity: model.activity,
        representative: PersonId(model.representative_id),
        members: Members {
            in_town: row.count("members_in_town", model.members_in_town)?,
            all: row.count("members_all", model.members_all)?,
        },
        state,
        submission: model.submission,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}

fn document(model: documents::Model) -> Result<DocumentSeen, Unreadable> {
    let row = Row::of("group_documents", model.group_id);
    Ok(DocumentSeen {
        document: row.word("document", model.document)?,
        on: row.day("seen_on", &model.seen_on)?,
        by: StaffId(model.seen_by),
    })
}
