//! Refunds (還付).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub payment_id: Uuid,
    pub reservation_id: Uuid,
    pub amount_yen: i64,
    pub means: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub state_facts: Json,
    pub paid_in_cash: bool,
    pub reason: String,
    pub idempotency_key: Option<String>,
    pub provider_refund_id: Option<String>,
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
