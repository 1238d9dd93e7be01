//! XML as it comes in: one event at a time, whatever the whole adds up to. A document type or an entity of its own ends
//! the reading; depth and the length of a single event have limits.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::{DAMAGED, why};

const MAX_DEPTH: usize = 100;
/// Bytes of one tag or one piece of text.
const MAX_EVENT: usize = 12 * 1024 * 1024;

/// Bytes of a name.
const MAX_NAME: usize = 1_000;

pub const TOO_LONG: &str = "a single text in it is longer than 12 MiB";
const ENTITIES: &str = "its XML defines or uses entities of its own";

/// What is made of a part, event by event. Names come without their prefix.
pub trait Listener {
    /// # Errors
    /// Says why the file is refused.
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String>;
    /// # Errors
    /// Says why the file is refused.
    fn close(&mut self, name: &[u8]) -> Result<(), String>;
    /// # Errors
    /// Says why the file is refused.
    fn text(&mut self, _text: &str) -> Result<(), String> {
        Ok(())
    }
    /// Nothing more is wanted.
    fn is_done(&self) -> bool {
        false
    }
}

pub struct Tag<'e>(&'e BytesStart<'e>);

impl Tag<'_> {
    pub fn name(&self) -> &[u8] {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        // Without the check for doubles, which takes the square of the number of attributes.
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten();
        let mut named = found.filter(|attribute| attribute.key.local_name().as_ref() == name.as_bytes());
        named.next()?.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The same where a name or a place stands: thousands of them are kept, so none is kept longer than any program writes it.
    pub fn name_in(&self, name: &str) -> Option<String> {
        let mut text = self.get(name)?;
        text.truncate(text.floor_char_boundary(MAX_NAME));
        text.shrink_to_fit();
        Some(text)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|found| found == value)
    }

    /// A number that counts something: 1 where there is none.
    pub fn count(&self, name: &str) -> u32 {
        self.get(name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
    }
}

/// Reads a part to its end, or until the listener has enough.
///
/// # Errors
/// Says why the file is refused.
pub fn listen(part: impl BufRead, listener: &mut impl Listener) -> Result<(), String> {
    let mut reader = Reader::from_reader(Gate { inner: part, used: 0 });
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    while !listener.is_done() {
        buffer.clear();
        reader.get_mut().used = 0;
        let event = reader.read_event_into(&mut buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => why(&error),
            _ => DAMAGED.to_owned(),
        })?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!("its XML is nested deeper than {MAX_DEPTH}"));
                }
                listener.open(&Tag(&start))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                listener.close(end.local_name().as_ref())?;
            }
            Event::Text(text) => listener.text(&text.xml10_content().map_err(|_| DAMAGED)?)?,
            Event::CData(text) => listener.text(&text.xml10_content().map_err(|_| DAMAGED)?)?,
            Event::GeneralRef(entity) => {
                let name = entity.decode().map_err(|_| DAMAGED)?;
                match entity.resolve_char_ref().map_err(|_| DAMAGED)? {
                    Some(c) => listener.text(c.encode_utf8(&mut [0; 4]))?,
                    None => {
                        let known = quick_xml::escape::resolve_predefined_entity(&name);
                        listener.text(known.ok_or(ENTITIES)?)?;
                    }
                }
            }
            Event::DocType(_) => return Err(ENTITIES.to_owned()),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
            Event::Eof if depth > 0 => return Err(DAMAGED.to_owned()),
            Event::Eof => return Ok(()),
        }
    }
    Ok(())
}

/// Ends an event that does not end by itself, before it fills the memory.
struct Gate<R> {
    inner: R,
    used: usize,
}

impl<R: BufRead> Read for Gate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: BufRead> BufRead for Gate<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used > MAX_EVENT {
            return Err(io::Error::other(TOO_LONG));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.used += amount;
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(String);

    impl Listener for Heard {
        fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
            self.0.push_str(&format!("<{}>", String::from_utf8_lossy(tag.name())));
            self.0.push_str(&tag.get("a").unwrap_or_default());
            Ok(())
        }
        fn close(&mut self, _: &[u8]) -> Result<(), String> {
            self.0.push('/');
            Ok(())
        }
        fn text(&mut self, text: &str) -> Result<(), String> {
            self.0.push_str(text);
            Ok(())
        }
    }

    fn heard(xml: &str) -> Result<String, String> {
        let mut heard = Heard::default();
        listen(io::BufReader::new(xml.as_bytes()), &mut heard).map(|()| heard.0)
    }

    #[test]
    fn names_lose_their_prefix_and_the_five_entities_and_numbers_are_letters() {
        let xml = "<x:r x:a='1&amp;2'><!-- no --><![CDATA[<b>]]>&lt;&#65;&#x42;</x:r><e/>";
        assert_eq!(heard(xml).as_deref(), Ok("<r>1&2<b><AB/<e>/"));
    }

    #[test]
    fn document_types_entities_depth_and_endless_texts_are_refused() {
        let deep = "<a>".repeat(200);
        let endless = format!("<a b='{}'/>", "x".repeat(MAX_EVENT * 2));
        for (xml, says) in [
            ("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", "entities"),
            ("<r>&x;</r>", "entities"),
            (deep.as_str(), "nested"),
            (endless.as_str(), "12 MiB"),
            ("<r><a></r>", "damaged"),
            ("<r>", "damaged"),
            ("<r>&#0;</r>", "damaged"),
        ] {
            assert!(heard(xml).unwrap_err().contains(says), "{says}");
        }
    }
}
