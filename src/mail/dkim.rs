//! DKIM signatures (RFC 6376) by RSA and by Ed25519 (RFC 8463), and the DNS records that they are checked with. The
//! same message gets the same signatures, so that it can be made again.

use std::fmt;

use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

/// What is signed where it is there, and whether a further header of this name would break the signature. What decides
/// who speaks, to whom they answer, what is shown and what one click does must not be added on the way.
const HEADERS: &[(&str, bool)] = &[
    ("From", true),
    ("To", true),
    ("Subject", true),
    ("Date", true),
    ("Message-ID", true),
    ("Reply-To", true),
    ("MIME-Version", true),
    ("Content-Type", true),
    ("Content-Transfer-Encoding", true),
    ("Content-Language", false),
    ("List-Id", false),
    ("List-Unsubscribe", true),
    ("List-Unsubscribe-Post", true),
    ("Auto-Submitted", false),
];

/// Characters of base64 in a line of a header.
const LINE: usize = 72;

/// The keys by which every message is signed. Without any, nothing is signed.
#[derive(Default)]
pub struct Signers {
    domain: String,
    signers: Vec<Signer>,
}

struct Signer {
    selector: String,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

/// A TXT record: its name, and the text that stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub name: String,
    pub text: String,
}

impl fmt::Debug for Signers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signers").field("domain", &self.domain).field("keys", &self.signers.len()).finish()
    }
}

impl Signers {
    /// Keys for a domain: the selector of each, and its private key as PEM (PKCS #8, or PKCS #1 for RSA).
    ///
    /// # Errors
    /// Says which selector and what is wrong with it, and nothing of the key.
    pub fn new(domain: &str, keys: &[(&str, &str)]) -> anyhow::Result<Self> {
        ensure!(is_name(domain) && domain.contains('.'), "the domain is no name of a domain");
        let mut signers: Vec<Signer> = Vec::with_capacity(keys.len());
        for (selector, pem) in keys {
            ensure!(is_name(selector), "the selector {selector:?} is no name");
            ensure!(
                signers.iter().all(|known| !known.selector.eq_ignore_ascii_case(selector)),
                "two keys have the selector {selector}"
            );
            let key = Key::read(pem).with_context(|| format!("the key of the selector {selector}"))?;
            signers.push(Signer { selector: (*selector).to_owned(), key });
        }
        Ok(Signers { domain: domain.to_ascii_lowercase(), signers })
    }

    pub fn is_empty(&self) -> bool {
        self.signers.is_empty()
    }

    /// The domain that answers for the messages.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The header lines that go in front of this message, one for each key, each with its CRLF.
    ///
    /// # Errors
    /// When the message has no end of headers or no `From`, or a key fails.
    pub fn sign(&self, message: &[u8]) -> anyhow::Result<Vec<u8>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let (headers, body) = parted(message).context("a message without an end of its headers")?;
        self.sign_headers(headers, &body_hash(&[body]))
    }

    /// The same for headers alone, each line of which ends in CRLF, and a body whose hash is known.
    ///
    /// # Errors
    /// When there is no `From`, or a key fails.
    pub fn sign_headers(&self, headers: &[u8], body_hash: &[u8; 32]) -> anyhow::Result<Vec<u8>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let Chosen { names, signed } = chosen(headers)?;
        let mut lines = Vec::with_capacity(1024 * self.signers.len());
        for signer in &self.signers {
            let unsigned = format!(
                "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; d={};\r\n s={}; h={};\r\n bh={};\r\n b=",
                signer.key.algorithm(),
                self.domain,
                signer.selector,
                names,
                STANDARD.encode(body_hash),
            );
            let mut input = signed.clone();
            relaxed_header(unsigned.as_bytes(), &mut input);
            let signature = STANDARD.encode(signer.key.sign(&input)?);
            lines.extend_from_slice(unsigned.as_bytes());
            for (at, part) in signature.as_bytes().chunks(LINE).enumerate() {
                if at > 0 {
                    lines.extend_from_slice(b"\r\n ");
                }
                lines.extend_from_slice(part);
            }
            lines.extend_from_slice(b"\r\n");
        }
        Ok(lines)
    }

    /// The TXT records by which others check the signatures.
    pub fn records(&self) -> Vec<Record> {
        let record = |signer: &Signer| {
            let (kind, key) = match &signer.key {
                Key::Rsa(pair) => ("rsa", subject_public_key_info(pair.public_key().as_ref())),
                Key::Ed25519(pair) => ("ed25519", pair.public_key().as_ref().to_vec()),
            };
            Record {
                name: format!("{}._domainkey.{}", signer.selector, self.domain),
                text: format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(key)),
            }
        };
        self.signers.iter().map(record).collect()
    }
}

impl Key {
    fn read(pem: &str) -> anyhow::Result<Self> {
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes())
            .map_err(|_| anyhow::anyhow!("there is no private key as PEM in it"))?;
        // The reasons of ring are words such as `TooSmall`; they say nothing of the key.
        let rsa = match &key {
            PrivateKeyDer::Pkcs8(der) => {
                if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der()) {
                    return Ok(Key::Ed25519(Box::new(pair)));
                }
                RsaKeyPair::from_pkcs8(der.secret_pkcs8_der())
            }
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            _ => bail!("it is neither an RSA nor an Ed25519 key"),
        };
        match rsa {
            Ok(pair) => Ok(Key::Rsa(Box::new(pair))),
            Err(why) => bail!("it is neither Ed25519 nor RSA of 2048 to 4096 bits ({why})"),
        }
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn sign(&self, input: &[u8]) -> anyhow::Result<Vec<u8>> {
        match self {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature)
                    .map_err(|_| anyhow::anyhow!("signing a message with RSA"))?;
                Ok(signature)
            }
            // RFC 8463: the hash is what is signed.
            Key::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(input)).as_ref().to_vec()),
        }
    }
}

