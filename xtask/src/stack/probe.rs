//! Is anybody there? Just enough HTTP to ask.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result};

/// How long one question may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Whether somebody accepts connections on this loopback port.
#[must_use]
pub fn listening(port: u16) -> bool {
    connect(port).is_ok()
}

/// The status of `GET address`. Whatever the host name, the loopback is asked: not every
/// system's resolver knows `*.localhost`.
///
/// # Errors
/// When nobody answers with HTTP.
pub fn get(address: &str) -> Result<u16> {
    let rest = address
        .strip_prefix("http://")
        .context("only http:// is asked")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let port = host.rsplit(':').next().and_then(|port| port.parse().ok());
    let mut stream = connect(port.with_context(|| format!("{address} has no port"))?)?;
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status)?;
    let code = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    code.with_context(|| format!("{address} did not answer with HTTP"))
}

fn connect(port: u16) -> Result<TcpStream> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = TcpStream::connect_timeout(&address, LIMIT)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    Ok(stream)
}
