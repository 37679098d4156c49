//! Reservations (予約).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reservations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub person_id: Uuid,
    pub group_id: Option<Uuid>,
    pub channel: String,
    pub made_by: Option<Uuid>,
    pub facility_id: Uuid,
    pub room_id: Uuid,
    pub town_version: Option<i32>,
    pub starts_at: i64,
    pub ends_at: i64,
    pub people: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub particulars: Json,
    pub note_sealed: Option<Vec<u8>>,
    #[sea_orm(column_type = "JsonBinary")]
    pub quote: Json,
    pub total_yen: i64,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub state_facts: Json,
    pub holds_floor: bool,
    pub deadline_at: Option<i64>,
    pub submission: Uuid,
    pub request_hash: Vec<u8>,
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
