//! The keys of an instance and what is derived from them: the vault's seal, keyed hashes of addresses and codes, and the
//! MAC of links. They lie in a file outside the database. One is current: it seals, and makes new hashes and links. The
//! others still open what was made with them.

mod file;
mod typed;

use std::sync::{Arc, PoisonError, RwLock};

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

/// What is left of a key for ever: it knows people and stories again of whom nothing else is kept. Neither the seal nor
/// the links can be worked out from it.
#[derive(Clone)]
struct Hashing {
    addresses: [u8; 32],
    codes: [u8; 32],
}

#[derive(Clone)]
struct Whole {
    vault: [u8; 32],
    links: [u8; 32],
    bounces: [u8; 32],
    check: [u8; 32],
}

#[derive(Clone)]
struct Key {
    /// `None` once it was dropped.
    whole: Option<Whole>,
    hashing: Hashing,
}

impl Key {
    fn from_master(master: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"hearback"), master);
        let derive = |purpose: &[u8]| {
            let mut key = [0_u8; 32];
            hkdf.expand(purpose, &mut key).expect("32 bytes are far below what HKDF-SHA256 can give");
            key
        };
        Key {
            whole: Some(Whole {
                vault: derive(b"vault"),
                links: derive(b"links"),
                bounces: derive(b"bounces"),
                check: derive(b"check"),
            }),
            hashing: Hashing { addresses: derive(b"addresses"), codes: derive(b"codes") },
        }
    }

    /// By this the database knows a key again, also when it was dropped; it says nothing about the key itself.
    fn id(&self) -> String {
        hex::encode(mac(&self.hashing.codes, &[b"id of a key"]))
    }
}

/// How a key stands in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Accepted,
    Current,
    Older,
    Dropped,
}

/// A key that the database knows.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: String,
    pub standing: Standing,
}

/// Whether the keys of a file are those of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Whole,
    /// None of them is.
    Foreign,
    /// One that is in use is missing.
    Lacking,
}

/// Which of the held keys are used for what, as places in the list.
#[derive(Debug)]
struct Uses {
    /// The current one first.
    opening: Vec<usize>,
    /// The current one first.
    hashing: Vec<usize>,
    /// The oldest that still opens.
    oldest: usize,
}

