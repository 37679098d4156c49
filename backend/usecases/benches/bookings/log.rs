//! What PostgreSQL logs with `log_statement = all`, as statements again.

use anyhow::{Context as _, Result};

/// One statement as it was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// With `$1`, `$2`, … where values go.
    pub sql: String,
    /// Their values as text, in order; nothing for NULL.
    pub values: Vec<Option<String>>,
}

/// The transactions of a log, each from BEGIN to COMMIT, both included.
pub fn transactions(log: &str) -> Result<Vec<Vec<Statement>>> {
    let mut transactions = Vec::new();
    let mut open: Option<Vec<Statement>> = None;
    for statement in statements(log)? {
        if statement.sql.starts_with("BEGIN") {
            open = Some(Vec::new());
        }
        let Some(inside) = &mut open else { continue };
        let last = statement.sql.starts_with("COMMIT");
        inside.push(statement);
        if last {
            transactions.extend(open.take());
        }
    }
    Ok(transactions)
}

fn statements(log: &str) -> Result<Vec<Statement>> {
    let mut statements: Vec<Statement> = Vec::new();
    for entry in entries(log) {
        if let Some((_, sql)) = entry
            .split_once(" LOG:  execute ")
            .and_then(|(_, named)| named.split_once(": "))
            .or_else(|| entry.split_once(" LOG:  statement: "))
        {
            statements.push(Statement {
                sql: sql.trim().trim_end_matches(';').to_owned(),
                values: Vec::new(),
            });
        } else if let Some((_, listed)) = entry.split_once(" DETAIL:  parameters: ") {
            let last = statements.last_mut().context("values of no statement")?;
            last.values = values(listed)?;
        }
    }
    Ok(statements)
}

/// Lines that go on begin with a tab.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(entry)) => {
                entry.push('\n');
                entry.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// `$1 = 'it''s', $2 = NULL`.
fn values(mut listed: &str) -> Result<Vec<Option<String>>> {
    let mut values = Vec::new();
    while let Some((_, rest)) = listed.split_once(" = ") {
        let Some(mut quoted) = rest.strip_prefix('\'') else {
            values.push(None);
            listed = rest;
            continue;
        };
        let mut value = String::new();
        listed = loop {
            let (part, after) = quoted.split_once('\'').context("a value without an end")?;
            value.push_str(part);
            match after.strip_prefix('\'') {
                Some(more) => {
                    value.push('\'');
                    quoted = more;
                }
                None => break after,
            }
        };
        values.push(Some(value));
    }
    Ok(values)
}
