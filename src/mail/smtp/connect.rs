//! From a host name to a connection that has said hello.

use lettre::transport::smtp::{
    Error as LettreError,
    authentication::{Credentials, Mechanism},
    client::TlsParameters,
    commands::{Ehlo, Starttls},
    extension::ClientId,
};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    Connection, PhaseLimits, SmtpSettings, TlsPolicy,
    reply::{Answer, presentable},
    stream::Line,
    wire::{Unheard, Wire},
};

/// Why there is no connection. It is never about one message, so it costs nobody an attempt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{during}: {why}")]
pub struct ConnectError {
    /// `connect`, `tls`, `greeting`, `EHLO`, `STARTTLS` or `AUTH`.
    pub during: &'static str,
    pub code: Option<u16>,
    pub why: String,
}

/// Opens a connection: TCP without Nagle's delay, TLS by policy, EHLO, AUTH. Credentials travel only through TLS or to
/// loopback, whatever the policy.
pub async fn connect(settings: &SmtpSettings) -> Result<Connection, ConnectError> {
    let limits = settings.limits;
    let user: Vec<&str> = settings.credentials.iter().map(|(user, _)| user.as_str()).collect();
    let hello = ClientId::Domain(settings.hello_name.clone());
    if settings.hello_name.is_empty() || !settings.hello_name.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(no_connection("EHLO", "our own host name is not one"));
    }
    // The standard socket stays here: after STARTTLS it gets a fresh stream, since lettre keeps what its buffer holds.
    let socket = reach(settings).await?;
    let local = socket.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback());
    if settings.tls == TlsPolicy::None && (settings.implicit_tls || !local) {
        return Err(no_connection("tls", "messages go without TLS to a relay on this machine only"));
    }
    let mut secure = settings.implicit_tls;
    let mut wire = speak(&socket, secure, settings, local).await?;
    let greeting = wire.answer(limits.greeting).await;
    settled("greeting", 220, greeting, &mut wire, &user).await?;
    let mut offers = say_hello(&mut wire, &hello, limits).await?;

    let offered = offers.iter().any(|offer| offer == "STARTTLS");
    if !secure && offered && settings.tls != TlsPolicy::None {
        // `settled` also refuses what else came in clear text: it could pass for a reply from inside TLS.
        let reply = wire.ask(Starttls, limits.command).await;
        settled("STARTTLS", 220, reply, &mut wire, &user).await?;
        wire = speak(&socket, true, settings, local).await?;
        secure = true;
        offers = say_hello(&mut wire, &hello, limits).await?;
    }
    if !secure && settings.tls == TlsPolicy::Required {
        return Err(no_connection("STARTTLS", "the relay offers no TLS, and nothing is sent without"));
    }

    if let Some((name, password)) = &settings.credentials {
        if !secure && !local {
            return Err(no_connection(
                "AUTH",
                "the relay offers no TLS, and credentials are not sent without",
            ));
        }
        let words = offers.iter().find_map(|offer| offer.strip_prefix("AUTH ")).unwrap_or_default();
        let mechanism = if words.split(' ').any(|word| word == "PLAIN") {
            Mechanism::Plain
        } else if words.split(' ').any(|word| word == "LOGIN") {
            Mechanism::Login
        } else {
            return Err(no_connection("AUTH", "the relay offers neither AUTH PLAIN nor AUTH LOGIN"));
        };
        let credentials = Credentials::new(name.clone(), password.clone());
        let reply = wire.authenticate(mechanism, &credentials, limits.command).await;
        settled("AUTH", 235, reply, &mut wire, &user).await?;
    }
    Ok(Connection::new(wire, offers, limits))
}

fn no_connection(during: &'static str, why: &str) -> ConnectError {
    ConnectError { during, code: None, why: why.to_owned() }
}

/// A TCP connection to the first address of the relay that answers; each has its own time limit, so that a network
/// without IPv6 does not hide the relay's IPv4.
async fn reach(settings: &SmtpSettings) -> Result<std::net::TcpStream, ConnectError> {
    let limit = settings.limits.connect;
    let mut why = format!("no answer came within {limit:?}");
    let addresses = match timeout(limit, lookup_host((settings.host.as_str(), settings.port))).await {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(_)) => {
            why = "the relay's name was not found".to_owned();
            Vec::new()
        }
        Err(_) => Vec::new(),
    };
    for address in addresses {
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                let ready = stream.set_nodelay(true).and_then(|()| stream.into_std());
                return ready.map_err(|error| no_connection("connect", &error.kind().to_string()));
            }
            Ok(Err(error)) => why = error.kind().to_string(),
            Err(_) => why = format!("no answer came within {limit:?}"),
        }
    }
    Err(no_connection("connect", &why))
}

/// A conversation over a socket of its own, with TLS if it is to be `secure`. A relay on this machine rarely has a
/// certificate that verifies, and would be spoken to without TLS as well.
async fn speak(
    socket: &std::net::TcpStream,
    secure: bool,
    settings: &SmtpSettings,
    local: bool,
) -> Result<Wire, ConnectError> {
    let stream = socket.try_clone().and_then(TcpStream::from_std);
    let stream = stream.map_err(|error| no_connection("connect", &error.kind().to_string()))?;
    let broken = |error: LettreError| no_connection("tls", &presentable(&error.to_string(), &[]));
    let tls = match secure {
        true => Some(
            TlsParameters::builder(settings.host.clone())
                .dangerous_accept_invalid_certs(local)
                .dangerous_accept_invalid_hostnames(local)
                .build()
                .map_err(broken)?,
        ),
        false => None,
    };
    let line = match timeout(settings.limits.connect, Line::over(stream, tls)).await {
        Ok(line) => line.map_err(broken)?,
        Err(_) => return Err(no_connection("tls", "the handshake took too long")),
    };
    Wire::on(line).await.map_err(broken)
}

async fn say_hello(
    wire: &mut Wire,
    hello: &ClientId,
    limits: PhaseLimits,
) -> Result<Vec<String>, ConnectError> {
    let reply = wire.ask(Ehlo::new(hello.clone()), limits.command).await;
    let text = settled("EHLO", 250, reply, wire, &[]).await?.text.to_ascii_uppercase();
    Ok(text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

/// The wanted reply, if it came and nothing came with it.
async fn settled(
    during: &'static str,
    code: u16,
    reply: Result<Answer, Unheard>,
    wire: &mut Wire,
    private: &[&str],
) -> Result<Answer, ConnectError> {
    let answer = reply.map_err(|why| no_connection(during, &why.to_string()))?;
    if answer.code != code {
        let why = format!("the relay answered {}", answer.said(private));
        return Err(ConnectError { during, code: Some(answer.code), why });
    }
    if !wire.silent().await {
        return Err(no_connection(during, "the relay answered more than once, or left"));
    }
    Ok(answer)
}
