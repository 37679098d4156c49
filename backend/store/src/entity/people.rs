//! People (利用者).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "people")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub serial: Option<i32>,
    pub name_sealed: Vec<u8>,
    pub kana_sealed: Option<Vec<u8>>,
    pub address_sealed: Option<Vec<u8>>,
    pub birthdate_sealed: Option<Vec<u8>>,
    pub gender_sealed: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub in_town: bool,
    pub verified_at: i64,
    pub source: String,
    pub seen_by: Option<Uuid>,
    pub document: Option<String>,
    pub filed_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}
