//! Tills (引出し・日計).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tills")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub facility_id: Uuid,
    pub drawer: i32,
    pub day: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub state_facts: Json,
    pub float_yen: i64,
    pub received_yen: i64,
    pub paid_out_yen: i64,
    pub opened_by: Uuid,
    pub opened_at: i64,
    pub closed_by: Option<Uuid>,
    pub closed_at: Option<i64>,
    pub counted_yen: Option<i64>,
    pub difference_yen: Option<i64>,
    pub reason: Option<String>,
    pub revision: i32,
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
