//! A compiler for `wasm32-unknown-unknown`.
//!
//! Any rustc will do that has the target's standard library, or its source: Debian ships the
//! source (`rustc-web`, `rust-web-src`) but no library, and rustup's servers are not reachable
//! everywhere. From source the standard library is built along, which a stable compiler does
//! only with `RUSTC_BOOTSTRAP`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::{debian, process};

/// The browser's target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler and the source beside it.
const DEBIAN_COMPILER: [&str; 2] = ["rustc-web", "rust-web-src"];
const DEBIAN_LINKER: &str = "lld";

/// A compiler, and what cargo has to be told to use it for the browser.
pub struct Toolchain {
    compiler: Compiler,
    /// Build the standard library from its source.
    from_source: bool,
    /// Where the compiler has no linker of its own.
    linker: Option<PathBuf>,
}

/// What a rustc says about itself.
struct Compiler {
    rustc: PathBuf,
    release: String,
    host: String,
    sysroot: PathBuf,
}

impl Toolchain {
    /// Takes what is installed, else installs the target by rustup, else Debian's compiler.
    ///
    /// # Errors
    /// When none of it works; the message says what to install.
    pub fn get(place: &Place) -> Result<Self> {
        if let Some(toolchain) = Self::installed(place)? {
            return Ok(toolchain);
        }
        if process::on_path("rustup").is_some() {
            println!("Installing the {TARGET} target with rustup …");
            let rustup = &mut Command::new("rustup");
            if process::run(rustup.args(["target", "add", TARGET])).is_ok()
                && let Some(toolchain) = Self::installed(place)?
            {
                return Ok(toolchain);
            }
            println!("rustup could not; trying Debian's compiler.");
        }
        debian::install("a compiler for wasm", &DEBIAN_COMPILER)?;
        match Self::installed(place)? {
            Some(toolchain) => Ok(toolchain),
            None => bail!("no compiler for wasm: rustup target add {TARGET}"),
        }
    }

    fn installed(place: &Place) -> Result<Option<Self>> {
        let compilers = compilers(&least_version(place));
        let with_library = compilers.iter().position(Compiler::has_library);
        let chosen = with_library.or_else(|| compilers.iter().position(Compiler::has_source));
        let Some(chosen) = chosen else {
            return Ok(None);
        };
        let linker = linker(&compilers, chosen)?;
        let compiler = compilers.into_iter().nth(chosen);
        Ok(compiler.map(|compiler| Self {
            compiler,
            from_source: with_library.is_none(),
            linker,
        }))
    }

    /// Tells cargo about this compiler.
    pub fn configure(&self, cargo: &mut Command) {
        cargo.env("RUSTC", &self.compiler.rustc);
        if self.from_source {
            cargo
                .env("RUSTC_BOOTSTRAP", "1")
                .arg("-Zbuild-std=std,panic_abort");
        }
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }

    /// For people: which compiler, and by which route.
    #[must_use]
    pub fn label(&self) -> String {
        let Compiler { rustc, release, .. } = &self.compiler;
        let library = if self.from_source {
            "from source"
        } else {
            "prebuilt"
        };
        format!("{} {release} (standard library {library})", rustc.display())
    }
}

impl Compiler {
    fn ask(rustc: PathBuf) -> Result<Self> {
        let version = process::capture(Command::new(&rustc).arg("-vV"))?;
        let sysroot = process::capture(Command::new(&rustc).args(["--print", "sysroot"]))?;
        let field = |name: &str| {
            version
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_default()
                .to_owned()
        };
        Ok(Self {
            release: field("release: "),
            host: field("host: "),
            sysroot: PathBuf::from(sysroot),
            rustc,
        })
    }

    fn has_library(&self) -> bool {
        let folder = self.sysroot.join("lib/rustlib").join(TARGET).join("lib");
        folder.read_dir().is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
            })
        })
    }

    fn has_source(&self) -> bool {
        self.sysroot
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
    }

    fn own_linker(&self) -> PathBuf {
        self.sysroot
            .join("lib/rustlib")
            .join(&self.host)
            .join("bin/rust-lld")
    }
}

/// Every rustc in the search path that is new enough, rustup's own first.
fn compilers(least: &str) -> Vec<Compiler> {
    let mut found: Vec<Compiler> = Vec::new();
    for rustc in process::all_on_path("rustc") {
        let Ok(compiler) = Compiler::ask(rustc) else {
            continue;
        };
        let known = found.iter().any(|other| other.sysroot == compiler.sysroot);
        if !known && version(&compiler.release) >= version(least) {
            found.push(compiler);
        }
    }
    found
}

/// The linker to name: none when the compiler brings one, else another compiler's, else lld's.
fn linker(compilers: &[Compiler], chosen: usize) -> Result<Option<PathBuf>> {
    let own = compilers.get(chosen).map(Compiler::own_linker);
    if own.as_deref().is_some_and(Path::is_file) {
        return Ok(None);
    }
    let anothers = compilers
        .iter()
        .map(Compiler::own_linker)
        .find(|linker| linker.is_file());
    if let Some(linker) = anothers.or_else(|| process::on_path("wasm-ld")) {
        return Ok(Some(linker));
    }
    debian::install("a linker for wasm", &[DEBIAN_LINKER])?;
    Ok(process::on_path("wasm-ld"))
}

fn least_version(place: &Place) -> String {
    place
        .workspace
        .packages
        .iter()
        .find(|package| package.name.as_str() == "browser")
        .and_then(|package| package.rust_version.as_ref())
        .map_or_else(String::new, ToString::to_string)
}

/// `1.96.0` and `1.96.0-nightly` as numbers that compare.
fn version(text: &str) -> Vec<u32> {
    let plain = text.split('-').next().unwrap_or_default();
    plain
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers_whatever_is_appended() {
        assert!(version("1.100.0") > version("1.95"));
        assert!(version("1.95.0-nightly") >= version("1.95.0"));
        assert!(version("1.63.0") < version("1.95.0"));
    }
}
