//! Staff: who they are, what they may do where, their sessions, and what they looked at.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, GrantId, PersonId, StaffId};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use usecases::ports::store::{
    GrantRecord, IdentityKey, StaffReads, StaffRecord, StaffSessionRecord, StaffWrites, Stored,
    ViewEntry,
};

use crate::entity::{staff, staff_grants as grants, staff_identities, staff_sessions, view_log};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};
use uuid::Uuid;

#[async_trait]
impl<C: ConnectionTrait + Send> StaffReads for Scoped<C> {
    async fn staff(&self, id: StaffId) -> Stored<Option<StaffRecord>> {
        let row = self
            .find::<staff::Entity>()
            .filter(staff::Column::Id.eq(id.0))
            .one(&self.conn)
            .await
            .doing("reading one of the staff")?;
        Ok(row.map(member).transpose()?)
    }

    async fn staff_of(&self, identity: &IdentityKey) -> Stored<Option<StaffId>> {
        let row = self
            .find::<staff_identities::Entity>()
            .filter(staff_identities::Column::Issuer.eq(&*identity.issuer))
            .filter(staff_identities::Column::ClientId.eq(&*identity.client_id))
            .filter(staff_identities::Column::Subject.eq(&*identity.subject))
            .one(&self.conn)
            .await
            .doing("reading a staff identity")?;
        Ok(row.map(|row| StaffId(row.staff_id)))
    }

    async fn all_staff(&self) -> Stored<Vec<(StaffRecord, Vec<IdentityKey>)>> {
        let rows = self
            .find::<staff::Entity>()
            .order_by_asc(staff::Column::CreatedAt)
            .order_by_asc(staff::Column::Id)
            .all(&self.conn)
            .await
            .doing("reading the staff")?;
        let identities = self
            .find::<staff_identities::Entity>()
            .order_by_asc(staff_identities::Column::CreatedAt)
            .all(&self.conn)
            .await
            .doing("reading staff identities")?;
        let mut keys: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in identities {
            keys.entry(row.staff_id).or_default().push(IdentityKey {
                issuer: row.issuer,
                client_id: row.client_id,
                subject: row.subject,
            });
        }
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let keys = keys.remove(&row.id).unwrap_or_default();
            all.push((member(row)?, keys));
        }
        Ok(all)
    }

    async fn grants(&self, staff: StaffId) -> Stored<Vec<GrantRecord>> {
        let active = self.staff(staff).await?.is_some_and(|staff| staff.active);
        if !active {
            return Ok(Vec::new());
        }
        let rows = self
            .find::<grants::Entity>()
            .filter(grants::Column::StaffId.eq(staff.0))
            .filter(grants::Column::RevokedAt.is_null())
            .order_by_asc(grants::Column::GrantedAt)
            .order_by_asc(grants::Column::Role)
            .order_by_asc(grants::Column::Id)
            .all(&self.conn)
            .await
            .doing("reading roles")?;
        Ok(rows.into_iter().map(grant).collect::<Result<_, _>>()?)
    }

    async fn viewed_since(
        &self,
        staff: StaffId,
        page: &'static str,
        since: DateTime<Utc>,
    ) -> Stored<BTreeSet<PersonId>> {
        let people: Vec<Uuid> = self
            .find::<view_log::Entity>()
            .filter(view_log::Column::StaffId.eq(staff.0))
            .filter(view_log::Column::At.gte(row::micros(since)))
            .filter(view_log::Column::Page.eq(page))
            .select_only()
            .column(view_log::Column::PersonId)
            .distinct()
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading who was seen")?;
        Ok(people.into_iter().map(PersonId).collect())
    }

    async fn staff_session(&self, token_hash: &[u8; 32]) -> Stored<Option<StaffSessionRecord>> {
        let row = self
            .find::<staff_sessions::Entity>()
            .filter(staff_sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .one(&self.conn)
            .await
            .doing("reading a session of staff")?;
        Ok(row.map(session).transpose()?)
    }
}

#[async_trait]
impl StaffWrites for Scoped<DatabaseTransaction> {
    async fn insert_staff(&mut self, staff: &StaffRecord, identity: &IdentityKey) -> Stored<bool> {
        let created_at = row::micros(staff.created_at);
        let row = staff::Model {
            municipality_id: self.tenant(),
            id: staff.id.0,
            name_sealed: staff.name_sealed.clone(),
            active: staff.active,
            created_at,
            updated_at: created_at,
        };
        self.enter(row, "entering one of the staff").await?;
        let row = staff_identities::Model {
            municipality_id: self.tenant(),
            issuer: identity.issuer.clone(),
            client_id: identity.client_id.clone(),
            subject: identity.subject.clone(),
            staff_id: staff.id.0,
            created_at,
        };
        self.enter_unless(
            there::<staff_identities::Column>([]),
            row,
            "entering a staff identity",
        )
        .await
    }

    async fn update_staff(&mut self, staff: &StaffRecord, now: DateTime<Utc>) -> Stored<()> {
        let changed = self
            .update::<staff::Entity>()
            .col_expr(
                staff::Column::NameSealed,
                Expr::value(staff.name_sealed.clone()),
            )
            .col_expr(staff::Column::Active, Expr::value(staff.active))
            .col_expr(staff::Column::UpdatedAt, Expr::value(row::micros(now)))
            .filter(staff::Column::Id.eq(staff.id.0))
            .exec(&self.conn)
            .await
            .doing("changing one of the staff")?;
        if changed.rows_affected == 0 {
            let why = "there is none with this id";
            return Err(fault("changing one of the staff", why));
        }
        Ok(())
    }

