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
    #[error("データベースにつながりません（DATABASE_URL）")]
    Database(#[from] Fault),
    /// The database does not answer.
    #[error("データベースが応答しません")]
    Store(#[from] StoreFailure),
    /// A file of the configuration cannot be read.
    #[error("{0} を読めません")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The data keys.
    #[error("DATA_KEY_FILE")]
    Keys(#[from] KeyFileFault),
    /// The identity provider of a town.
    #[error("{town} のログイン設定（IDP_…）")]
    Identity {
        /// The town.
        town: String,
        /// What is wrong.
        source: IdentityConfigFault,
    },
    /// A town's own address, or the one that all towns are under.
    #[error(
        "{town} のアドレスを決められません。{url} を https://ホスト名 だけにしてください（PUBLIC_URL・TOWN_…_OWN_URL）"
    )]
    NoHome {
        /// The town.
        town: String,
        /// What was set.
        url: url::Url,
    },
    /// Two towns at one address.
    #[error("{town} のアドレス {address} は別の自治体が使っています（TOWN_…_OWN_URL）")]
    SameAddress {
        /// The town that came second.
        town: String,
        /// The address.
        address: String,
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
    #[error("{town} の決済設定（STRIPE_…）")]
    Stripe {
        /// The town.
        town: String,
        /// What is wrong.
        source: StripeConfigFault,
    },
    /// The mail server.
    #[error("メールの設定")]
    Mail(#[from] MailConfigFault),
    /// The printer.
    #[error("書面の書体を読めません")]
    Documents(#[source] DocumentFault),
}
