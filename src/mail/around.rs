//! A block in which a name or an address is each reader's own, and everything around that is the same for all of them.

use super::quoted::encoded;

/// What is each reader's own in a block that otherwise reads alike for all of them.
#[derive(Clone, Copy)]
pub enum Own<'a> {
    /// An address of the web.
    Address(&'a str),
    Name(&'a str),
}

/// Stands for the address while what is around it is made.
const ADDRESS: &str = "https://address.invalid/";
const HOST: &str = "address.invalid";

/// Stands for the name. Where it fits on a line, so does any that is not longer.
const NAME: &str = "namenamenamenamenamename";

impl<'a> Own<'a> {
    pub(super) fn words(self) -> &'a str {
        match self {
            Own::Address(words) | Own::Name(words) => words,
        }
    }

    pub(super) fn is_address(self) -> bool {
        matches!(self, Own::Address(_))
    }

    /// It is written in the same way in every kind of text, and breaks no line.
    pub(super) fn stands_alike(self) -> bool {
        match self {
            Own::Address(address) => {
                address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/-_.~".contains(&byte))
            }
            Own::Name(name) => {
                name.len() <= NAME.len()
                    && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
            }
        }
    }

    pub(super) fn stand_in(self) -> &'static str {
        match self {
            Own::Address(_) => ADDRESS,
            Own::Name(_) => NAME,
        }
    }

    /// A template of the operator's own may write an address in another way; it must never get lost for that.
    pub(super) fn stands_in(self, made: &str) -> bool {
        let rest = match self {
            Own::Address(_) => HOST,
            Own::Name(_) => NAME,
        };
        made.contains(self.stand_in()) && !made.replace(self.stand_in(), "").contains(rest)
    }
}

/// Text around what is a reader's own, one part more than it stands there, and the same encoded.
pub(super) struct Around(Vec<(String, Vec<u8>)>);

impl Around {
    pub(super) fn new(made: &str, stand_in: &str) -> Self {
        Around(made.split(stand_in).map(|part| (part.to_owned(), encoded(part))).collect())
    }

    pub(super) fn with(&self, own: &str, own_encoded: &[u8]) -> (String, Vec<u8>) {
        let (mut text, mut quoted) = (String::new(), Vec::new());
        for (place, (part, part_encoded)) in self.0.iter().enumerate() {
            if place > 0 {
                text.push_str(own);
                // Each was encoded as if it began a line, so it begins one, which its reader does not see.
                quoted.extend_from_slice(b"=\r\n");
                quoted.extend_from_slice(own_encoded);
                quoted.extend_from_slice(b"=\r\n");
            }
            text.push_str(part);
            quoted.extend_from_slice(part_encoded);
        }
        (text, quoted)
    }
}
