//! Payments (収納).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reservation_id: Uuid,
    pub amount_yen: i64,
    pub means: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub state_facts: Json,
    pub idempotency_key: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub request: Option<Json>,
    pub session_id: Option<String>,
    pub entrusted_at: Option<i64>,
    pub method: Option<String>,
    pub settled_at: Option<i64>,
    pub remitted_at: Option<i64>,
    pub revision: i32,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}

impl super::Revised for Entity {
    const ID: Column = Column::Id;
    const REVISION: Column = Column::Revision;
    const UPDATED_AT: Column = Column::UpdatedAt;
}