/// Clones see the same keys in the same use.
#[derive(Clone)]
pub struct Keys {
    held: Arc<[Key]>,
    uses: Arc<RwLock<Uses>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

const NONCE: usize = 24;

fn return_path_mac(key: &Whole, message: [u8; 16]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&mac(&key.bounces, &[b"return path", &message])[..16]);
    short
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl Keys {
    /// `None` without a whole key.
    fn from_held(held: Vec<Key>) -> Option<Self> {
        let whole: Vec<usize> = (0..held.len()).filter(|at| held[*at].whole.is_some()).collect();
        let oldest = *whole.last()?;
        let dropped = (0..held.len()).filter(|at| held[*at].whole.is_none());
        let hashing = whole.iter().copied().chain(dropped).collect();
        let uses = Uses { opening: whole, hashing, oldest };
        Some(Keys { held: held.into(), uses: Arc::new(RwLock::new(uses)) })
    }

    /// A key that lives in no file, for tests.
    pub fn from_bytes(master: [u8; 32]) -> Self {
        Self::from_held(vec![Key::from_master(&master)]).expect("the key is whole")
    }

    /// Takes over how the keys stand in the database, newest first. What the database does not know is not used. Unless
    /// they fit, nothing changes.
    pub fn stand(&self, known: &[Known]) -> Fit {
        let place = |known: &Known, whole: bool| {
            let is_it = |key: &Key| key.id() == known.id && (key.whole.is_some() || !whole);
            self.held.iter().position(is_it)
        };
        let of = |standing: Standing, whole: bool| {
            let those = known.iter().filter(move |known| known.standing == standing);
            those.map(|known| place(known, whole)).collect::<Vec<Option<usize>>>()
        };
        if !known.iter().any(|known| place(known, false).is_some()) {
            return Fit::Foreign;
        }
        let [Some(current)] = of(Standing::Current, true)[..] else { return Fit::Lacking };
        // Another process may have begun to use the accepted one by now.
        let accepted: Vec<usize> = of(Standing::Accepted, true).into_iter().flatten().collect();
        let older: Option<Vec<usize>> = of(Standing::Older, true).into_iter().collect();
        let dropped: Option<Vec<usize>> = of(Standing::Dropped, false).into_iter().collect();
        let (Some(older), Some(dropped)) = (older, dropped) else { return Fit::Lacking };
        let oldest = older.last().copied().unwrap_or(current);
        let opening: Vec<usize> = [current].into_iter().chain(accepted).chain(older).collect();
        let hashing = opening.iter().copied().chain(dropped).collect();
        let uses = Uses { opening, hashing, oldest };
        *self.uses.write().unwrap_or_else(PoisonError::into_inner) = uses;
        Fit::Whole
    }

    /// The ids of the keys in the file, newest first.
    pub fn ids(&self) -> Vec<String> {
        self.held.iter().map(Key::id).collect()
    }

    /// The keys that are not only left for their hashes, with the value by which a database knew its only key.
    pub fn check_values(&self) -> Vec<(String, String)> {
        let whole = self.held.iter().filter_map(|key| Some((key, key.whole.as_ref()?)));
        whole.map(|(key, whole)| (key.id(), check_value(whole))).collect()
    }

    /// What the database keeps to know its current key again; it says nothing about the key itself.
    pub fn check_value(&self) -> String {
        check_value(self.current())
    }

    fn wholes(&self) -> Vec<&Whole> {
        let uses = self.uses.read().unwrap_or_else(PoisonError::into_inner);
        uses.opening.iter().filter_map(|at| self.held[*at].whole.as_ref()).collect()
    }

    fn current(&self) -> &Whole {
        self.wholes().into_iter().next().expect("a current key is whole, and there always is one")
    }

    /// What must stay the same for as long as it can.
    fn oldest(&self) -> &Whole {
        let uses = self.uses.read().unwrap_or_else(PoisonError::into_inner);
        self.held[uses.oldest].whole.as_ref().expect("what opens is whole")
    }

    fn hashes(&self, hash: impl Fn(&Hashing) -> [u8; 32]) -> Vec<String> {
        let uses = self.uses.read().unwrap_or_else(PoisonError::into_inner);
        uses.hashing.iter().map(|at| hex::encode(hash(&self.held[*at].hashing))).collect()
    }

    fn hash(&self, hash: impl Fn(&Hashing) -> [u8; 32]) -> String {
        let uses = self.uses.read().unwrap_or_else(PoisonError::into_inner);
        hex::encode(hash(&self.held[uses.hashing[0]].hashing))
    }

    /// A keyed hash of an e-mail address, the same in any case of letters.
    pub fn address_hash(&self, project: &[u8], address: &str) -> String {
        self.reach_hash(project, &[address.trim().to_lowercase().as_bytes()])
    }

    /// The same under every key, the current one first: whoever looks for what was stored looks for all of them.
    pub fn address_hashes(&self, project: &[u8], address: &str) -> Vec<String> {
        self.reach_hashes(project, &[address.trim().to_lowercase().as_bytes()])
    }

    /// A keyed hash of a way by which a person is reached, of the parts that make it.
    pub fn reach_hash(&self, project: &[u8], parts: &[&[u8]]) -> String {
        self.hash(|key| mac(&key.addresses, &[&[project], parts].concat()))
    }

    /// The same under every key, the current one first.
    pub fn reach_hashes(&self, project: &[u8], parts: &[&[u8]]) -> Vec<String> {
        self.hashes(|key| mac(&key.addresses, &[&[project], parts].concat()))
    }

    /// Keyed hashes of the skeleton of a story's code, under every key, the current one first.
    pub fn code_hashes(&self, project: &[u8], skeleton: &str) -> Vec<String> {
        self.hashes(|key| mac(&key.codes, &[project, skeleton.as_bytes()]))
    }

    /// Keyed hashes by which a row of history is known again after its words had to go, under every key, the current one
    /// first. Without the keys nobody can try out what a short text was.
    pub fn row_hashes(&self, project: &[u8], digest: &str) -> Vec<String> {
        self.hashes(|key| mac(&key.codes, &[project, b"row", digest.as_bytes()]))
    }

    /// An opaque name of a project for where its slug would tell what it is about, such as the headers of a message: 16
    /// hex digits. It is made with the oldest key that is in use, so that it changes only when that is dropped.
    pub fn short_id(&self, project: &[u8]) -> String {
        hex::encode(&mac(&self.oldest().links, &[b"short id of a project", project])[..8])
    }

    /// The MAC in the return path of a message: who has seen the message can report about it, and nobody else.
    pub fn bounce_mac(&self, message: [u8; 16]) -> [u8; 16] {
        return_path_mac(self.current(), message)
    }

    /// Whether a return path was made here, by this key or an older one.
    pub fn is_bounce_mac(&self, message: [u8; 16], given: [u8; 16]) -> bool {
        self.wholes().into_iter().any(|whole| bool::from(return_path_mac(whole, message).ct_eq(&given)))
    }

    /// A keyed hash by which the same report is known again.
    pub fn report_hash(&self, message: [u8; 16], content: &[u8]) -> String {
        hex::encode(mac(&self.oldest().bounces, &[b"report", &message, content]))
    }

    /// Whether two secrets are the same, in a time that says nothing about where they differ.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        let whole = self.current();
        let hash = |text: &str| mac(&whole.bounces, &[b"token", text.as_bytes()]);
        bool::from(hash(one).ct_eq(&hash(other)))
    }

