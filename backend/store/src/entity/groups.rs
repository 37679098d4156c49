//! Groups (団体).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "groups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub kana: String,
    pub searched: String,
    pub activity: String,
    pub representative_id: Uuid,
    pub members_all: i32,
    pub members_in_town: i32,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub state_facts: Json,
    pub valid_until: Option<String>,
    pub to_decide_since: Option<i64>,
    pub submission: Uuid,
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
