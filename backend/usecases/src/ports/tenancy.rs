//! What differs between the towns of one installation (自治体ごとの設定).

use std::sync::Arc;

use domain::ids::MunicipalityId;

use super::payments::PaymentGateway;

/// Which payment service account a municipality uses.
pub trait Gateways: Send + Sync {
    /// The account; `None` when the municipality takes no money online.
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn PaymentGateway>>;
}

/// Where a municipality's pages are.
pub trait Addresses: Send + Sync {
    /// Scheme, host and port without a slash at the end: `https://seika.example.jp`.
    fn base_url(&self, municipality: MunicipalityId) -> Option<String>;
}