/// The hash of a body that is given in parts, without putting them together: `bh=`.
pub fn body_hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut body = Relaxed::default();
    for part in parts {
        body.add(part);
    }
    Sha256::digest(body.end()).into()
}

/// A body in its relaxed form: white space at the ends of lines goes, other runs of it become one space, empty lines at
/// the end go. A bare LF counts as the end of a line, and a bare CR is not there, as on the wire.
#[derive(Default)]
struct Relaxed {
    out: Vec<u8>,
    has_space: bool,
    ends: usize,
}

impl Relaxed {
    fn add(&mut self, part: &[u8]) {
        self.out.reserve(part.len() + 2);
        let mut rest = part;
        while let Some(&byte) = rest.first() {
            let run = match byte {
                b'\n' => {
                    self.has_space = false;
                    self.ends += 1;
                    1
                }
                b' ' | b'\t' => {
                    self.has_space = true;
                    1
                }
                b'\r' => 1,
                _ => {
                    for _ in 0..std::mem::take(&mut self.ends) {
                        self.out.extend_from_slice(b"\r\n");
                    }
                    if std::mem::take(&mut self.has_space) {
                        self.out.push(b' ');
                    }
                    let special = |byte: &u8| matches!(byte, b'\n' | b'\r' | b' ' | b'\t');
                    let run = rest.iter().position(special).unwrap_or(rest.len());
                    self.out.extend_from_slice(&rest[..run]);
                    run
                }
            };
            rest = &rest[run..];
        }
    }

    fn end(mut self) -> Vec<u8> {
        if !self.out.is_empty() {
            self.out.extend_from_slice(b"\r\n");
        }
        self.out
    }
}

/// Headers and body; the empty line between them belongs to neither.
fn parted(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = message.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((&message[..at + 2], &message[at + 4..]))
}

/// What of the headers is signed: the list for `h=`, and the relaxed lines.
struct Chosen {
    names: String,
    signed: Vec<u8>,
}

fn chosen(headers: &[u8]) -> anyhow::Result<Chosen> {
    let fields = fields(headers);
    let (mut names, mut signed) = (Names::default(), Vec::with_capacity(headers.len()));
    for (name, guarded) in HEADERS {
        // From the last one upwards (RFC 6376, 5.4.2).
        for field in fields.iter().rev().filter(|field| is_named(field, name)) {
            relaxed_header(field, &mut signed);
            signed.extend_from_slice(b"\r\n");
            names.add(name);
        }
        if *guarded {
            names.add(name);
        }
    }
    ensure!(fields.iter().any(|field| is_named(field, "From")), "a message without From cannot be signed");
    Ok(Chosen { names: names.0, signed })
}

/// The value of `h=`, folded.
#[derive(Default)]
struct Names(String);

impl Names {
    fn add(&mut self, name: &str) {
        let last = self.0.rsplit("\r\n").next().unwrap_or_default().len();
        if !self.0.is_empty() {
            self.0.push(':');
        }
        if last + name.len() > LINE - 20 {
            self.0.push_str("\r\n ");
        }
        self.0.push_str(name);
    }
}

/// The fields of a head, each with its folded lines and without its last end of line.
fn fields(headers: &[u8]) -> Vec<&[u8]> {
    let mut found: Vec<&[u8]> = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(length) = headers[at..].iter().position(|byte| *byte == b'\n') {
        at += length + 1;
        if !headers.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            found.push(headers[start..at].trim_ascii_end());
            start = at;
        }
    }
    if start < headers.len() {
        found.push(headers[start..].trim_ascii_end());
    }
    found
}

fn is_named(field: &[u8], name: &str) -> bool {
    let Some(colon) = field.iter().position(|byte| *byte == b':') else { return false };
    field[..colon].trim_ascii_end().eq_ignore_ascii_case(name.as_bytes())
}

/// A header in its relaxed form, without the end of its line: the name in small letters, folds undone, one space where
/// there was white space, none around the colon and at the end.
fn relaxed_header(field: &[u8], into: &mut Vec<u8>) {
    let colon = field.iter().position(|byte| *byte == b':').unwrap_or(field.len());
    into.extend(field[..colon].trim_ascii_end().to_ascii_lowercase());
    into.push(b':');
    let value = field.get(colon + 1..).unwrap_or_default();
    let words = value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            into.push(b' ');
        }
        into.extend_from_slice(word);
    }
}

/// An RSA key as the record holds it: `SubjectPublicKeyInfo` (RFC 5280) around the two numbers that ring gives.
fn subject_public_key_info(rsa_public_key: &[u8]) -> Vec<u8> {
    /// `rsaEncryption` with its empty parameters.
    const ALGORITHM: &[u8] = &[0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0];
    let bits = der(3, &[&[0], rsa_public_key].concat());
    der(0x30, &[ALGORITHM, &bits].concat())
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    if content.len() >= 128 {
        out.push(0x80 | length.len() as u8);
    }
    out.extend(length);
    out.extend_from_slice(content);
    out
}

/// Labels of letters, digits, `-` and `_`, as in the DNS.
fn is_name(text: &str) -> bool {
    let fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.len() <= 200 && text.split('.').all(fits)
}

#[cfg(test)]
#[path = "dkim_tests.rs"]
mod tests;
