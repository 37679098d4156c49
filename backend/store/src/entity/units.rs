//! Units (区画).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "units")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub facility_id: Uuid,
    pub slug: String,
    pub retired_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::OfMunicipality for Entity {
    const MUNICIPALITY: Column = Column::MunicipalityId;
}

impl super::PartOfFacility for Entity {
    const SLUG: Column = Column::Slug;
    const FACILITY: Column = Column::FacilityId;
    const RETIRED_AT: Column = Column::RetiredAt;

    fn part(municipality: Uuid, id: Uuid, facility: Uuid, slug: &str) -> ActiveModel {
        Model {
            municipality_id: municipality,
            id,
            facility_id: facility,
            slug: slug.to_owned(),
            retired_at: None,
        }
        .into()
    }
}
