//! Logs (ログ): one JSON object a line on standard error.
//!
//! Messages are names (`request.done`), facts are fields. Nobody's name, address or query is ever a
//! field; `tests/it/logs.rs` watches.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::{ConfigFault, LogFormat, LogSettings};

/// Starts logging for this process.
///
/// # Errors
/// [`ConfigFault`] for a filter that is none.
pub(super) fn start(settings: &LogSettings) -> Result<(), ConfigFault> {
    let malformed = || ConfigFault::Malformed {
        variable: "LOG".to_owned(),
    };
    let filter = EnvFilter::try_new(&settings.log).map_err(|_not_a_filter| malformed())?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::NONE);
    match settings.log_format {
        LogFormat::Json => lines.json().flatten_event(true).init(),
        LogFormat::Text => lines.init(),
    }
    Ok(())
}
