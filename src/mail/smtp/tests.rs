//! The rules that need every byte and every combination: what is proven about the dot, and what a group of replies
//! proves. How a whole relay behaves is told in `tests/it/smtp.rs`.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, DuplexStream, ReadBuf, duplex,
};

use super::{
    judge::{End, Heard},
    reply::Answer,
    stream::Line,
    *,
};

const LONG: Duration = Duration::from_secs(60);
const FIRST: &str = "first@people.test";
const SECOND: &str = "second@people.test";

fn parcel(to: &str) -> Parcel {
    let content = b"Subject: Update\r\n\r\nWhat happened.\r\n..and a dot.\r\n".to_vec();
    Parcel { from: "updates@hearback.test".into(), to: to.into(), content }
}

/// A socket that takes so many bytes more and then breaks; whether it still reads depends.
struct Breaking {
    socket: DuplexStream,
    left: Arc<AtomicI64>,
    breaks_both_ways: bool,
}

impl AsyncRead for Breaking {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.breaks_both_ways && self.left.load(Ordering::SeqCst) <= 0 {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.socket).poll_read(cx, buf)
    }
}

impl AsyncWrite for Breaking {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let left = self.left.load(Ordering::SeqCst);
        if left <= 0 {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let most = buf.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let wrote = Pin::new(&mut self.socket).poll_write(cx, &buf[..most]);
        if let Poll::Ready(Ok(bytes)) = &wrote {
            self.left.fetch_sub(*bytes as i64, Ordering::SeqCst);
        }
        wrote
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

/// A relay that takes everything and counts what it took.
async fn relay(socket: DuplexStream, accepted: Arc<AtomicUsize>) -> io::Result<()> {
    let mut socket = BufReader::new(socket);
    let mut in_content = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        if socket.read_until(b'\n', &mut line).await? == 0 || !line.ends_with(b"\r\n") {
            return Ok(());
        }
        let reply: &[u8] = match (in_content, line.as_slice()) {
            (true, b".\r\n") => {
                in_content = false;
                accepted.fetch_add(1, Ordering::SeqCst);
                b"250 2.0.0 queued\r\n"
            }
            (true, _) => continue,
            (false, b"DATA\r\n") => {
                in_content = true;
                b"354 go on\r\n"
            }
            (false, _) => b"250 2.1.0 ok\r\n",
        };
        socket.write_all(reply).await?;
    }
}

struct Stage {
    connection: Connection,
    left: Arc<AtomicI64>,
    accepted: Arc<AtomicUsize>,
}

async fn stage(pipelining: bool, breaks_both_ways: bool) -> Stage {
    let (ours, theirs) = duplex(64 * 1024);
    let accepted = Arc::new(AtomicUsize::new(0));
    tokio::spawn(relay(theirs, accepted.clone()));
    let left = Arc::new(AtomicI64::new(i64::MAX / 2));
    let socket = Breaking { socket: ours, left: left.clone(), breaks_both_ways };
    let wire = Wire::on(Line::over(socket, None).await.unwrap()).await.unwrap();
    let offers = if pipelining { vec!["PIPELINING".to_owned()] } else { vec![] };
    Stage { connection: Connection::new(wire, offers, PhaseLimits::default()), left, accepted }
}

/// Bytes of the content of `parcel` with its dot: the last two dots are doubled to three, and `.` CRLF follows.
fn behind_dot() -> i64 {
    parcel(FIRST).content.len() as i64 + 1 + 3
}

#[tokio::test]
async fn a_message_is_deferred_exactly_if_the_dot_has_not_left_wherever_the_connection_breaks() {
    let commands =
        format!("MAIL FROM:<updates@hearback.test>\r\nRCPT TO:<{SECOND}>\r\nDATA\r\n").len() as i64;
    for pipelining in [true, false] {
        for breaks_both_ways in [true, false] {
            for bytes in 0..=behind_dot() + commands {
                let case = format!("{bytes} bytes, pipelining {pipelining}, both ways {breaks_both_ways}");
                let mut stage = stage(pipelining, breaks_both_ways).await;
                stage.connection.open(&parcel(FIRST)).await.expect("open");
                stage.left.store(bytes, Ordering::SeqCst);
                let told = stage.connection.deliver(&parcel(FIRST), Some(&parcel(SECOND))).await;
                let accepted = stage.accepted.load(Ordering::SeqCst);
                match &told.outcome {
                    Attempt::Deferred { .. } => assert!(bytes < behind_dot() && accepted == 0, "{case}"),
                    Attempt::Accepted { .. } => assert!(bytes >= behind_dot() && accepted == 1, "{case}"),
                    Attempt::Unknown { .. } => {
                        assert!(bytes >= behind_dot() && breaks_both_ways, "{case}: {told:?}");
                    }
                    other => panic!("{case}: {other:?}"),
                }
                let whole = bytes == behind_dot() + commands;
                match told.next.expect("asked") {
                    Ok(()) => assert!(whole && !breaks_both_ways, "{case}"),
                    // Without PIPELINING the relay may have agreed to MAIL before the connection broke.
                    Err(Attempt::Untried { .. } | Attempt::Deferred { .. }) => {
                        assert!(!whole || breaks_both_ways, "{case}");
                    }
                    Err(other) => panic!("{case}: {other:?}"),
                }
                assert_eq!(stage.connection.usable(), whole && !breaks_both_ways, "{case}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_handed_over_wherever_the_connection_breaks_before_the_content() {
    let commands = format!("MAIL FROM:<updates@hearback.test>\r\nRCPT TO:<{FIRST}>\r\nDATA\r\n").len() as i64;
    for pipelining in [true, false] {
        for bytes in 0..commands {
            let mut stage = stage(pipelining, true).await;
            stage.left.store(bytes, Ordering::SeqCst);
            let told = stage.connection.open(&parcel(FIRST)).await;
            assert!(matches!(told, Err(Attempt::Deferred { .. } | Attempt::RelayDown { .. })), "{told:?}");
            assert!(!stage.connection.usable());
            assert_eq!(stage.accepted.load(Ordering::SeqCst), 0);
        }
    }
}

#[tokio::test]
async fn half_a_reply_that_nobody_asked_for_is_noticed_before_anything_is_written() {
    let (ours, mut theirs) = duplex(1024);
    let wire = Wire::on(Line::over(ours, None).await.unwrap()).await.unwrap();
    let mut connection = Connection::new(wire, vec![], PhaseLimits::default());
    theirs.write_all(b"25").await.unwrap();
    let told = connection.open(&parcel(FIRST)).await;
    assert!(matches!(told, Err(Attempt::RelayDown { .. })), "{told:?}");
    drop(connection);
    let mut said = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut theirs, &mut said).await.unwrap();
    assert_eq!(said, "");
}

#[tokio::test]
async fn a_reply_in_another_encoding_is_a_reply_whose_strange_words_are_not_repeated() {
    let (ours, mut theirs) = duplex(1024);
    let mut wire = Wire::on(Line::over(ours, None).await.unwrap()).await.unwrap();
    theirs.write_all(b"250-2.0.0 f\xfcr j\xfcrgen\r\n250 \xc3\xbcbernommen\r\n").await.unwrap();
    let answer = wire.answer(LONG).await.ok().expect("a reply");
    assert_eq!((answer.code, answer.said(&[]).as_str()), (250, "250 2.0.0 [...] [...] ?bernommen"));
    assert!(wire.silent().await);
}

#[tokio::test]
async fn another_message_than_the_open_one_is_never_sent_in_its_place() {
    let mut stage = stage(true, true).await;
    stage.connection.open(&parcel(FIRST)).await.expect("open");
    let told = stage.connection.deliver(&parcel(SECOND), None).await;
    assert!(matches!(told.outcome, Attempt::Untried { .. }), "{told:?}");
    assert!(!stage.connection.usable());
    tokio::task::yield_now().await;
    assert_eq!(stage.accepted.load(Ordering::SeqCst), 0);
}

/// The answers of a relay that makes no mistake, to dot, MAIL, RCPT and DATA.
fn truths() -> Vec<[u16; 4]> {
    let mut truths = Vec::new();
    for dot in [250, 450, 452, 550, 552, 554] {
        truths.push([dot, 250, 250, 354]);
        truths.push([dot, 250, 251, 354]);
        for refusal in [450, 452, 550, 554] {
            truths.push([dot, 250, 250, refusal]);
            for data in [354, 503, 554] {
                truths.push([dot, 250, refusal, data]);
            }
            truths.push([dot, refusal, 503, 503]);
        }
    }
    truths
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    Missing(usize),
    Doubled(usize),
    /// Before the answer at this place comes one that nobody asked for.
    Stray(usize, u16),
}

fn faults() -> Vec<Fault> {
    let mut faults = vec![Fault::None];
    for place in 0..4 {
        faults.extend([Fault::Missing(place), Fault::Doubled(place)]);
        faults.extend([250, 354, 450, 550, 503].map(|code| Fault::Stray(place, code)));
    }
    faults
}

fn heard(truth: [u16; 4], fault: Fault, closes: bool) -> Heard {
    let mut codes = truth.to_vec();
    match fault {
        Fault::None => {}
        Fault::Missing(place) => drop(codes.remove(place)),
        Fault::Doubled(place) => codes.insert(place, truth[place]),
        Fault::Stray(place, code) => codes.insert(place, code),
    }
    let end = match codes.len() {
        4 => End::Quiet,
        5.. => End::Nonsense("more than once".into()),
        _ if closes => End::Gone("left".into()),
        _ => End::Late("late".into()),
    };
    let answers = codes.into_iter().take(4).map(|code| Answer { code, text: String::new() }).collect();
    Heard { answers, end }
}

#[test]
fn no_reply_that_is_missing_doubled_or_astray_is_ever_taken_for_the_answer_to_the_dot() {
    for truth in truths() {
        for fault in faults() {
            for closes in [true, false] {
                let asked = Asked { dot: true, next: true, at_once: true, used: true, private: &[] };
                let judged = judge(asked, &heard(truth, fault, closes));
                let case = format!("{truth:?} {fault:?} closes {closes}: {:?}", judged.outcome);
                let next = judged.next.expect("asked");
                match judged.outcome.expect("asked") {
                    Attempt::Accepted { .. } => assert_eq!(truth[0], 250, "{case}"),
                    Attempt::Deferred { code, .. } | Attempt::Failed { code, .. } => {
                        assert_eq!(code, Some(truth[0]), "{case}");
                    }
                    Attempt::Unknown { .. } => {
                        assert!(!matches!(fault, Fault::None), "{case}");
                        assert!(!matches!(next, Err(Attempt::Failed { .. })), "{case}: {next:?}");
                    }
                    _ => panic!("{case}"),
                }
                match (fault, &next) {
                    (Fault::None, Ok(())) => assert_eq!(truth[3], 354, "{case}"),
                    (Fault::None, Err(_)) => {
                        let lone = truth[3] == 354;
                        assert_eq!(judged.then, if lone { Then::LoneDot } else { Then::Reset }, "{case}");
                    }
                    (_, next) => {
                        assert!(next.is_err(), "{case}: {next:?}");
                        assert_eq!(judged.then, Then::Drop, "{case}");
                    }
                }
            }
        }
    }
}

/// A relay that refuses the first content, and before it does says 250, which nobody asked for.
async fn straying(mut socket: BufReader<DuplexStream>) -> io::Result<()> {
    let (mut in_content, mut line, mut astray) = (false, Vec::new(), true);
    loop {
        line.clear();
        if socket.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let reply: &[u8] = match (in_content, line.as_slice()) {
            (true, b".\r\n") => {
                in_content = false;
                if std::mem::take(&mut astray) {
                    socket.write_all(b"250 2.1.0 ok\r\n").await?;
                    // Long enough for whoever only looks whether anything else is there.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                b"554 5.6.0 no\r\n"
            }
            (true, _) => continue,
            (false, b"DATA\r\n") => {
                in_content = true;
                b"354 go on\r\n"
            }
            (false, b"QUIT\r\n") => b"221 2.0.0 bye\r\n",
            (false, _) => b"250 2.1.0 ok\r\n",
        };
        socket.write_all(reply).await?;
    }
}

#[tokio::test]
async fn a_reply_astray_is_not_taken_for_the_one_to_a_dot_with_which_no_group_goes_out() {
    for (offers, next) in [(vec![], false), (vec![], true), (vec!["PIPELINING".to_owned()], false)] {
        let (ours, theirs) = duplex(64 * 1024);
        tokio::spawn(straying(BufReader::new(theirs)));
        let wire = Wire::on(Line::over(ours, None).await.unwrap()).await.unwrap();
        let mut connection = Connection::new(wire, offers.clone(), PhaseLimits::default());
        connection.open(&parcel(FIRST)).await.expect("open");
        let second = parcel(SECOND);
        let told = connection.deliver(&parcel(FIRST), next.then_some(&second)).await;
        assert!(matches!(told.outcome, Attempt::Unknown { .. }), "{offers:?} {next}: {told:?}");
        // Nor is the next one refused by what was said of the first.
        assert!(!matches!(told.next, Some(Ok(()) | Err(Attempt::Failed { .. }))), "{offers:?}: {told:?}");
        assert!(!connection.usable());
    }
}

#[test]
fn whether_tls_is_needed_follows_the_host_and_going_without_is_for_this_machine() {
    for (url, usual) in [
        ("smtp://relay.test", TlsPolicy::Required),
        ("smtp://192.0.2.1", TlsPolicy::Required),
        ("smtp://localhost.relay.test", TlsPolicy::Required),
        ("smtp://127.0.0.1", TlsPolicy::Opportunistic),
        ("smtp://127.8.8.8", TlsPolicy::Opportunistic),
        ("smtp://[::1]", TlsPolicy::Opportunistic),
        ("smtp://[::ffff:127.0.0.1]", TlsPolicy::Opportunistic),
        ("smtp://LOCALHOST", TlsPolicy::Opportunistic),
    ] {
        let settings = SmtpSettings::parse(url).unwrap();
        assert_eq!(settings.tls, usual, "{url}");
        let without = settings.with_tls(TlsPolicy::None);
        assert_eq!(without.is_ok(), usual == TlsPolicy::Opportunistic, "{url}");
    }
    assert!(SmtpSettings::parse("smtps://localhost").unwrap().with_tls(TlsPolicy::None).is_err());
    let policies = ["required", " opportunistic ", "none"].map(|text| text.parse::<TlsPolicy>().unwrap());
    assert_eq!(policies, [TlsPolicy::Required, TlsPolicy::Opportunistic, TlsPolicy::None]);
    assert!("yes".parse::<TlsPolicy>().is_err());
}
