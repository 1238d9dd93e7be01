//! The key of an instance and what is derived from it: the vault's seal, keyed hashes of addresses and codes, and the
//! MAC of links. The key lies in a file outside the database.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Name and addresses of a participant: what the vault holds.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(default)]
    pub greeting_name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub postal_address: Option<String>,
}

// Not derived: a contact must never reach a log by way of `{:?}`.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(sealed)")
    }
}

#[derive(Clone)]
pub struct Keys {
    vault: [u8; 32],
    addresses: [u8; 32],
    codes: [u8; 32],
    links: [u8; 32],
    bounces: [u8; 32],
    check: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

const NONCE: usize = 24;

impl Keys {
    fn from_master(master: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"hearback"), master);
        let derive = |purpose: &[u8]| {
            let mut key = [0_u8; 32];
            hkdf.expand(purpose, &mut key).expect("32 bytes are far below what HKDF-SHA256 can give");
            key
        };
        Keys {
            vault: derive(b"vault"),
            addresses: derive(b"addresses"),
            codes: derive(b"codes"),
            links: derive(b"links"),
            bounces: derive(b"bounces"),
            check: derive(b"check"),
        }
    }

    /// A key that lives in no file, for tests.
    pub fn from_bytes(master: [u8; 32]) -> Self {
        Self::from_master(&master)
    }

    /// Reads the key file.
    ///
    /// # Errors
    /// Where it is missing, unreadable, or does not hold 64 hex digits.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the key file {}", path.display()))?;
        let bytes = hex::decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        match bytes {
            Some(master) => Ok(Self::from_master(&master)),
            None => bail!("the key file {} does not hold a key of 64 hex digits", path.display()),
        }
    }

    /// Makes a new key file that only its owner can read. One that exists is never overwritten.
    pub fn make(path: &Path) -> anyhow::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("making the folder {}", folder.display()))?;
        }
        let mut master = [0_u8; 32];
        rand::rng().fill_bytes(&mut master);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file =
            options.open(path).with_context(|| format!("making the key file {}", path.display()))?;
        writeln!(file, "{}", hex::encode(master)).context("writing the key file")?;
        file.sync_all().context("writing the key file")?;
        Ok(Self::from_master(&master))
    }

    /// What the database keeps to know its key again; it says nothing about the key itself.
    pub fn check_value(&self) -> String {
        hex::encode(self.mac(&self.check, &[b"check"]))
    }

    fn mac(&self, key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A keyed hash of an e-mail address, the same in any case of letters.
    pub fn address_hash(&self, project: &[u8], address: &str) -> String {
        hex::encode(self.mac(&self.addresses, &[project, address.trim().to_lowercase().as_bytes()]))
    }

    /// A keyed hash of a way by which a person is reached, of the parts that make it.
    pub fn reach_hash(&self, project: &[u8], parts: &[&[u8]]) -> String {
        hex::encode(self.mac(&self.addresses, &[&[project], parts].concat()))
    }

    /// A keyed hash of the skeleton of a story's code.
    pub fn code_hash(&self, project: &[u8], skeleton: &str) -> String {
        hex::encode(self.mac(&self.codes, &[project, skeleton.as_bytes()]))
    }

    /// A keyed hash by which a row of history is known again after its words had to go. Without the key nobody can
    /// try out what a short text was.
    pub fn row_hash(&self, project: &[u8], digest: &str) -> String {
        hex::encode(self.mac(&self.codes, &[project, b"row", digest.as_bytes()]))
    }

    /// An opaque name of a project for where its slug would tell what it is about, such as the headers of a message: 16
    /// hex digits, the same for as long as the key is.
    pub fn short_id(&self, project: &[u8]) -> String {
        hex::encode(&self.mac(&self.links, &[b"short id of a project", project])[..8])
    }

    /// The MAC in the return path of a message: who has seen the message can report about it, and nobody else.
    pub fn bounce_mac(&self, message: [u8; 16]) -> [u8; 16] {
        let mut mac = [0; 16];
        mac.copy_from_slice(&self.mac(&self.bounces, &[b"return path", &message])[..16]);
        mac
    }

    /// Whether a return path was made here.
    pub fn is_bounce_mac(&self, message: [u8; 16], given: [u8; 16]) -> bool {
        bool::from(self.bounce_mac(message).ct_eq(&given))
    }

    /// A keyed hash by which the same report is known again.
    pub fn report_hash(&self, message: [u8; 16], content: &[u8]) -> String {
        hex::encode(self.mac(&self.bounces, &[b"report", &message, content]))
    }

    /// Whether two secrets are the same, in a time that says nothing about where they differ.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        let hash = |text: &str| self.mac(&self.bounces, &[b"token", text.as_bytes()]);
        bool::from(hash(one).ct_eq(&hash(other)))
    }

    /// Seals a contact for one participant; it opens for no other.
    pub fn seal(&self, participant: &[u8], contact: &Contact) -> anyhow::Result<Vec<u8>> {
        let plain = serde_json::to_vec(contact).context("sealing a contact")?;
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = XChaCha20Poly1305::new(&self.vault.into())
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: &plain, aad: participant })
            .map_err(|_| anyhow::anyhow!("a contact could not be sealed"))?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    pub fn open(&self, participant: &[u8], sealed: &[u8]) -> anyhow::Result<Contact> {
        let Some((nonce, sealed)) = sealed.split_at_checked(NONCE) else {
            bail!("a sealed contact is too short");
        };
        let plain = XChaCha20Poly1305::new(&self.vault.into())
            .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: participant })
            .map_err(|_| anyhow::anyhow!("a sealed contact does not open with this key"))?;
        serde_json::from_slice(&plain).context("reading a contact")
    }

    /// The token of a link: its id and half a MAC over purpose and id, 256 bits in 64 small hex digits. Hex, because no
    /// part of it can look like a story's code to somebody who searches a message for one.
    pub fn token(&self, purpose: &str, id: &str) -> anyhow::Result<String> {
        let id: [u8; 16] = hex::decode(id)
            .ok()
            .and_then(|id| id.try_into().ok())
            .ok_or_else(|| anyhow::anyhow!("the id of a link is not 16 bytes"))?;
        let mac = self.mac(&self.links, &[purpose.as_bytes(), &id]);
        Ok(hex::encode([&id[..], &mac[..16]].concat()))
    }

    /// The id of the link that a token stands for, if this instance made it for this purpose.
    pub fn link_id(&self, purpose: &str, token: &str) -> Option<String> {
        if token.len() != 64 || token.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let bytes = hex::decode(token).ok()?;
        let (id, given) = bytes.split_at_checked(16)?;
        let mac = self.mac(&self.links, &[purpose.as_bytes(), id]);
        bool::from(mac[..16].ct_eq(given)).then(|| hex::encode(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_opens_for_its_participant_and_for_no_other() {
        let keys = Keys::from_bytes([7; 32]);
        let contact = Contact { email: Some("a@example.org".to_owned()), ..Contact::default() };
        let sealed = keys.seal(b"one", &contact).expect("sealed");
        assert_eq!(keys.open(b"one", &sealed).expect("opened"), contact);
        assert!(keys.open(b"two", &sealed).is_err());
        assert!(Keys::from_bytes([8; 32]).open(b"one", &sealed).is_err());
    }

    #[test]
    fn the_short_id_of_a_project_is_its_own_and_the_key_s() {
        let keys = Keys::from_bytes([7; 32]);
        let id = keys.short_id(b"one");
        assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert_eq!(keys.short_id(b"one"), id);
        assert_ne!(keys.short_id(b"two"), id);
        assert_ne!(Keys::from_bytes([8; 32]).short_id(b"one"), id);
    }

    #[test]
    fn a_return_path_is_good_for_its_message_and_of_its_own_key() {
        let keys = Keys::from_bytes([7; 32]);
        let mac = keys.bounce_mac([1; 16]);
        assert!(keys.is_bounce_mac([1; 16], mac));
        assert!(!keys.is_bounce_mac([2; 16], mac));
        assert!(!Keys::from_bytes([8; 32]).is_bounce_mac([1; 16], mac));
        for bit in 0..128 {
            let mut forged = mac;
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!keys.is_bounce_mac([1; 16], forged), "{bit}");
        }
        let others = [keys.links, keys.addresses, keys.codes, keys.vault, keys.check];
        assert!(others.iter().all(|other| *other != keys.bounces), "each purpose has its own key");
    }

    #[test]
    fn a_token_is_good_for_its_purpose_alone_and_not_with_one_letter_changed() {
        let keys = Keys::from_bytes([7; 32]);
        let id = "00112233445566778899aabbccddeeff";
        let token = keys.token("updates", id).expect("token");
        assert_eq!(keys.link_id("updates", &token).as_deref(), Some(id));
        assert_eq!(keys.link_id("other", &token), None);
        for at in 0..token.len() {
            let mut letters: Vec<char> = token.chars().collect();
            letters[at] = if letters[at] == 'a' { 'b' } else { 'a' };
            assert_eq!(keys.link_id("updates", &letters.iter().collect::<String>()), None);
        }
        assert_eq!(keys.link_id("updates", &"A".repeat(1_000_000)), None);
        assert_eq!(keys.link_id("updates", "%00"), None);
    }
}
