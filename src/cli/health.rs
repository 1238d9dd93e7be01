//! `hearback health`: asks a running `serve`. A container image has no other program that could.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::config::Config;
use crate::error::Result;

const PATIENCE: Duration = Duration::from_secs(5);

pub async fn run(config: &Config) -> Result<ExitCode> {
    let listen = config.listen;
    // "Everywhere" is where a server listens, not where it can be asked.
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let ready = matches!(timeout(PATIENCE, ask(SocketAddr::new(ip, listen.port()))).await, Ok(Ok(true)));
    println!("{}", if ready { "ready" } else { "not ready" });
    Ok(if ready { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn ask(address: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = [0_u8; 12];
    stream.read_exact(&mut answer).await?;
    Ok(&answer == b"HTTP/1.1 200")
}
