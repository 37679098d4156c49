//! The command line (DESIGN.md §8).

mod columns;
mod doctor;
mod fee;
mod logging;
mod serve;
mod staff;
mod stopping;
mod study;
mod town;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use contract::{Failure, Fault, Role};
use domain::town::Slug;
use gateway::identity::{IdentityConfigFault, SignatureAlgorithm, public_key_set};

use crate::config::{ConfigFault, DatabaseSettings, Environment};
use crate::http::AssetsFault;
use crate::system;
use crate::wiring::WiringFault;

/// 公共施設の予約と支払い
#[derive(Parser)]
#[command(name = "yoriai", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 画面・API・ワーカーを動かす
    Serve {
        /// ワーカーを動かさない（`yoriai worker` を別に動かすとき）
        #[arg(long)]
        no_worker: bool,
    },
    /// ワーカーだけを動かす（メール・返金・期限切れの処理）
    Worker,
    /// データベースを最新の形にする
    Migrate,
    /// 自治体の設定ファイルを扱う
    #[command(subcommand)]
    Town(TownCommand),
    /// 職員の権限を扱う
    #[command(subcommand)]
    Staff(StaffCommand),
    /// 料金を計算する
    #[command(subcommand)]
    Fee(FeeCommand),
    /// APIの説明（OpenAPI 3.1）を出力する
    Openapi,
    /// 本人確認のサービスに登録する公開鍵（JWKS）を出力する
    PublicKey {
        /// 秘密鍵（IDP_CLIENT_KEY_FILE。P-256、PKCS#8 の PEM）
        file: PathBuf,
    },
    /// 設定・データベース・ログイン・決済・メールを点検する
    Doctor,
}

#[derive(Subcommand)]
enum TownCommand {
    /// 設定ファイルを確かめる
    Check {
        /// 設定ファイル（TOML）
        file: PathBuf,
    },
    /// 設定ファイルを適用する
    Apply {
        /// 設定ファイル（TOML）
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 適用せずに、影響を受ける予約の一覧だけを出力する
        #[arg(long)]
        preview: bool,
    },
    /// 設定ファイルの形（JSON Schema）を出力する。エディターの入力補助に使う
    Schema,
    /// 適用されている設定を出力する
    Export {
        /// 全国地方公共団体コード（6桁）
        code: String,
    },
}

#[derive(Subcommand)]
enum FeeCommand {
    /// 料金の内訳を計算する（データベースは使わない）
    Quote {
        /// 設定ファイル（TOML）
        #[arg(long)]
        town: PathBuf,
        /// 依頼（JSON）。`-` は標準入力
        #[arg(long)]
        request: PathBuf,
    },
    /// 使用料の見直し: 過去の予約が、見直し案の料金ではいくらになるかを試算する
    Study {
        /// 見直し案の設定ファイル（TOML）
        #[arg(long)]
        town: PathBuf,
        /// はじめの利用日（2025-04-01）
        #[arg(long)]
        from: NaiveDate,
        /// 終わりの利用日（2026-03-31）
        #[arg(long)]
        to: NaiveDate,
        /// 表計算ソフト用のCSVで出力する
        #[arg(long)]
        csv: bool,
    },
}

#[derive(Subcommand)]
enum StaffCommand {
    /// 権限を付ける（はじめての人は登録もする）
    Grant {
        /// 全国地方公共団体コード（6桁）
        #[arg(long)]
        town: String,
        /// 職員の認証での番号（IDトークンの sub）
        #[arg(long)]
        subject: String,
        /// 名前（同僚に見える名前）
        #[arg(long)]
        name: String,
        /// window（窓口）、manager（施設管理者）、accounting（会計）、admin（管理者）、viewer（閲覧）
        #[arg(long)]
        role: Role,
        /// 施設の id。書かなければ、すべての施設
        #[arg(long)]
        facility: Option<Slug>,
    },
    /// 職員と権限の一覧を出力する
    List {
        /// 全国地方公共団体コード（6桁）
        #[arg(long)]
        town: String,
    },
    /// 権限を取り消す（なくなった人は、すぐにログアウトになる）
    Revoke {
        /// 全国地方公共団体コード（6桁）
        #[arg(long)]
        town: String,
        /// 職員の認証での番号（IDトークンの sub）
        #[arg(long)]
        subject: String,
        /// この権限だけ。書かなければ、すべて
        #[arg(long)]
        role: Option<Role>,
        /// この施設の分だけ。書かなければ、どこの分も
        #[arg(long)]
        facility: Option<Slug>,
    },
}

