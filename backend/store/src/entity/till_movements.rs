//! What went into drawers and out of them (現金の出入り), append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "till_movements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub till_id: Uuid,
    pub kind: String,
    pub amount_yen: i64,
    pub tendered_yen: Option<i64>,
    pub payment_id: Option<Uuid>,
    pub refund_id: Option<Uuid>,
    pub means: String,
    pub paid_in_cash: bool,
    pub made_by: Uuid,
    pub at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}
