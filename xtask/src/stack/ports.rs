//! Which ports the programs get.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context as _, Result};

use super::{Addresses, LOOKED_AT, TOWNS};

/// One loopback port for each program.
pub struct Ports {
    /// `yoriai serve`, for all towns.
    pub towns: u16,
    /// The stand-in identity provider.
    pub idp: u16,
    /// The stand-in Stripe.
    pub stripe: u16,
    /// The stand-in mailbox's page.
    pub mailbox: u16,
    /// The stand-in mail server.
    pub smtp: u16,
}

impl Ports {
    /// The ports people may know by heart, others where those are taken.
    ///
    /// # Errors
    /// When the loopback has no free port.
    pub fn familiar() -> Result<Self> {
        Self::near([8080, 8499, 8498, 8496, 8497])
    }

    /// Ports that nobody uses, so that a demo may run beside the tests.
    ///
    /// # Errors
    /// When the loopback has no free port.
    pub fn any() -> Result<Self> {
        Self::near([0; 5])
    }

    fn near(wanted: [u16; 5]) -> Result<Self> {
        // All are held until all are chosen, or one could be given twice.
        let [towns, idp, stripe, mailbox, smtp] = wanted.map(hold);
        Ok(Self {
            towns: port(&towns?)?,
            idp: port(&idp?)?,
            stripe: port(&stripe?)?,
            mailbox: port(&mailbox?)?,
            smtp: port(&smtp?)?,
        })
    }

    /// What a program is told to listen on.
    #[must_use]
    pub fn listen(&self, port: u16) -> String {
        format!("{}:{port}", Ipv4Addr::LOCALHOST)
    }

    /// A town's own site.
    #[must_use]
    pub fn town(&self, host: &str) -> String {
        format!("http://{host}.localhost:{}", self.towns)
    }

    /// What `PUBLIC_URL` is.
    #[must_use]
    pub fn public_url(&self) -> String {
        format!("http://localhost:{}", self.towns)
    }

    /// The address of a stand-in. By number: the provider has to be on another site than the
    /// towns, or the browser would send it their cookies' SameSite rules.
    #[must_use]
    pub fn standin(&self, port: u16) -> String {
        format!("http://{}", self.listen(port))
    }

    /// Where the stand-in Stripe sends its events.
    #[must_use]
    pub fn webhook(&self) -> String {
        format!("http://{}/webhooks/stripe", self.listen(self.towns))
    }

    /// All of it, for people and tests.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses {
            towns: TOWNS
                .iter()
                .map(|town| town.host)
                .chain(LOOKED_AT)
                .map(|host| (host, self.town(host)))
                .collect::<BTreeMap<_, _>>(),
            idp: self.standin(self.idp),
            stripe: self.standin(self.stripe),
            mailbox: self.standin(self.mailbox),
        }
    }
}

fn hold(wanted: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .context("no free port on the loopback")
}

fn port(held: &TcpListener) -> Result<u16> {
    Ok(held.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_way_to_another() {
        let taken = hold(0).unwrap();
        let number = port(&taken).unwrap();
        let ports = Ports::near([number, 0, 0, 0, 0]).unwrap();
        assert_ne!(ports.towns, number);
    }

    #[test]
    fn the_provider_is_not_on_the_towns_site() {
        let addresses = Ports::any().unwrap().addresses();
        assert!(
            addresses
                .towns
                .values()
                .all(|town| town.contains(".localhost:"))
        );
        assert!(!addresses.idp.contains("localhost"));
    }
}
