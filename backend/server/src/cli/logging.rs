//! Logs (ログ): one JSON object a line on standard error.
//!
//! Messages are names (`request.done`), facts are fields. Nobody's name, address or query is ever a
//! field; `tests/it/logs.rs` watches. A panic is a line like any other.

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
        // It would complain on the same standard error, and die of that: a collector of logs that
        // went away must not take the town's pages with it.
        .log_internal_errors(false)
        .with_span_events(FmtSpan::NONE);
    match settings.log_format {
        LogFormat::Json => lines.json().flatten_event(true).init(),
        LogFormat::Text => lines.init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        // A message that was put together may hold anything; one of the source holds nobody's data.
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        tracing::error!(place, cause = message, "process.panicked");
    }));
    Ok(())
}
