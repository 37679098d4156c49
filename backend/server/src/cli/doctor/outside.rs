//! What others run: the identity provider, Stripe, the mail server.

use std::sync::Arc;

use usecases::ports::chance::Chance;
use usecases::ports::payments::{GatewayFailure, PaymentGateway as _};
use usecases::ports::store::Municipality;

use super::Finding;
use crate::config::{Config, StaffSettings, TownSettings};
use crate::towns::{self, Address};
use crate::wiring;

/// Stands in addresses at which nobody is (RFC 2606).
const NOBODY: &str = ".invalid";

/// Which variables are missing, for this town or for all.
fn lacks(variables: &[&str]) -> Finding {
    Finding::Wrong {
        what: format!("{} がありません", variables.join("・")),
        todo: "設定してください。この自治体だけのものには、名前の前に TOWN_…_ を付けます",
    }
}

/// Whether the mail server answers.
pub(super) async fn mail(config: &Config) -> Finding {
    const TODO: &str = "SMTP_URL・MAIL_FROM と、メールサーバが動いているかを確かめてください";
    let mailer = match wiring::mailer(config) {
        Ok(mailer) => mailer,
        Err(fault) => return Finding::wrong(&fault, TODO),
    };
    match mailer.check().await {
        Ok(()) if config.process.mail_from.contains(NOBODY) => Finding::Wrong {
            what: "差出人が決まっていません".to_owned(),
            todo: "MAIL_FROM を設定してください（例 精華町 施設予約 <yoyaku@town.example.jp>）",
        },
        Ok(()) => Finding::fine("メールサーバが応答します"),
        Err(failure) => Finding::wrong(&failure, TODO),
    }
}

/// Whether a town's identity provider publishes keys that we can use.
pub(super) async fn identity(
    town: &Municipality,
    settings: &TownSettings,
    address: &Address,
    chance: &Arc<dyn Chance>,
) -> Finding {
    const TODO: &str = "IDP_… の設定と、ログインのサービスが動いているかを確かめてください";
    let Some(identity) = settings.identity() else {
        return lacks(&settings.identity_lacks());
    };
    let (issuer, origin) = (identity.issuer.clone(), &address.origin);
    match towns::identity_provider(town, identity, origin, chance) {
        Err(fault) => Finding::wrong(&fault, TODO),
        Ok((party, _authorize)) => match party.check().await {
            Ok(()) => Finding::fine(format!(
                "{issuer} の鍵を読めます（戻り先 {origin}/auth/callback）"
            )),
            Err(failure) => Finding::wrong(&failure, TODO),
        },
    }
}

/// Whether the issuer of a town's staff publishes keys that we can use.
pub(super) async fn staff(
    town: &Municipality,
    settings: &StaffSettings,
    address: &Address,
    chance: &Arc<dyn Chance>,
) -> Finding {
    const TODO: &str = "STAFF_IDP_… の設定と、職員の認証が動いているかを確かめてください";
    let Some(identity) = settings.identity() else {
        let lacks = settings.lacks();
        return if lacks.is_empty() {
            Finding::fine("設定がないので、職員のページは使えません")
        } else {
            self::lacks(&lacks)
        };
    };
    let (issuer, origin) = (identity.issuer.clone(), &address.origin);
    let how = (identity, settings.algorithm());
    match towns::staff_provider(town, how, origin, chance) {
        Err(fault) => Finding::wrong(&fault, TODO),
        Ok((party, _authorize)) => match party.check().await {
            Ok(()) => Finding::fine(format!(
                "{issuer} の鍵を読めます（戻り先 {origin}/staff/callback）"
            )),
            Err(failure) => Finding::wrong(&failure, TODO),
        },
    }
}

/// Whether a town's Stripe account accepts our key, and notices would be believed.
pub(super) async fn stripe(town: &Municipality, settings: &TownSettings, charges: bool) -> Finding {
    let Some(stripe) = settings.stripe() else {
        return if charges {
            lacks(&settings.stripe_lacks())
        } else {
            Finding::fine("無料の施設だけなので、使いません")
        };
    };
    let (gateway, _base) = match towns::stripe_account(town, stripe) {
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
