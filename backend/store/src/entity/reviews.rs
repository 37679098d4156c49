//! What somebody decides about a booking (審査).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reservation_id: Uuid,
    pub kind: String,
    pub label: String,
    pub article: String,
    pub reduction: Option<String>,
    pub stated_sealed: Option<Vec<u8>>,
    pub state: String,
    pub percent: Option<i32>,
    pub shown: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<i64>,
    pub reason: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub quote_before: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub quote_after: Option<Json>,
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
