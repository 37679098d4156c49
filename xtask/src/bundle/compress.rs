//! Compressing once, at the highest setting, instead of on every request.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

const BROTLI_BUFFER: usize = 4096;
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

/// Files that are compressed already gain nothing.
const WORTH_IT: [&str; 10] = [
    "css",
    "html",
    "ico",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// A file's sizes in bytes; a form that would not be smaller does not exist.
#[derive(Serialize, Deserialize)]
pub struct Sizes {
    /// As it is.
    pub raw: usize,
    /// The `.br` beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brotli: Option<usize>,
    /// The `.gz` beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gzip: Option<usize>,
}

impl Sizes {
    /// What a current browser transfers.
    #[must_use]
    pub fn smallest(&self) -> usize {
        self.brotli.unwrap_or(self.raw)
    }
}

/// Writes `.br` and `.gz` beside `file` where that makes it smaller.
///
/// # Errors
/// When a file cannot be read or written.
pub fn beside(file: &Path) -> Result<Sizes> {
    let content = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let extension = file.extension().and_then(OsStr::to_str).unwrap_or_default();
    if !WORTH_IT.contains(&extension) {
        return Ok(Sizes {
            raw: content.len(),
            brotli: None,
            gzip: None,
        });
    }
    Ok(Sizes {
        raw: content.len(),
        brotli: keep(file, "br", &content, brotli(&content)?)?,
        gzip: keep(file, "gz", &content, gzip(&content)?)?,
    })
}

fn keep(file: &Path, suffix: &str, content: &[u8], compressed: Vec<u8>) -> Result<Option<usize>> {
    if compressed.len() >= content.len() {
        return Ok(None);
    }
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    fs::write(PathBuf::from(name), &compressed)?;
    Ok(Some(compressed.len()))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(
        &mut compressed,
        BROTLI_BUFFER,
        BROTLI_QUALITY,
        BROTLI_WINDOW,
    );
    writer.write_all(content)?;
    drop(writer);
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}
