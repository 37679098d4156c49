//! Programs that run until they are told to stop, each in its own process group.
//!
//! In a group of their own they do not get the terminal's Ctrl-C: they are stopped by us, in
//! order, and what they started goes with them.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Error, Result, anyhow, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// How long a program may take to end by itself.
const GRACE: Duration = Duration::from_secs(10);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// How much of a log is shown when its program ended.
const LAST_LINES: usize = 15;

/// What a shell reports for a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// The running programs.
#[derive(Clone, Default)]
pub struct Services {
    running: Arc<Mutex<Vec<Service>>>,
}

struct Service {
    name: &'static str,
    child: Child,
    log: PathBuf,
    /// The signal that asks for an orderly end.
    farewell: Signal,
}

impl Services {
    /// None yet; Ctrl-C, SIGTERM and SIGHUP stop them and end this process. To be called once.
    ///
    /// # Errors
    /// When the signals are taken already.
    pub fn supervised() -> Result<Self> {
        let services = Self::default();
        let at_the_end = services.clone();
        ctrlc::set_handler(move || {
            eprintln!("\nStopping …");
            at_the_end.stop();
            std::process::exit(INTERRUPTED);
        })
        .context("taking over Ctrl-C")?;
        Ok(services)
    }

    /// Starts a program with its output in `log`, to be stopped by SIGTERM.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, name: &'static str, command: &mut Command, log: PathBuf) -> Result<()> {
        self.start_until(Signal::SIGTERM, name, command, log)
    }

    /// The same with another signal for an orderly end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_until(
        &self,
        farewell: Signal,
        name: &'static str,
        command: &mut Command,
        log: PathBuf,
    ) -> Result<()> {
        let output = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
        let errors = output.try_clone()?;
        let mut running = self.running();
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        running.push(Service {
            name,
            child,
            log,
            farewell,
        });
        Ok(())
    }

    /// Waits until `ready`, looking again and again.
    ///
    /// # Errors
    /// When a program ended meanwhile, or the time is up.
    pub fn until(&self, patience: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let begun = Instant::now();
        while !ready() {
            if let Some(ended) = self.ended() {
                return Err(ended);
            }
            if begun.elapsed() > patience {
                bail!(
                    "not everything answered within {} s{}",
                    patience.as_secs(),
                    self.tails()
                );
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        Ok(())
    }

    /// Waits until a program ends by itself, which none should.
    #[must_use]
    pub fn wait_for_an_end(&self) -> Error {
        loop {
            if let Some(ended) = self.ended() {
                return ended;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Stops every program, the last started first, and waits until they are gone.
    pub fn stop(&self) {
        let mut running = self.running();
        while let Some(mut service) = running.pop() {
            service.stop();
        }
    }

    fn ended(&self) -> Option<Error> {
        self.running().iter_mut().find_map(|service| {
            let status = service.child.try_wait().ok().flatten()?;
            let (name, how) = (service.name, told(status));
            Some(anyhow!("{name} ended by itself: {how}{}", service.tail()))
        })
    }

    fn tails(&self) -> String {
        self.running().iter().map(Service::tail).collect()
    }

    fn running(&self) -> MutexGuard<'_, Vec<Service>> {
        // Whoever panicked left a list of children that still have to be stopped.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Asks, waits, then insists. Whatever goes wrong here, the next one is to be stopped too.
    fn stop(&mut self) {
        let _gone = self.signal(self.farewell);
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if asked.elapsed() > GRACE {
                eprintln!("{} does not end; killing it", self.name);
                let _gone = self.signal(Signal::SIGKILL);
                let _reaped = self.child.wait();
                return;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    fn signal(&self, signal: Signal) -> io::Result<()> {
        let group = i32::try_from(self.child.id()).map_err(io::Error::other)?;
        Ok(killpg(Pid::from_raw(group), signal)?)
    }

    /// The end of its log, after a line break; nothing when the log is empty.
    fn tail(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().rev().take(LAST_LINES).collect();
        lines
            .iter()
            .rev()
            .map(|line| format!("\n  {}: {line}", self.name))
            .collect()
    }
}

fn told(status: ExitStatus) -> String {
    match status.signal() {
        Some(signal) => format!("signal {signal}"),
        None => status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn one(script: &str, folder: &std::path::Path) -> Services {
        let services = Services::default();
        services
            .start("one", &mut shell(script), folder.join("one.log"))
            .unwrap();
        services
    }

    #[test]
    fn a_program_that_ends_by_itself_is_told_with_its_last_words() {
        let folder = tempfile::tempdir().unwrap();
        let services = one("echo no such table: claims >&2; exit 3", folder.path());
        let told = services.until(GRACE, || false).unwrap_err().to_string();
        assert!(
            told.contains("one ended by itself: exit status: 3"),
            "{told}"
        );
        assert!(told.contains("no such table: claims"), "{told}");
    }

    #[test]
    fn stopping_takes_the_children_of_a_program_along() {
        let folder = tempfile::tempdir().unwrap();
        let script = "sleep 600 & echo $!; wait";
        let services = one(script, folder.path());
        let log = folder.path().join("one.log");
        services
            .until(GRACE, || fs::read_to_string(&log).unwrap().ends_with('\n'))
            .unwrap();
        let grandchild: i32 = fs::read_to_string(&log).unwrap().trim().parse().unwrap();

        services.stop();

        // It may be a zombie until its new parent looks, but it no longer runs.
        let state = fs::read_to_string(format!("/proc/{grandchild}/stat")).unwrap_or_default();
        assert!(state.is_empty() || state.contains(") Z "), "{state}");
    }
}
