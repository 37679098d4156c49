//! The bundled frontend (`cargo bundle`): exactly the files its manifest lists, no folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::Bundle;
use axum::Router;
use axum::http::{HeaderValue, header};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::services::ServeFile;
use tower_http::set_header::SetResponseHeaderLayer;

const STYLE: &str = "yoriai.css";

/// The bundle on disk.
pub struct Assets {
    dir: PathBuf,
    manifest: Manifest,
}

#[derive(Deserialize)]
struct Manifest {
    pkg_version: String,
    files: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
}

/// The bundle is not there or not whole.
#[derive(Debug, thiserror::Error)]
pub enum AssetsFault {
    /// No manifest.
    #[error("画面の部品がありません: {0}（`cargo bundle` で作れます）")]
    Missing(PathBuf, #[source] std::io::Error),
    /// A manifest that is none.
    #[error("画面の部品の目録を読めません")]
    Malformed(#[from] serde_json::Error),
    /// A bundle without its style sheet.
    #[error("画面の部品にスタイルシートがありません")]
    NoStyle,
}

impl Assets {
    /// Reads the manifest.
    ///
    /// # Errors
    /// [`AssetsFault`] says what to do.
    pub fn read(dir: &Path) -> Result<Self, AssetsFault> {
        let text = std::fs::read(dir.join("manifest.json"))
            .map_err(|error| AssetsFault::Missing(dir.to_owned(), error))?;
        Ok(Self {
            dir: dir.to_owned(),
            manifest: serde_json::from_slice(&text)?,
        })
    }

    /// Where pages find style and module.
    ///
    /// # Errors
    /// [`AssetsFault::NoStyle`].
    pub(crate) fn bundle(&self) -> Result<Bundle, AssetsFault> {
        let style = self.manifest.files.get(STYLE).ok_or(AssetsFault::NoStyle)?;
        Ok(Bundle {
            style: format!("/{}", style.path),
            pkg: format!("pkg/{}", self.manifest.pkg_version),
        })
    }

    /// A route for each file. Style and module carry a hash in their address and may be kept for
    /// ever; icons and the like for a day.
    pub(crate) fn routes(&self) -> Router {
        self.manifest
            .files
            .values()
            .fold(Router::new(), |router, entry| {
                let address = match entry.path.strip_prefix("pkg/") {
                    Some(name) => format!("/pkg/{}/{name}", self.manifest.pkg_version),
                    None => format!("/{}", entry.path),
                };
                let hashed = address.starts_with("/pkg/") || address.ends_with(".css");
                let keep = HeaderValue::from_static(if hashed {
                    "public, max-age=31536000, immutable"
                } else {
                    "public, max-age=86400"
                });
                let file = ServeFile::new(self.dir.join(&entry.path))
                    .precompressed_br()
                    .precompressed_gzip();
                let service = ServiceBuilder::new()
                    .layer(SetResponseHeaderLayer::overriding(
                        header::CACHE_CONTROL,
                        keep,
                    ))
                    .service(file);
                router.route_service(&address, service)
            })
    }
}
