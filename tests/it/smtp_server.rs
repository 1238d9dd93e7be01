//! A mail server inside the test process that misbehaves on command: it follows RFC 5321 until its script says
//! otherwise, and remembers what it took and what was said to it. Plain TCP on loopback.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, empty},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{self, pki_types::PrivateKeyDer},
};

/// Where in a conversation a reaction is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the 354, with the first line of the message read and the rest not.
    Content,
    Dot,
    Rset,
    Quit,
}

/// What the server does instead of the usual.
#[derive(Clone, Debug)]
pub enum Reaction {
    /// Answers with this code and a word or two.
    Code(u16),
    /// Answers with these lines, separated by `\n`, as they stand (`250-a\n250 b`).
    Reply(String),
    /// The usual answer in single bytes, each a packet of its own.
    Bytewise,
    /// The usual answer over several lines.
    Multiline,
    /// The usual answer and in the same breath another that nobody asked for.
    Extra(&'static str),
    /// Another answer first, the usual one after a pause: a reply for the wrong command.
    Early(&'static str, Duration),
    /// The usual answer after a pause.
    Late(Duration),
    /// The usual answer, and after a pause these last words (none if empty) and the end of the connection.
    Leave(Duration, &'static str),
    /// Closes the connection without a word.
    Cut,
    /// The same, having taken the message (only after the dot).
    CutAfterTaking,
    /// Does the usual, says nothing about it and goes on with the next command.
    Nothing,
    /// Reads and says nothing any more.
    Silence,
    /// The same, having taken the message (only after the dot).
    SilenceAfterTaking,
}

/// A message that the server took, once for each recipient.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The number of the connection, from 1.
    pub connection: usize,
    pub from: String,
    pub to: String,
    /// The message as it was before dot-stuffing, with its last CRLF.
    pub data: Vec<u8>,
    /// When its content was asked for.
    pub begun: Instant,
}

impl Accepted {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

#[derive(Default)]
struct Script {
    once: HashMap<Phase, VecDeque<Reaction>>,
    always: HashMap<Phase, Reaction>,
    for_recipient: HashMap<(String, Phase), Reaction>,
}

struct Shared {
    script: Mutex<Script>,
    keywords: Mutex<Vec<String>>,
    lax: AtomicBool,
    tls: Mutex<Option<TlsAcceptor>>,
    accepted: Mutex<Vec<Accepted>>,
    /// Each line outside a message with the number of its connection.
    said: Mutex<Vec<(usize, String)>>,
    /// To whom content was asked for, and when.
    begun: Mutex<Vec<(Instant, String)>>,
    heads_only: AtomicBool,
    connections: Mutex<usize>,
}

pub struct SmtpServer {
    port: u16,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let shared = Arc::new(Shared {
            script: Mutex::default(),
            keywords: Mutex::new(vec!["8BITMIME".into(), "PIPELINING".into(), "ENHANCEDSTATUSCODES".into()]),
            lax: AtomicBool::new(false),
            tls: Mutex::default(),
            accepted: Mutex::default(),
            said: Mutex::default(),
            begun: Mutex::default(),
            heads_only: AtomicBool::new(false),
            connections: Mutex::default(),
        });
        let listening = tokio::spawn({
            let shared = shared.clone();
            async move {
                // Dropped with the server, and with it every conversation.
                let mut conversations = JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    while conversations.try_join_next().is_some() {}
                    let number = {
                        let mut connections = lock(&shared.connections);
                        *connections += 1;
                        *connections
                    };
                    let _ = stream.set_nodelay(true);
                    let conversation = Conversation {
                        number,
                        stream: BufReader::new(Box::new(stream)),
                        secure: false,
                        shared: shared.clone(),
                    };
                    conversations.spawn(async move {
                        // An error is the client going away, which is its right.
                        let _ = conversation.hold().await;
                    });
                }
            }
        });
        Self { port, shared, listening }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Replaces the EHLO keywords (`SMTPUTF8`, `AUTH PLAIN`, `STARTTLS`).
    pub fn offer(&self, keywords: &[&str]) {
        *lock(&self.shared.keywords) = keywords.iter().map(|word| word.to_string()).collect();
    }

    /// From now on it asks for content even if it knows nobody to get it (RFC 2920, 3.1).
    pub fn ask_for_content_in_any_case(&self) {
        self.shared.lax.store(true, Ordering::Relaxed);
    }

    /// From now on STARTTLS works, with a certificate that nobody vouches for.
    pub fn secure(&self) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions that the provider knows")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a certificate and its key");
        *lock(&self.shared.tls) = Some(TlsAcceptor::from(Arc::new(config)));
        lock(&self.shared.keywords).push("STARTTLS".into());
    }

