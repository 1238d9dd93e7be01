//! Reading an exported record as strictly as `docs/record-format.md` says. Two verifiers that read one line differently
//! would be worse than none, so a key that stands twice, a fraction or a ninth field is a fault.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::record::{Broken, Head, Line, walk};

/// The largest whole number that every JSON reader holds exactly: 2^53 - 1.
const MOST: i64 = 9_007_199_254_740_991;

/// Checks an exported record.
///
/// # Errors
/// The number of the first line that does not hold, and why.
pub fn verify(bytes: &[u8]) -> Result<Head, Broken> {
    let lines: Vec<Result<Line, String>> = bytes.split_inclusive(|byte| *byte == b'\n').map(read).collect();
    let lines: Vec<Result<&Line, &str>> =
        lines.iter().map(|line| line.as_ref().map_err(String::as_str)).collect();
    walk(&lines)
}

fn read(line: &[u8]) -> Result<Line, String> {
    let Some(line) = line.strip_suffix(b"\n") else {
        return Err("the line does not end with a line feed".to_owned());
    };
    // serde_json would also read a list of eight values.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err("the line is no event".to_owned());
    }
    let Strict(value) =
        serde_json::from_slice(line).map_err(|error| format!("the line is no event: {error}"))?;
    serde_json::from_value(value).map_err(|error| format!("the line is no event: {error}"))
}

/// A JSON value of which every object has each of its ASCII keys once, and whose numbers are whole.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Strict)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object, a list, a text, a whole number, true, false or null")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > MOST.unsigned_abs() {
            return Err(E::custom("a number is larger than 2^53 - 1"));
        }
        Ok(Value::Number(Number::from(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::custom("a number is larger than 2^53 - 1")),
        }
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a number has a fraction or an exponent"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(A::Error::custom("a key is not ASCII"));
            }
            let Strict(value) = object.next_value()?;
            if values.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Value::Object(values))
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::append;
    use super::*;

    fn line(content: &str) -> String {
        let content: Map<String, Value> = serde_json::from_str(content).expect("content");
        let at = "2026-01-01T00:00:00Z".parse().expect("a time");
        let event = append(&Head::default(), at, "note", "R1", content);
        serde_json::to_string(&Line::from(&event)).expect("a line")
    }

    const SALT: &str = "00112233445566778899aabbccddeeff";

    fn good() -> String {
        line(&format!(r#"{{"salt":"{SALT}","words":"hello","number":5}}"#))
    }

    #[test]
    fn what_was_exported_holds() {
        assert_eq!(verify(format!("{}\n", good()).as_bytes()).expect("holds").seq, 1);
        assert_eq!(verify(b"").expect("an empty record holds").seq, 0);
    }

    #[test]
    fn what_two_readers_could_read_differently_is_a_fault_at_its_line() {
        let good = good();
        for (what, text) in [
            ("no line feed", good.clone()),
            ("an empty line", format!("\n{good}\n")),
            ("a ninth field", format!("{},\"note\":1}}\n", good.trim_end_matches('}').to_owned() + "}")),
            (
                "a list",
                "[1,\"2026-01-01T00:00:00.000000Z\",\"note\",\"R1\",null,\"a\",\"b\",\"c\"]\n".to_owned(),
            ),
            ("a key twice", format!("{}\n", good.replace("\"words\":", "\"words\":\"other\",\"words\":"))),
            ("a fraction", format!("{}\n", good.replace(":5", ":5.0"))),
            ("an exponent", format!("{}\n", good.replace(":5", ":5e0"))),
            (
                "a large number",
                format!("{}\n", line(&format!(r#"{{"salt":"{SALT}","number":9007199254740992}}"#))),
            ),
            ("a key beyond ASCII", format!("{}\n", line(&format!(r#"{{"salt":"{SALT}","wörter":1}}"#)))),
            ("no content", format!("{}\n", good.replace("\"content\":{", "\"contents\":{"))),
            ("a byte-order mark", format!("\u{feff}{good}\n")),
        ] {
            assert_eq!(verify(text.as_bytes()).expect_err(what).seq, 1, "{what}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_a_fault_at_their_line() {
        let mut bytes = format!("{}\n", good()).into_bytes();
        bytes.extend_from_slice(b"{\"seq\":2,\"kind\":\"\xff\"}\n");
        assert_eq!(verify(&bytes).expect_err("no text").seq, 2);
    }
}
