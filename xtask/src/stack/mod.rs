//! The whole system on one machine: the stand-ins, the database's schema, two towns and two more to
//! look at, `yoriai`.
//!
//! The demo starts it for people, `cargo verify` for the browser tests.

mod environment;
mod ports;
pub mod probe;
mod services;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::place::Place;
use crate::process;
pub use ports::Ports;
pub use services::Services;

/// How long a program may take until it answers; generous, as machines are shared.
const PATIENCE: Duration = Duration::from_secs(60);

/// A seeded town: its file is `backend/server/towns/{host}.toml`.
pub struct Town {
    /// The first label of its host name.
    pub host: &'static str,
    /// For people.
    pub name: &'static str,
    /// 全国地方公共団体コード, as its file has it.
    code: &'static str,
    /// Its registration at the stand-in identity provider.
    client_id: &'static str,
    /// The same for its staff.
    staff_client_id: &'static str,
}

/// The two seeded towns.
pub const TOWNS: [Town; 2] = [
    Town {
        host: "seika",
        name: "精華町",
        code: "263664",
        client_id: "SEIKA00001",
        staff_client_id: "SEIKASTAFF",
    },
    Town {
        host: "kawagoe",
        name: "川越町",
        code: "243442",
        client_id: "KAWAGOE001",
        staff_client_id: "KAWAGOESTAFF",
    },
];

/// Towns of `towns/` that are only looked at: nobody signs in there. Their tariffs have shapes that
/// those of the two do not.
pub const LOOKED_AT: [&str; 2] = ["miyoshi", "masuda"];

/// The stand-in's sample staff, each with a role: what the issuer calls them, their name, the role. A
/// sixth, `nakamura`, has none.
pub const STAFF: [(&str, &str, &str); 5] = [
    ("sato", "佐藤　真理（見本）", "window"),
    ("suzuki", "鈴木　健（見本）", "manager"),
    ("takahashi", "高橋　由美（見本）", "accounting"),
    ("tanaka", "田中　誠（見本）", "admin"),
    ("watanabe", "渡辺　香（見本）", "viewer"),
];

/// Which database `yoriai` runs on.
#[derive(Clone)]
pub enum Database {
    /// A file in the stack's folder.
    Sqlite,
    /// A running PostgreSQL, as `postgres://…`.
    Postgres(String),
}

/// Where everything listens; `e2e/addresses.ts` reads it.
#[derive(Serialize)]
pub struct Addresses {
    /// By host label.
    pub towns: BTreeMap<&'static str, String>,
    /// The stand-in identity provider, on another site than the towns as the real one is.
    pub idp: String,
    /// The stand-in Stripe.
    pub stripe: String,
    /// The stand-in mailbox's page.
    pub mailbox: String,
}

/// A running system. Dropping it stops every program, the last started first.
pub struct Stack<'a> {
    /// Where everything listens.
    pub addresses: Addresses,
    services: &'a Services,
}

impl<'a> Stack<'a> {
    /// Starts everything on what `folder` holds from earlier, and waits until it answers.
    ///
    /// # Errors
    /// When a program cannot be started, ends, or does not answer in time; the message has the
    /// end of its log.
    pub fn start(
        place: &Place,
        services: &'a Services,
        folder: &Path,
        database: Database,
        ports: &Ports,
    ) -> Result<Self> {
        let addresses = ports.addresses();
        // From here on whatever was started stops when a later step fails.
        let stack = Self {
            addresses,
            services,
        };
        let logs = folder.join("log");
        fs::create_dir_all(&logs).context("making the folder for logs")?;

        let standin = place.binary("standin");
        let clients = environment::register(&standin, folder, ports)?;
        let environment = environment::of(folder, &database, ports)?;
        environment.write(&folder.join("yoriai.env"))?;
        let programs = Programs {
            place,
            services,
            logs,
        };

        programs.start(
            "idp",
            Command::new(&standin)
                .args(["idp", "--listen", &ports.listen(ports.idp)])
                .args(
                    clients
                        .iter()
                        .flat_map(|file| ["--client".as_ref(), file.as_os_str()]),
                ),
        )?;
        programs.start(
            "stripe",
            Command::new(&standin)
                .args(["stripe", "--listen", &ports.listen(ports.stripe)])
                .args(["--webhook-url", &ports.webhook()])
                .args(["--webhook-secret", &environment.webhook_secret])
                .arg("--snapshot")
                .arg(folder.join("stripe.json")),
        )?;
        programs.start(
            "mailbox",
            Command::new(&standin)
                .args(["mailbox", "--listen", &ports.listen(ports.mailbox)])
                .args(["--smtp", &ports.listen(ports.smtp)]),
        )?;

        let yoriai = place.binary("yoriai");
        let command = |arguments: &[&str]| {
            let mut command = Command::new(&yoriai);
            command
                .current_dir(&place.root)
                .args(arguments)
                .envs(environment.pairs());
            command
        };
        process::run(&mut command(&["migrate"]))?;
        for town in TOWNS {
            let file = format!("backend/server/towns/{}.toml", town.host);
            process::run(&mut command(&["town", "apply", &file]))?;
            for (subject, name, role) in STAFF {
                process::run(
                    command(&["staff", "grant", "--town", town.code])
                        .args(["--subject", subject, "--name", name, "--role", role])
                        .stdout(Stdio::null()),
                )?;
            }
        }
        for host in LOOKED_AT {
            process::run(&mut command(&[
                "town",
                "apply",
                &format!("towns/{host}.toml"),
            ]))?;
        }
        programs.start("serve", &mut command(&["serve"]))?;
        programs.start("worker", &mut command(&["worker"]))?;

        for port in [ports.idp, ports.stripe, ports.mailbox] {
            services.until(PATIENCE, || probe::listening(port))?;
        }
        let beat = format!("http://{}/healthz", ports.listen(ports.towns));
        services.until(PATIENCE, || {
            probe::get(&beat).is_ok_and(|status| status == 200)
        })?;
        stack.announce(folder)?;
        Ok(stack)
    }

    /// Fills the towns with a month of made-up reservations, once.
    ///
    /// # Errors
    /// When the program is not built or fails.
    pub fn sample_month(
        place: &Place,
        folder: &Path,
        database: &Database,
        ports: &Ports,
    ) -> Result<()> {
        let environment = environment::of(folder, database, ports)?;
        process::run(
            Command::new(place.binary("sample-month"))
                .args(TOWNS.map(|town| town.code))
                .envs(environment.pairs()),
        )
    }

    /// Leaves the addresses where the browser tests look.
    fn announce(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.addresses)?;
        fs::write(Self::announcement(folder), text + "\n").context("writing the addresses")
    }

    /// The file with the addresses of the stack that lives in `folder`.
    #[must_use]
    pub fn announcement(folder: &Path) -> PathBuf {
        folder.join("addresses.json")
    }
}

impl Drop for Stack<'_> {
    fn drop(&mut self) {
        self.services.stop();
    }
}

struct Programs<'a> {
    place: &'a Place,
    services: &'a Services,
    logs: PathBuf,
}

impl Programs<'_> {
    fn start(&self, name: &'static str, command: &mut Command) -> Result<()> {
        let log = self.logs.join(format!("{name}.log"));
        self.services
            .start(name, command.current_dir(&self.place.root), log)
    }
}
