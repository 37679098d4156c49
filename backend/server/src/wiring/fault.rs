//! What can be wrong with a configuration, said so that an operator can mend it.

use std::path::PathBuf;

use contract::Fault;
use gateway::identity::IdentityConfigFault;
use gateway::mail::MailConfigFault;
use gateway::stripe::ConfigFault as StripeConfigFault;
use gateway::vault::KeyFileFault;
use usecases::ports::documents::DocumentFault;
use usecases::ports::store::StoreFailure;

use crate::config::ConfigFault;

/// The house cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum WiringFault {
    /// A variable is missing or malformed.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// The database does not open.
    #[error("データベースにつながりません（DATABASE_URL）: {0}")]
    Database(#[from] Fault),
    /// The database does not answer.
    #[error("データベースが応答しません: {0}")]
    Store(#[from] StoreFailure),
    /// A file of the configuration cannot be read.
    #[error("{0} を読めません")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The data keys.
    #[error("DATA_KEY_FILE: {0}")]
    Keys(#[from] KeyFileFault),
    /// The identity provider of a town.
    #[error("{town} のログイン設定（IDP_…）: {fault}")]
    Identity {
        /// The town.
        town: String,
        /// What is wrong.
        fault: IdentityConfigFault,
    },
    /// An address in the configuration.
    #[error("{town} の {what} はアドレスではありません")]
    Address {
        /// The town.
        town: String,
        /// Which variable.
        what: &'static str,
    },
    /// The Stripe account of a town.
    #[error("{town} の決済設定（STRIPE_…）: {fault}")]
    Stripe {
        /// The town.
        town: String,
        /// What is wrong.
        fault: StripeConfigFault,
    },
    /// The mail server.
    #[error("SMTP_URL / MAIL_FROM: {0}")]
    Mail(#[from] MailConfigFault),
    /// The printer.
    #[error("書面の書体を読めません: {0}")]
    Documents(#[source] DocumentFault),
}