/// A command could not do its work; what an operator is told.
#[derive(Debug, thiserror::Error)]
enum CliFault {
    #[error(transparent)]
    Config(#[from] ConfigFault),
    #[error(transparent)]
    Wiring(#[from] WiringFault),
    #[error(transparent)]
    Assets(#[from] AssetsFault),
    #[error("データベース（DATABASE_URL）")]
    Database(#[source] Fault),
    #[error("データベースの形が古いままです。`yoriai migrate` を実行してください")]
    NotMigrated,
    #[error("処理できませんでした")]
    Failed(#[from] Failure),
    #[error("{0} を読めません")]
    Unreadable(PathBuf, #[source] std::io::Error),
    #[error("{0}")]
    ClientKey(PathBuf, #[source] IdentityConfigFault),
    #[error("自治体設定に誤りがあります:\n{0}")]
    Town(String),
    #[error("コード {code} の自治体はありません（ある自治体: {known}）")]
    NoSuchTown { code: String, known: String },
    #[error("職員の認証がありません。STAFF_IDP_ISSUER と STAFF_IDP_CLIENT_ID を設定してください")]
    NoStaffProvider,
    #[error("この番号の職員か施設がありません。`yoriai staff list` で確かめてください")]
    NoSuchStaff,
    #[error("施設 {facility} はありません（ある施設: {known}）")]
    NoSuchFacility { facility: Slug, known: String },
    #[error("自治体設定を書き出せません")]
    Export(#[from] domain::town::NotWritable),
    #[error("依頼（JSON）を読めません")]
    Request(#[source] serde_json::Error),
    #[error("{code}: {sentence}")]
    NoQuote {
        code: &'static str,
        sentence: String,
    },
    #[error(transparent)]
    Period(#[from] contract::NotAPeriod),
    #[error("CSVを作れません")]
    Csv(#[source] usecases::ports::documents::DocumentFault),
    #[error("出力できません")]
    Output(#[source] std::io::Error),
    #[error("JSONを作れません")]
    Json(#[source] serde_json::Error),
    #[error("{1} で待ち受けできません（{0}）")]
    Listen(&'static str, std::net::SocketAddr, #[source] std::io::Error),
    #[error("プログラムを始められません")]
    Start(#[source] std::io::Error),
    #[error("計測を始められません")]
    Metrics(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CliFault::Start)
        .and_then(|runtime| runtime.block_on(run(cli.command, &Environment::of_process())));
    match outcome {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("{}", system::chain(&fault));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, environment: &Environment) -> Result<ExitCode, CliFault> {
    match command {
        Command::Serve { no_worker } => serve::serve(environment, !no_worker).await?,
        Command::Worker => serve::worker(environment).await?,
        Command::Migrate => migrate(environment).await?,
        Command::Town(TownCommand::Check { file }) => town::check(&file)?,
        Command::Town(TownCommand::Apply { files, preview }) => {
            town::apply(environment, &files, preview).await?;
        }
        Command::Town(TownCommand::Schema) => print(&json(&domain::town::json_schema())?)?,
        Command::Town(TownCommand::Export { code }) => town::export(environment, &code).await?,
        Command::Staff(command) => staff::run(environment, command).await?,
        Command::Fee(FeeCommand::Quote { town, request }) => fee::quote(&town, &request)?,
        Command::Fee(FeeCommand::Study {
            town,
            from,
            to,
            csv,
        }) => {
            let town_file = &town;
            let asked = study::Asked {
                town_file,
                from,
                to,
                csv,
            };
            study::study(environment, &asked).await?;
        }
        Command::Openapi => print(&json(&crate::http::document())?)?,
        Command::PublicKey { file } => public_key(&file)?,
        Command::Doctor => return doctor::run(environment).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn migrate(environment: &Environment) -> Result<(), CliFault> {
    let settings: DatabaseSettings = environment.read("")?;
    store::migrate(settings.database_url.reveal())
        .await
        .map_err(CliFault::Database)
}

/// The public half of a client key, for the provider's application form.
fn public_key(file: &Path) -> Result<(), CliFault> {
    let pem = std::fs::read_to_string(file)
        .map_err(|error| CliFault::Unreadable(file.to_owned(), error))?;
    let set = public_key_set(&pem, SignatureAlgorithm::default())
        .map_err(|fault| CliFault::ClientKey(file.to_owned(), fault))?;
    print(&json(&set)?)
}

fn json(value: &impl serde::Serialize) -> Result<String, CliFault> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(CliFault::Json)
}

/// Writes to standard output; a reader that went away is a failure like any other.
fn print(text: &str) -> Result<(), CliFault> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), CliFault> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(CliFault::Output)
}