    /// Seals a contact for one participant; it opens for no other.
    pub fn seal(&self, participant: &[u8], contact: &Contact) -> anyhow::Result<Vec<u8>> {
        let plain = serde_json::to_vec(contact).context("sealing a contact")?;
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = XChaCha20Poly1305::new(&self.current().vault.into())
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: &plain, aad: participant })
            .map_err(|_| anyhow::anyhow!("a contact could not be sealed"))?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    pub fn open(&self, participant: &[u8], sealed: &[u8]) -> anyhow::Result<Contact> {
        let plain = self.wholes().into_iter().find_map(|key| opened(key, participant, sealed));
        let Some(plain) = plain else { bail!("a sealed contact does not open with these keys") };
        serde_json::from_slice(&plain).context("reading a contact")
    }

    /// Whether this was sealed with the current key.
    pub fn is_current(&self, participant: &[u8], sealed: &[u8]) -> bool {
        opened(self.current(), participant, sealed).is_some()
    }

    /// The token of a link: its id and half a MAC over purpose and id, 256 bits in 64 small hex digits. Hex, because no
    /// part of it can look like a story's code to somebody who searches a message for one.
    pub fn token(&self, purpose: &str, id: &str) -> anyhow::Result<String> {
        let id: [u8; 16] = hex::decode(id)
            .ok()
            .and_then(|id| id.try_into().ok())
            .ok_or_else(|| anyhow::anyhow!("the id of a link is not 16 bytes"))?;
        let mac = mac(&self.current().links, &[purpose.as_bytes(), &id]);
        Ok(hex::encode([&id[..], &mac[..16]].concat()))
    }

    /// The code of a letter that stands for a link, as seven groups of four: 128 bits, which nobody can work out from the
    /// id, nor the id from the code, without the key.
    pub fn typed_code(&self, id: &str) -> anyhow::Result<String> {
        let id: [u8; 16] = hex::decode(id)
            .ok()
            .and_then(|id| id.try_into().ok())
            .ok_or_else(|| anyhow::anyhow!("the id of a link is not 16 bytes"))?;
        Ok(typed::grouped(typed::turned(&typing_key(self.current()), id)))
    }

    /// The ids of the links that a typed code may stand for, one for each key that is in use. Any code is one for each key:
    /// whether there is such a link, the table says.
    pub fn typed_link_ids(&self, code: &str) -> Vec<String> {
        let Some(code) = typed::read(code) else { return Vec::new() };
        let keys = self.wholes().into_iter();
        keys.map(|key| hex::encode(typed::turned_back(&typing_key(key), code))).collect()
    }

    /// The id of the link that a token stands for, if this instance made it for this purpose, with the current key or an
    /// earlier one.
    pub fn link_id(&self, purpose: &str, token: &str) -> Option<String> {
        if token.len() != 64 || token.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let bytes = hex::decode(token).ok()?;
        let (id, given) = bytes.split_at_checked(16)?;
        let is_ours = self.wholes().into_iter().fold(false, |found, key| {
            let mac = mac(&key.links, &[purpose.as_bytes(), id]);
            found | bool::from(mac[..16].ct_eq(given))
        });
        is_ours.then(|| hex::encode(id))
    }
}

