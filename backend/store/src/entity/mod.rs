//! The tables as SeaORM sees them. The schema itself is `migrations`; the columns' meanings are
//! explained there. Private: what leaves this crate are the ports' records.

pub mod audit_entries;
pub mod cancellations;
pub mod claims;
pub mod closure_series;
pub mod closures;
pub mod facilities;
pub mod former_emails;
pub mod group_agents;
pub mod group_documents;
pub mod groups;
pub mod identities;
pub mod inbox_events;
pub mod jobs;
pub mod ledger_entries;
pub mod municipalities;
pub mod payments;
pub mod pending_cards;
pub mod people;
pub mod person_terms;
pub mod receipts;
pub mod refund_accounts;
pub mod refunds;
pub mod reservations;
pub mod residence_evidence;
pub mod reviews;
pub mod rooms;
pub mod sessions;
pub mod sign_in_attempts;
pub mod staff;
pub mod staff_grants;
pub mod staff_identities;
pub mod staff_sessions;
pub mod standing_reductions;
pub mod stock_claims;
pub mod till_movements;
pub mod tills;
pub mod town_versions;
pub mod transfer_orders;
pub mod transfers;
pub mod units;
pub mod view_log;

use sea_orm::EntityTrait;
use uuid::Uuid;

/// A table whose rows belong to municipalities.
pub trait OfMunicipality: EntityTrait {
    /// The column that says whose a row is.
    const MUNICIPALITY: Self::Column;
}

/// A table whose rows carry a revision that rises with each change.
pub trait Revised: OfMunicipality {
    /// The row's id within its municipality.
    const ID: Self::Column;
    /// How often it was changed, from 1.
    const REVISION: Self::Column;
    /// When it was last changed.
    const UPDATED_AT: Self::Column;
}

/// A table of what facilities consist of, by slug.
pub trait PartOfFacility: OfMunicipality {
    /// The slug, unique in the municipality.
    const SLUG: Self::Column;
    /// The facility it belongs to.
    const FACILITY: Self::Column;
    /// When the town file stopped naming it.
    const RETIRED_AT: Self::Column;

    /// A row that is not retired.
    fn part(municipality: Uuid, id: Uuid, facility: Uuid, slug: &str) -> Self::ActiveModel;
}
