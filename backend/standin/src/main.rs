//! `standin idp|stripe|mailbox`: each stand-in is a process of its own.
//!
//! `cargo demo`, docker-compose and the browser tests start one process for each; Rust tests start
//! them inside their own process through the library.

use clap::{Parser, Subcommand};
use standin::{idp, mailbox, stripe};

/// Pretend outside services for Yoriai 寄合: real HTTP and SMTP servers, no real people or money.
#[derive(Debug, Parser)]
#[command(name = "standin", version)]
struct Cli {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// The identity provider (デジタル認証サービスの代役)
    Idp(idp::IdpArgs),
    /// Make a client key and its registration for `idp`
    Register(idp::RegisterArgs),
    /// The payment service (Stripeの代役)
    Stripe(stripe::StripeArgs),
    /// The mail server and its mailbox (メールの代役)
    Mailbox(mailbox::MailboxArgs),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().which {
        Which::Idp(args) => idp::run(args).await,
        Which::Register(args) => idp::register(args),
        Which::Stripe(args) => stripe::run(args).await,
        Which::Mailbox(args) => mailbox::run(args).await,
    }
}
