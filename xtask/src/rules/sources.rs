//! Words that must not stand in our sources, and the one place where they may.
//!
//! A search of text, not a parser: each pattern is something nobody writes by accident.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use regex::Regex;

use crate::bundle::files;

/// Where sources are looked for.
const FOLDERS: [&str; 4] = ["backend", "frontend", "migrations", "e2e"];
/// Below these lies nothing of ours.
const NOT_OURS: [&str; 4] = ["node_modules", "dist", "test-results", "playwright-report"];

struct Rule {
    pattern: &'static str,
    /// File extensions it speaks of.
    extensions: &'static [&'static str],
    /// Beginnings or endings of paths where it does not hold.
    except: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        pattern: r"<textarea\b",
        extensions: &["rs"],
        except: &["/text_area.rs", "/source_rules.rs"],
        why: "Leptos 0.8 does not escape its content; use the TextArea part",
    },
    Rule {
        pattern: r"\binner_html=",
        extensions: &["rs"],
        // One escapes by itself, the other draws squares.
        except: &["/text_area.rs", "/qr_code.rs", "/source_rules.rs"],
        why: "it is not escaped; let the view macro write text",
    },
    Rule {
        pattern: r"#\[server\b",
        extensions: &["rs"],
        except: &[],
        why: "mutations are form posts to the page's own URL (DESIGN.md §2)",
    },
    Rule {
        pattern: r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s.+\sSET)\s",
        extensions: &["rs"],
        // Tests and figures of the use cases look behind the store, to see what it really kept.
        except: &[
            "backend/server/benches/",
            "backend/store/",
            "backend/testkit/",
            "backend/usecases/benches/",
            "backend/usecases/tests/",
            "migrations/",
        ],
        why: "only `store` knows SQL (DESIGN.md §2)",
    },
    Rule {
        pattern: r"#!?\[(cfg_attr\([^\]]*)?allow\(",
        extensions: &["rs"],
        except: &[],
        why: "write #[expect(lint, reason = \"…\")]",
    },
    Rule {
        pattern: r"#\[ignore\b|\.(skip|only|fixme)\(",
        extensions: &["ts", "mjs"],
        except: &[],
        why: "a test that does not run is no test",
    },
    Rule {
        pattern: r"^\s*#\[ignore\b",
        extensions: &["rs"],
        // Not a test but the process that one starts and kills.
        except: &["backend/usecases/tests/it/crash/child.rs"],
        why: "a test that does not run is no test",
    },
    Rule {
        pattern: r"\bwaitForTimeout\b",
        extensions: &["ts", "mjs"],
        except: &[],
        why: "wait for what the page shows, not for time to pass",
    },
];

/// How many files were read, and the lines that break a rule, each as a sentence.
///
/// # Errors
/// When a file cannot be read.
pub fn breaches(root: &Path) -> Result<(usize, Vec<String>)> {
    let rules = RULES
        .iter()
        .map(|rule| Ok((Regex::new(rule.pattern)?, rule)))
        .collect::<Result<Vec<_>>>()?;
    let mut read = 0;
    let mut breaches = Vec::new();
    for folder in FOLDERS {
        for file in files(&root.join(folder))? {
            let path = file.strip_prefix(root)?.to_string_lossy().into_owned();
            if path.split('/').any(|part| NOT_OURS.contains(&part)) {
                continue;
            }
            let known = rules.iter().any(|(_, rule)| rule.speaks_of(&path));
            if known {
                let text = fs::read_to_string(&file).with_context(|| format!("reading {path}"))?;
                read += 1;
                breaches.extend(in_text(&rules, &path, &text));
            }
        }
    }
    Ok((read, breaches))
}

fn in_text(rules: &[(Regex, &Rule)], path: &str, text: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for (pattern, rule) in rules.iter().filter(|(_, rule)| rule.speaks_of(path)) {
        for (index, line) in text.lines().enumerate() {
            let comment = line.trim_start().starts_with("//");
            if !comment && pattern.is_match(line) {
                breaches.push(format!(
                    "{path}:{}: {}: {}",
                    index + 1,
                    line.trim(),
                    rule.why
                ));
            }
        }
    }
    breaches
}

impl Rule {
    fn speaks_of(&self, path: &str) -> bool {
        let extension = path.rsplit('.').next().unwrap_or_default();
        self.extensions.contains(&extension)
            && !self
                .except
                .iter()
                .any(|place| path.starts_with(place) || path.ends_with(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        let rules: Vec<_> = RULES
            .iter()
            .map(|rule| (Regex::new(rule.pattern).unwrap(), rule))
            .collect();
        in_text(&rules, path, text)
    }

    #[test]
    fn each_rule_is_broken_by_what_it_forbids() {
        let forbidden = [
            (
                "frontend/app/src/pages/apply.rs",
                "<textarea name=\"purpose\">",
            ),
            ("frontend/app/src/pages/apply.rs", "<p inner_html=text></p>"),
            ("frontend/app/src/pages/apply.rs", "#[server]"),
            (
                "backend/usecases/src/book.rs",
                "\"INSERT INTO claims VALUES (1)\"",
            ),
            (
                "backend/usecases/src/book.rs",
                "\"SELECT id FROM claims WHERE\"",
            ),
            (
                "backend/domain/src/lib.rs",
                "#![allow(clippy::unwrap_used)]",
            ),
            ("backend/domain/src/lib.rs", "#[ignore = \"slow\"]"),
            ("e2e/tests/book.spec.ts", "test.skip('books', async () => {"),
            ("e2e/tests/book.spec.ts", "await page.waitForTimeout(500);"),
        ];
        for (path, line) in forbidden {
            assert_eq!(told(path, line).len(), 1, "{path}: {line}");
        }
    }

    #[test]
    fn the_one_place_and_the_comments_are_left_alone() {
        assert!(
            told(
                "frontend/app/src/parts/text_area.rs",
                "<textarea inner_html=x>"
            )
            .is_empty()
        );
        assert!(
            told(
                "backend/store/src/claims.rs",
                "\"DELETE FROM claims WHERE\""
            )
            .is_empty()
        );
        assert!(told("backend/domain/src/lib.rs", "/// never `#[ignore]` it").is_empty());
    }

    #[test]
    fn a_breach_names_file_line_and_reason() {
        let breach = told(
            "backend/server/src/main.rs",
            "fn main() {\n    \"DELETE FROM a \"",
        )
        .concat();
        assert!(
            breach.starts_with("backend/server/src/main.rs:2: "),
            "{breach}"
        );
        assert!(breach.contains("only `store` knows SQL"), "{breach}");
    }
}
