//! What a process takes, as Linux tells it.

use std::fmt;

use anyhow::{Context as _, Result};

/// Memory of a process.
pub struct Memory {
    resident_kb: u64,
    peak_kb: u64,
}

impl Memory {
    /// Of this process now.
    pub fn of(pid: u32) -> Result<Self> {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let kb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            number
                .and_then(|number| number.parse().ok())
                .with_context(|| format!("no {name}"))
        };
        Ok(Self {
            resident_kb: kb("VmRSS:")?,
            peak_kb: kb("VmHWM:")?,
        })
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [now, peak] = [self.resident_kb, self.peak_kb].map(|kb| kb / 1_024);
        write!(f, "{now} MB, at most {peak} MB")
    }
}
