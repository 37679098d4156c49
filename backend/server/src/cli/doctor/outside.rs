//! What others run: the identity provider, Stripe, the mail server.

use std::sync::Arc;

use usecases::ports::chance::Chance;
use usecases::ports::payments::{GatewayFailure, PaymentGateway as _};
use usecases::ports::store::Municipality;
use usecases::ports::tenancy::Addresses as _;

use super::Finding;
use crate::config::{Config, IdentitySettings, StripeSettings};
use crate::http::Tenants;
use crate::wiring;

/// Whether the mail server answers.
pub(super) async fn mail(config: &Config) -> Finding {
    const TODO: &str = "SMTP_URL・MAIL_FROM と、メールサーバが動いているかを確かめてください";
    let mailer = match wiring::mailer(config) {
        Ok(mailer) => mailer,
        Err(fault) => return Finding::wrong(&fault, TODO),
    };
    match mailer.check().await {
        Ok(()) => Finding::fine("メールサーバが応答します"),
        Err(failure) => Finding::wrong(&failure, TODO),
    }
}

/// Whether a town's identity provider publishes keys that we can use.
pub(super) async fn identity(
    town: &Municipality,
    settings: Option<IdentitySettings>,
    tenants: &Tenants,
    chance: &Arc<dyn Chance>,
) -> Finding {
    const TODO: &str = "IDP_… の設定と、ログインのサービスが動いているかを確かめてください";
    let (Some(settings), Some(base)) = (settings, tenants.base_url(town.id)) else {
        return Finding::Wrong {
            what: "設定がそろっていません".to_owned(),
            todo: "IDP_ISSUER・IDP_…_URL・IDP_CLIENT_ID・IDP_CLIENT_KEY_FILE を設定してください",
        };
    };
    let issuer = settings.issuer.clone();
    match wiring::identity_provider(town, settings, &base, chance) {
        Err(fault) => Finding::wrong(&fault, TODO),
        Ok((party, _authorize)) => match party.check().await {
            Ok(()) => Finding::fine(format!(
                "{issuer} の鍵を読めます（戻り先 {base}/auth/callback）"
            )),
            Err(failure) => Finding::wrong(&failure, TODO),
        },
    }
}

/// Whether a town's Stripe account accepts our key, and notices would be believed.
pub(super) async fn stripe(
    town: &Municipality,
    settings: Option<StripeSettings>,
    charges: bool,
) -> Finding {
    let Some(settings) = settings else {
        return if charges {
            Finding::Wrong {
                what: "有料の施設があるのに、設定がありません".to_owned(),
                todo: "STRIPE_API_BASE・STRIPE_SECRET_KEY・STRIPE_WEBHOOK_SECRETS を設定してください",
            }
        } else {
            Finding::fine("無料の施設だけなので、使いません")
        };
    };
    let (gateway, _base) = match wiring::stripe_account(town, settings) {
        Ok(account) => account,
        Err(fault) => return Finding::wrong(&fault, "STRIPE_… の設定を直してください"),
    };
    match gateway.account_check().await {
        Ok(check) if check.webhook_secrets == 0 => Finding::Wrong {
            what: "通知（Webhook）の署名鍵がありません".to_owned(),
            todo: "STRIPE_WEBHOOK_SECRETS を設定してください",
        },
        Ok(check) => {
            let mode = if check.live { "本番" } else { "テスト" };
            Finding::fine(format!("{mode}の口座が応答します"))
        }
        Err(failure @ GatewayFailure::Misconfigured(_)) => {
            Finding::wrong(&failure, "STRIPE_SECRET_KEY とその権限を確かめてください")
        }
        Err(failure) => Finding::wrong(&failure, "STRIPE_API_BASE と回線を確かめてください"),
    }
}
