//! Closures with all their spans (一連の休館).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "closure_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub facility_id: Uuid,
    pub kind: String,
    pub note: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub place: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub schedule: Option<Json>,
    pub made_by: Option<Uuid>,
    pub made_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}
