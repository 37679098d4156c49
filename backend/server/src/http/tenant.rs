//! Which municipality a request is for (自治体の判定), by its host name.

use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::MunicipalityId;
use url::Url;
use usecases::ports::store::Municipality;
use usecases::ports::tenancy::Addresses;

use super::AppState;
use super::stop::Stop;

/// The municipalities of this installation and where their pages are.
#[derive(Debug, Default)]
pub(crate) struct Tenants {
    by_authority: BTreeMap<String, Tenant>,
    base_urls: BTreeMap<MunicipalityId, String>,
}

/// The municipality a request is for.
#[derive(Clone, Debug)]
pub(crate) struct Tenant {
    pub(crate) id: MunicipalityId,
    /// Scheme, host and port, no slash: what `Origin` must say.
    pub(crate) origin: String,
}

impl Tenants {
    /// Each municipality under its own address, or else under `<host>.<public>`.
    pub(crate) fn new<'a>(
        public: &Url,
        towns: impl IntoIterator<Item = (&'a Municipality, Option<Url>)>,
    ) -> Self {
        let mut tenants = Self::default();
        for (town, own) in towns {
            let url = own.unwrap_or_else(|| under(public, town.host.as_str()));
            let origin = url.origin().ascii_serialization();
            let authority = match (url.host_str(), url.port()) {
                (Some(host), Some(port)) => format!("{host}:{port}"),
                (Some(host), None) => host.to_owned(),
                (None, _) => continue,
            };
            tenants.base_urls.insert(town.id, origin.clone());
            tenants.by_authority.insert(
                authority,
                Tenant {
                    id: town.id,
                    origin,
                },
            );
        }
        tenants
    }

    /// Every municipality of this installation.
    pub(crate) fn ids(&self) -> impl Iterator<Item = MunicipalityId> {
        self.base_urls.keys().copied()
    }

    fn find(&self, authority: &str) -> Option<&Tenant> {
        self.by_authority.get(&authority.to_ascii_lowercase())
    }
}

impl Addresses for Tenants {
    fn base_url(&self, municipality: MunicipalityId) -> Option<String> {
        self.base_urls.get(&municipality).cloned()
    }
}

fn under(public: &Url, host: &str) -> Url {
    let mut url = public.clone();
    let parent = public.host_str().unwrap_or("localhost").to_owned();
    // A label and a host name always make a host name; were it not so, the town is under `public`.
    let _is_a_host_name = url.set_host(Some(&format!("{host}.{parent}")));
    url
}

/// Puts the [`Tenant`] into the request, or answers 404: no page belongs to nobody.
pub(super) async fn find_tenant(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let authority = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        });
    match authority.and_then(|authority| state.tenants.find(authority)) {
        Some(tenant) => {
            let tenant = tenant.clone();
            request.extensions_mut().insert(tenant);
            next.run(request).await
        }
        None => Stop::NoSuchTown.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(host: &str) -> Municipality {
        Municipality {
            id: MunicipalityId(uuid::Uuid::from_u128(u128::from(host.as_bytes()[0]))),
            code: "263664".to_owned(),
            host: host.parse().unwrap(),
            name: "町".to_owned(),
        }
    }

    #[test]
    fn a_town_is_found_by_its_host_name_and_no_other() {
        let (seika, kawagoe) = (town("seika"), town("kawagoe"));
        let public = Url::parse("http://localhost:8080").unwrap();
        let own = Url::parse("https://yoyaku.town.kawagoe.mie.jp").unwrap();
        let tenants = Tenants::new(&public, [(&seika, None), (&kawagoe, Some(own))]);
        assert_eq!(tenants.find("Seika.localhost:8080").unwrap().id, seika.id);
        assert_eq!(
            tenants.find("yoyaku.town.kawagoe.mie.jp").unwrap().id,
            kawagoe.id
        );
        for stranger in [
            "localhost:8080",
            "seika.localhost",
            "kawagoe.localhost:8080",
            "",
        ] {
            assert!(tenants.find(stranger).is_none(), "{stranger}");
        }
        assert_eq!(
            tenants.base_url(seika.id).unwrap(),
            "http://seika.localhost:8080"
        );
    }
}