    async fn insert_grant(&mut self, grant: &GrantRecord) -> Stored<bool> {
        let row = grants::Model {
            municipality_id: self.tenant(),
            id: grant.id.0,
            staff_id: grant.staff.0,
            role: grant.role.as_str().to_owned(),
            facility_id: grant.facility.map(|facility| facility.0),
            granted_at: row::micros(grant.granted_at),
            granted_by: grant.granted_by.map(|staff| staff.0),
            revoked_at: None,
            revoked_by: None,
        };
        self.enter_unless(there::<grants::Column>([]), row, "giving a role")
            .await
    }

    async fn revoke_grant(
        &mut self,
        id: GrantId,
        by: Option<StaffId>,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let by = by.map(|staff| staff.0);
        let revoked = self
            .update::<grants::Entity>()
            .col_expr(grants::Column::RevokedAt, Expr::value(row::micros(now)))
            .col_expr(grants::Column::RevokedBy, Expr::value(by))
            .filter(grants::Column::Id.eq(id.0))
            .filter(grants::Column::RevokedAt.is_null())
            .exec(&self.conn)
            .await
            .doing("taking a role back")?;
        Ok(revoked.rows_affected > 0)
    }

    async fn insert_staff_session(&mut self, session: &StaffSessionRecord) -> Stored<()> {
        let row = staff_sessions::Model {
            municipality_id: self.tenant(),
            token_hash: session.token_hash.to_vec(),
            staff_id: session.staff.0,
            created_at: row::micros(session.created_at),
            last_seen_at: row::micros(session.last_seen_at),
            expires_at: row::micros(session.expires_at),
        };
        self.enter(row, "entering a session of staff").await
    }

    async fn touch_staff_session(
        &mut self,
        token_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let now = Expr::value(row::micros(now));
        self.update::<staff_sessions::Entity>()
            .col_expr(staff_sessions::Column::LastSeenAt, now)
            .filter(staff_sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .exec(&self.conn)
            .await
            .doing("touching a session of staff")?;
        Ok(())
    }

    async fn delete_staff_session(&mut self, token_hash: &[u8; 32]) -> Stored<()> {
        self.delete::<staff_sessions::Entity>()
            .filter(staff_sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .exec(&self.conn)
            .await
            .doing("ending a session of staff")?;
        Ok(())
    }

    async fn delete_sessions_of_staff(&mut self, staff: StaffId) -> Stored<()> {
        self.delete::<staff_sessions::Entity>()
            .filter(staff_sessions::Column::StaffId.eq(staff.0))
            .exec(&self.conn)
            .await
            .doing("ending somebody's sessions")?;
        Ok(())
    }

    async fn purge_staff_sessions(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let ended = self
            .find::<staff_sessions::Entity>()
            .filter(staff_sessions::Column::ExpiresAt.lt(row::micros(before)));
        let key = staff_sessions::Column::TokenHash;
        self.purge::<Vec<u8>, _>(ended, key, most, "purging sessions of staff that ended")
            .await
    }

    async fn log_views(&mut self, views: &[ViewEntry]) -> Stored<()> {
        if views.is_empty() {
            return Ok(());
        }
        let rows = views.iter().map(|view| {
            view_log::Model {
                municipality_id: self.tenant(),
                id: view.id,
                staff_id: view.staff.0,
                person_id: view.person.0,
                at: row::micros(view.at),
                page: view.page.to_owned(),
                request_id: view.request.0,
            }
            .into_active_model()
        });
        view_log::Entity::insert_many(rows)
            .exec_without_returning(&self.conn)
            .await
            .doing("noting a look")?;
        Ok(())
    }
}

fn member(model: staff::Model) -> Result<StaffRecord, Unreadable> {
    let row = Row::of("staff", model.id);
    Ok(StaffRecord {
        id: StaffId(model.id),
        name_sealed: model.name_sealed,
        active: model.active,
        created_at: row.instant("created_at", model.created_at)?,
    })
}

fn grant(model: grants::Model) -> Result<GrantRecord, Unreadable> {
    let row = Row::of("staff_grants", model.id);
    Ok(GrantRecord {
        id: GrantId(model.id),
        staff: StaffId(model.staff_id),
        role: row.word("role", model.role)?,
        facility: model.facility_id.map(FacilityId),
        granted_at: row.instant("granted_at", model.granted_at)?,
        granted_by: model.granted_by.map(StaffId),
    })
}

fn session(model: staff_sessions::Model) -> Result<StaffSessionRecord, Unreadable> {
    let row = Row::of("staff_sessions", model.staff_id);
    Ok(StaffSessionRecord {
        token_hash: row.hash("token_hash", model.token_hash)?,
        staff: StaffId(model.staff_id),
        created_at: row.instant("created_at", model.created_at)?,
        last_seen_at: row.instant("last_seen_at", model.last_seen_at)?,
        expires_at: row.instant("expires_at", model.expires_at)?,
    })
}
