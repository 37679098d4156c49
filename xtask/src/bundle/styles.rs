//! One style sheet from `frontend/style/`, in the order of the file names.
//!
//! The parser is the check: a sheet that a browser would silently skip fails the build here.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};

use super::inputs::{files, short_hash};

/// How the manifest calls the sheet, whatever its file name.
pub const LOGICAL_NAME: &str = "yoriai.css";

/// Writes `yoriai.<hash>.css` into `dist` and gives its name.
///
/// # Errors
/// When a sheet does not parse; the message names file, line and column.
pub fn bundle(style: &Path, dist: &Path) -> Result<String> {
    let mut sheet = String::new();
    for file in files(style)? {
        if file.extension().is_some_and(|extension| extension == "css") {
            let code =
                fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            sheet.push_str(&minify(&file.display().to_string(), &code)?);
            sheet.push('\n');
        }
    }
    let name = format!("yoriai.{}.css", short_hash(sheet.as_bytes()));
    fs::write(dist.join(&name), sheet).context("writing the style sheet")?;
    Ok(name)
}

/// No browser targets: what the sheet says is what browsers get, only shorter.
fn minify(name: &str, code: &str) -> Result<String> {
    let options = ParserOptions {
        filename: name.to_owned(),
        ..ParserOptions::default()
    };
    let mut sheet = StyleSheet::parse(code, options).map_err(|error| {
        // The parser counts lines from 0, people from 1.
        let line = error.loc.as_ref().map_or(1, |place| place.line + 1);
        anyhow!("{name}:{line}: {}", error.kind)
    })?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("{name}: {error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_joined_in_the_order_of_their_names() {
        let style = tempfile::tempdir().unwrap();
        let dist = tempfile::tempdir().unwrap();
        fs::write(
            style.path().join("20-parts.css"),
            "@layer parts { b { color: blue } }",
        )
        .unwrap();
        fs::write(style.path().join("00-layers.css"), "@layer base, parts;").unwrap();
        fs::write(style.path().join("note.txt"), "not a style sheet").unwrap();

        let name = bundle(style.path(), dist.path()).unwrap();

        let sheet = fs::read_to_string(dist.path().join(name)).unwrap();
        assert_eq!(sheet, "@layer base,parts;\n@layer parts{b{color:#00f}}\n");
    }

    #[test]
    fn what_browsers_may_do_themselves_is_not_rewritten() {
        let nested = "a{&:hover{inline-size:100cqi}}";
        assert_eq!(minify("nested.css", nested).unwrap(), nested);
    }

    #[test]
    fn a_broken_sheet_is_refused_with_its_name_and_line() {
        let error = minify("broken.css", "a { color: red }\nb { color }").unwrap_err();
        assert!(error.to_string().contains("broken.css:2"), "{error}");
    }
}
