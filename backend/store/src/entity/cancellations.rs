//! What was given up of reservations (取消・一部取消).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cancellations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reservation_id: Uuid,
    pub nth: i32,
    pub starts_at: i64,
    pub ends_at: i64,
    pub left_from: Option<i64>,
    pub left_until: Option<i64>,
    pub given_up_by: String,
    pub staff_id: Option<Uuid>,
    pub grounds: String,
    pub code: Option<String>,
    pub words: String,
    pub paid_yen: i64,
    pub refund_yen: i64,
    pub refund_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: Json,
    pub made_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}