    /// Once; calls for the same phase queue up.
    pub fn on(&self, phase: Phase, reaction: Reaction) {
        lock(&self.shared.script).once.entry(phase).or_default().push_back(reaction);
    }

    pub fn times(&self, count: usize, phase: Phase, reaction: Reaction) {
        for _ in 0..count {
            self.on(phase, reaction.clone());
        }
    }

    /// Whenever nothing else is scripted for the phase, until `clear`.
    pub fn always(&self, phase: Phase, reaction: Reaction) {
        lock(&self.shared.script).always.insert(phase, reaction);
    }

    /// Always for this recipient, from RCPT on; it goes before everything else.
    pub fn for_recipient(&self, address: &str, phase: Phase, reaction: Reaction) {
        lock(&self.shared.script).for_recipient.insert((address.to_lowercase(), phase), reaction);
    }

    /// Forgets the script, not what happened.
    pub fn clear(&self) {
        *lock(&self.shared.script) = Script::default();
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        lock(&self.shared.accepted).clone()
    }

    /// From now on only the head of each message is kept, and nothing of what was said.
    pub fn keep_only_heads(&self) {
        self.shared.heads_only.store(true, Ordering::Relaxed);
    }

    pub fn count(&self) -> usize {
        lock(&self.shared.accepted).len()
    }

    /// Every time that content was asked for, and to whom.
    pub fn begun(&self) -> Vec<(Instant, String)> {
        lock(&self.shared.begun).clone()
    }

    pub fn connections(&self) -> usize {
        *lock(&self.shared.connections)
    }

