//! Rules about the sources themselves, which no compiler knows.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every line of our own code outside comments and tests, with the file's path below `src`.
fn lines() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut lines = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.ends_with("source_rules.rs"))
    {
        let name = file
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.extend(code.map(|line| (name.clone(), line.to_owned())));
    }
    assert!(lines.len() > 1_000, "the sources were not found");
    lines
}

#[test]
fn a_textarea_is_written_only_where_its_content_is_escaped() {
    for (file, line) in lines() {
        let allowed = file == "forms/text_area.rs" || !line.contains("<textarea");
        assert!(allowed, "{file}: {line}");
    }
}

#[test]
fn raw_html_is_set_only_where_we_wrote_or_escaped_it() {
    for (file, line) in lines() {
        let trusted = ["forms/text_area.rs", "parts/qr_code.rs"].contains(&file.as_str());
        assert!(trusted || !line.contains("inner_html="), "{file}: {line}");
    }
}

#[test]
fn sentences_stand_in_text_and_nowhere_else() {
    let kana = |c: char| ('\u{3041}'..='\u{30ff}').contains(&c);
    for (file, line) in lines() {
        assert!(
            file.starts_with("text/") || !line.chars().any(kana),
            "{file}: {line}"
        );
    }
}
