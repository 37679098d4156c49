//! Where a town's pages are (自治体のアドレス).

use std::collections::BTreeSet;

use url::Url;
use usecases::ports::store::Municipality;

use crate::config::Config;
use crate::wiring::WiringFault;

/// A town's address, as browsers spell it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Scheme, host and port, no slash.
    pub(crate) origin: String,
    /// Host, and port where it is not the scheme's own: what a request's `Host` says.
    pub(crate) authority: String,
}

impl Address {
    /// The town's own address where it has one, else `<host>.<PUBLIC_URL>`.
    ///
    /// # Errors
    /// [`WiringFault::NoHome`] for an address that is more or less than scheme, host name and port.
    pub(crate) fn of(
        config: &Config,
        town: &Municipality,
        own: Option<&Url>,
    ) -> Result<Self, WiringFault> {
        let public = &config.process.public_url;
        let url = match own {
            Some(own) => Some(own.clone()),
            None => under(public, town.host.as_str()),
        };
        url.as_ref()
            .and_then(Self::read)
            .ok_or_else(|| WiringFault::NoHome {
                town: town.name.clone(),
                url: own.unwrap_or(public).clone(),
            })
    }

    /// This address, unless another town has it; from now on it is taken.
    ///
    /// # Errors
    /// [`WiringFault::SameAddress`].
    pub(crate) fn unless_taken(
        self,
        taken: &mut BTreeSet<String>,
        town: &Municipality,
    ) -> Result<Self, WiringFault> {
        if taken.insert(self.authority.clone()) {
            Ok(self)
        } else {
            Err(WiringFault::SameAddress {
                town: town.name.clone(),
                address: self.authority,
            })
        }
    }

    fn read(url: &Url) -> Option<Self> {
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let host = url.host_str()?;
        Some(Self {
            origin: url.origin().ascii_serialization(),
            authority: match url.port() {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            },
        })
    }
}

/// `None` where `public` has no name that another can be put in front of (`http://192.0.2.1`).
fn under(public: &Url, host: &str) -> Option<Url> {
    let mut url = public.clone();
    url.set_host(Some(&format!("{host}.{}", public.host_str()?)))
        .ok()?;
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Option<Address> {
        Address::read(&url.parse().unwrap())
    }

    #[test]
    fn an_address_is_scheme_host_and_port_and_nothing_else() {
        let good = read("https://yoyaku.town.kawagoe.mie.jp:443/").unwrap();
        assert_eq!(good.origin, "https://yoyaku.town.kawagoe.mie.jp");
        assert_eq!(good.authority, "yoyaku.town.kawagoe.mie.jp");
        let port = read("http://Seika.localhost:8080").unwrap();
        assert_eq!(port.authority, "seika.localhost:8080");
        for bad in [
            "https://town.example/yoyaku",
            "https://town.example/?town=seika",
            "https://town.example/#seika",
            "https://somebody@town.example/",
            "ftp://town.example/",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_town_is_under_a_name_and_never_under_a_number() {
        let of = |public: &str| under(&public.parse().unwrap(), "seika").map(String::from);
        assert_eq!(
            of("http://localhost:8080"),
            Some("http://seika.localhost:8080/".to_owned())
        );
        for number in ["http://192.0.2.1:8080", "http://[2001:db8::1]"] {
            assert_eq!(of(number), None, "{number}");
        }
    }
}