    /// The lines that clients have sent outside messages, with the number of the connection.
    pub fn said(&self) -> Vec<(usize, String)> {
        lock(&self.shared.said).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics while holding it")
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

struct Conversation {
    number: usize,
    stream: BufReader<Box<dyn Stream>>,
    secure: bool,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Transaction {
    from: Option<String>,
    to: Vec<String>,
}

/// Whether the conversation goes on after a reply; the code that was told decides about the state.
enum Told {
    Code(u16),
    Gone,
}

impl Told {
    fn positive(&self) -> bool {
        matches!(self, Told::Code(code) if (200..400).contains(code))
    }
}

impl Conversation {
    async fn hold(mut self) -> std::io::Result<()> {
        let mut open = Transaction::default();
        if let Told::Gone = self.tell(Phase::Greeting, "220 test ESMTP", &open).await? {
            return Ok(());
        }
        while let Some(line) = self.line().await? {
            let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
            if !self.shared.heads_only.load(Ordering::Relaxed) {
                lock(&self.shared.said).push((self.number, line.clone()));
            }
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let address = || {
                let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
                inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
            };
            let told = match verb.as_str() {
                "EHLO" => {
                    open = Transaction::default();
                    let usual = self.hello();
                    self.tell(Phase::Ehlo, &usual, &open).await?
                }
                "STARTTLS" if lock(&self.shared.tls).is_some() && !self.secure => {
                    let told = self.tell(Phase::StartTls, "220 2.0.0 go on", &open).await?;
                    if let Told::Code(220) = told {
                        self.secure().await?;
                    }
                    open = Transaction::default();
                    told
                }
                "STARTTLS" => self.tell(Phase::StartTls, "454 4.7.0 no TLS here", &open).await?,
                "AUTH" => self.tell(Phase::Auth, "235 2.7.0 welcome", &open).await?,
                "MAIL" if open.from.is_none() => {
                    let told = self.tell(Phase::Mail, "250 2.1.0 ok", &open).await?;
                    open.from = told.positive().then(address);
                    told
                }
                "RCPT" if open.from.is_some() => {
                    open.to.push(address());
                    let told = self.tell(Phase::Rcpt, "250 2.1.5 ok", &open).await?;
                    if !told.positive() {
                        open.to.pop();
                    }
                    told
                }
                "DATA" if !open.to.is_empty() || self.shared.lax.load(Ordering::Relaxed) => {
                    let begun = Instant::now();
                    match self.tell(Phase::Data, "354 go on", &open).await? {
                        Told::Code(354) => {
                            let to = open.to.iter().map(|to| (begun, to.clone()));
                            lock(&self.shared.begun).extend(to);
                            self.take(std::mem::take(&mut open), begun).await?
                        }
                        told => told,
                    }
                }
                "RSET" => {
                    open = Transaction::default();
                    self.tell(Phase::Rset, "250 2.0.0 ok", &open).await?
                }
                "NOOP" => self.say("250 2.0.0 ok").await?,
                "QUIT" => {
                    self.tell(Phase::Quit, "221 2.0.0 bye", &open).await?;
                    Told::Gone
                }
                "MAIL" | "RCPT" | "DATA" => self.say("503 5.5.1 bad sequence of commands").await?,
                _ => self.say("500 5.5.2 unknown command").await?,
            };
            if let Told::Gone | Told::Code(421) = told {
                break;
            }
        }
        Ok(())
    }

    async fn secure(&mut self) -> std::io::Result<()> {
        let acceptor = lock(&self.shared.tls).clone().expect("it was asked for");
        let clear = std::mem::replace(&mut self.stream, BufReader::new(Box::new(empty())));
        self.stream = BufReader::new(Box::new(acceptor.accept(clear.into_inner()).await?));
        self.secure = true;
        Ok(())
    }

    /// Reads a message up to its dot, which is a dot between two CRLF and nothing else, and answers.
    async fn take(&mut self, open: Transaction, asked: Instant) -> std::io::Result<Told> {
        let mut data = Vec::new();
        let mut begun = false;
        loop {
            let Some(line) = self.line().await? else {
                return Ok(Told::Gone);
            };
            if line == b".\r\n" && (data.is_empty() || data.ends_with(b"\r\n")) {
                break;
            }
            data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            if !std::mem::replace(&mut begun, true)
                && let Some(reaction) = self.reaction(Phase::Content, &open)
            {
                match reaction {
                    // Nothing is read any more, so that a long message gets stuck on the way.
                    Reaction::Silence => std::future::pending::<()>().await,
                    _ => return Ok(Told::Gone),
                }
            }
        }
        let reaction = self.reaction(Phase::Dot, &open);
        let taken = match &reaction {
            None => true,
            Some(Reaction::Code(code)) => (200..300).contains(code),
            Some(Reaction::Reply(reply)) => reply.starts_with('2'),
            Some(Reaction::Cut | Reaction::Silence) => false,
            Some(_) => true,
        };
        if taken {
            let from = open.from.clone().unwrap_or_default();
            if self.shared.heads_only.load(Ordering::Relaxed) {
                let head = data.windows(4).position(|end| end == b"\r\n\r\n");
                data.truncate(head.map_or(data.len(), |at| at + 4));
            }
            let each = open.to.iter().map(|to| Accepted {
                connection: self.number,
                from: from.clone(),
                to: to.clone(),
                data: data.clone(),
                begun: asked,
            });
            lock(&self.shared.accepted).extend(each);
        }
        let usual = if open.to.is_empty() { "554 5.5.1 no valid recipients" } else { "250 2.0.0 queued" };
        self.react(reaction, usual).await
    }

    fn hello(&self) -> String {
        let keywords = lock(&self.shared.keywords);
        let mut lines = vec!["test".to_owned()];
        lines.extend(keywords.iter().filter(|word| !self.secure || *word != "STARTTLS").cloned());
        let last = lines.len() - 1;
        let lines = lines.iter().enumerate();
        lines
            .map(|(n, line)| format!("250{}{line}", if n < last { "-" } else { " " }))
            .collect::<Vec<_>>()
            .join("\n")
    }

    async fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.stream.read_until(b'\n', &mut line).await?;
        Ok((read > 0).then_some(line))
    }

    async fn tell(&mut self, phase: Phase, usual: &str, open: &Transaction) -> std::io::Result<Told> {
        let reaction = self.reaction(phase, open);
        self.react(reaction, usual).await
    }

    fn reaction(&self, phase: Phase, open: &Transaction) -> Option<Reaction> {
        let mut script = lock(&self.shared.script);
        let personal = open.to.last().and_then(|to| script.for_recipient.get(&(to.to_lowercase(), phase)));
        personal
            .cloned()
            .or_else(|| script.once.get_mut(&phase)?.pop_front())
            .or_else(|| script.always.get(&phase).cloned())
    }

    async fn react(&mut self, reaction: Option<Reaction>, usual: &str) -> std::io::Result<Told> {
        let Some(reaction) = reaction else {
            return self.say(usual).await;
        };
        match reaction {
            Reaction::Code(code) => self.say(&format!("{code} as scripted")).await,
            Reaction::Reply(reply) => self.say(&reply).await,
            Reaction::Bytewise => {
                for byte in format!("{}\r\n", usual.replace('\n', "\r\n")).into_bytes() {
                    self.stream.write_all(&[byte]).await?;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                Ok(Told::Code(code_of(usual)))
            }
            Reaction::Multiline => {
                let (code, text) = usual.rsplit_once('\n').map_or(usual, |(_, last)| last).split_at(3);
                self.say(&format!("{code}-one\n{code}-two\n{code}{text}")).await
            }
            Reaction::Extra(extra) => {
                self.say(&format!("{usual}\n{extra}")).await?;
                Ok(Told::Code(code_of(usual)))
            }
            Reaction::Early(early, pause) => {
                self.say(early).await?;
                tokio::time::sleep(pause).await;
                self.say(usual).await
            }
            Reaction::Late(pause) => {
                tokio::time::sleep(pause).await;
                self.say(usual).await
            }
            Reaction::Leave(pause, last_words) => {
                self.say(usual).await?;
                tokio::time::sleep(pause).await;
                if !last_words.is_empty() {
                    self.say(last_words).await?;
                }
                Ok(Told::Gone)
            }
            Reaction::Nothing => Ok(Told::Code(code_of(usual))),
            Reaction::Cut | Reaction::CutAfterTaking => Ok(Told::Gone),
            Reaction::Silence | Reaction::SilenceAfterTaking => {
                while self.line().await?.is_some() {}
                Ok(Told::Gone)
            }
        }
    }

    async fn say(&mut self, reply: &str) -> std::io::Result<Told> {
        let bytes = format!("{}\r\n", reply.replace('\n', "\r\n")).into_bytes();
        self.stream.write_all(&bytes).await?;
        Ok(Told::Code(code_of(reply)))
    }
}

/// The code of the first line.
fn code_of(reply: &str) -> u16 {
    reply.get(..3).and_then(|code| code.parse().ok()).unwrap_or_default()
}

/// Settings for the same server by way of a door that counts the pieces in which it is written to.
pub async fn counting(server: &SmtpServer) -> (hearback::mail::smtp::SmtpSettings, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("a bound socket has an address"));
    let (there, pieces) = (server.port, Arc::new(AtomicUsize::new(0)));
    let count = pieces.clone();
    tokio::spawn(async move {
        let (near, _) = listener.accept().await.expect("somebody comes");
        let far = TcpStream::connect(("127.0.0.1", there)).await.expect("the server listens");
        let ((mut near_in, mut near_out), (mut far_in, mut far_out)) = (near.into_split(), far.into_split());
        tokio::spawn(async move { tokio::io::copy(&mut far_in, &mut near_out).await });
        let mut piece = vec![0; 64 * 1024];
        while let Ok(bytes @ 1..) = near_in.read(&mut piece).await {
            count.fetch_add(1, Ordering::Relaxed);
            far_out.write_all(&piece[..bytes]).await.expect("the server reads");
        }
    });
    (hearback::mail::smtp::SmtpSettings::parse(&url).expect("an address"), pieces)
}