fn typing_key(key: &Whole) -> [u8; 32] {
    mac(&key.links, &[b"typed codes"])
}

fn check_value(key: &Whole) -> String {
    hex::encode(mac(&key.check, &[b"check"]))
}

fn opened(key: &Whole, participant: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    XChaCha20Poly1305::new(&key.vault.into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: participant })
        .ok()
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
        let (whole, hashing) = (keys.current(), &keys.held[0].hashing);
        let others = [whole.links, whole.vault, whole.check, hashing.addresses, hashing.codes];
        assert!(others.iter().all(|other| *other != whole.bounces), "each purpose has its own key");
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

    fn two() -> (Keys, Keys, Keys) {
        let key = |byte| Key::from_master(&[byte; 32]);
        let both = Keys::from_held(vec![key(8), key(7)]).expect("whole keys");
        (Keys::from_bytes([7; 32]), Keys::from_bytes([8; 32]), both)
    }

    fn known(keys: &Keys, standing: Standing) -> Known {
        Known { id: keys.ids()[0].clone(), standing }
    }

    #[test]
    fn only_the_current_key_seals_and_all_in_use_open() {
        let (old, new, both) = two();
        let contact = Contact { email: Some("a@example.org".to_owned()), ..Contact::default() };
        let begun = [known(&new, Standing::Accepted), known(&old, Standing::Current)];
        assert_eq!(both.stand(&begun), Fit::Whole);
        assert!(old.open(b"one", &both.seal(b"one", &contact).expect("sealed")).is_ok());
        let sealed = new.seal(b"one", &contact).expect("sealed");
        assert_eq!(both.open(b"one", &sealed).expect("accepted keys open"), contact);
        assert!(!both.is_current(b"one", &sealed));
        let turned = [known(&new, Standing::Current), known(&old, Standing::Older)];
        assert_eq!(both.clone().stand(&turned), Fit::Whole, "clones share it");
        assert!(both.is_current(b"one", &sealed));
        assert!(new.open(b"one", &both.seal(b"one", &contact).expect("sealed")).is_ok());
        assert_eq!(both.check_value(), new.check_value());
        assert_eq!(both.short_id(b"p"), old.short_id(b"p"), "names in earlier messages stay");
        let id = "00112233445566778899aabbccddeeff";
        let token = both.token("updates", id).expect("a token");
        assert_eq!(new.link_id("updates", &token).as_deref(), Some(id));
        assert_eq!(both.link_id("updates", &old.token("updates", id).expect("a token")).as_deref(), Some(id));
        assert_eq!(
            both.code_hashes(b"p", "K7"),
            [new.code_hashes(b"p", "K7"), old.code_hashes(b"p", "K7")].concat()
        );
    }

    #[test]
    fn what_is_still_in_use_must_be_there_and_what_is_unknown_opens_nothing() {
        let (old, new, both) = two();
        let turned = [known(&new, Standing::Current), known(&old, Standing::Older)];
        assert_eq!(old.stand(&turned), Fit::Lacking);
        assert_eq!(new.stand(&turned), Fit::Lacking);
        let before = [known(&old, Standing::Current)];
        assert_eq!(new.stand(&before), Fit::Foreign);
        // A database from a backup does not know the key that came later.
        assert_eq!(both.stand(&before), Fit::Whole);
        let sealed = new.seal(b"one", &Contact::default()).expect("sealed");
        assert!(both.open(b"one", &sealed).is_err());
        let dropped = [known(&new, Standing::Current), known(&old, Standing::Dropped)];
        assert_eq!(both.stand(&dropped), Fit::Whole);
        let of_old = old.token("updates", "00112233445566778899aabbccddeeff").expect("a token");
        assert_eq!(both.link_id("updates", &of_old), None, "dropped, though the line is still whole");
        assert!(both.code_hashes(b"p", "K7").contains(&old.code_hashes(b"p", "K7")[0]));
    }
}
