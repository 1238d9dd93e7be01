//! Return paths by which a report about a message is known to be ours: `LOCAL+ID MAC@DOMAIN`, where ID is the message's
//! and MAC is made with a key of this instance. They say nothing of the person or the project to whoever has no access to
//! the database; of the time no more than the message's date.

/// An id or a MAC: 128 bits.
pub type Bits = [u8; 16];

/// Five bits a letter (RFC 4648), small, because some servers change the case of an address.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Letters that hold 128 bits.
const LENGTH: usize = 26;

/// The longest LOCAL with which the whole stays within the 64 letters of RFC 5321.
pub const LOCAL_MOST: usize = 64 - 1 - 2 * LENGTH;

/// The return path of a message; `address` is that to which all reports come, such as `bounces@example.org`.
pub fn write(address: &str, id: Bits, mac: Bits) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, "localhost"));
    format!("{local}+{}{}@{domain}", letters(id), letters(mac))
}

/// Reads the id and the MAC of a return path, in any case of letters. Whether they belong together is not said.
pub fn read(address: &str) -> Option<(Bits, Bits)> {
    let (local, _) = address.trim().rsplit_once('@')?;
    let (_, both) = local.rsplit_once('+')?;
    let (id, mac) = both.split_at_checked(LENGTH)?;
    Some((bits(id)?, bits(mac)?))
}

fn letters(bits: Bits) -> String {
    let number = u128::from_be_bytes(bits);
    // The last letter holds three bits and two zeros.
    let at = |place: usize| match place {
        25 => number << 2,
        place => number >> (123 - 5 * place),
    };
    (0..LENGTH).map(|place| char::from(LETTERS[(at(place) & 31) as usize])).collect()
}

fn bits(text: &str) -> Option<Bits> {
    if text.len() != LENGTH {
        return None;
    }
    let mut number: u128 = 0;
    for (place, letter) in text.bytes().enumerate() {
        let letter = letter.to_ascii_lowercase();
        let value = LETTERS.iter().position(|known| *known == letter)? as u128;
        match place {
            // One return path for one message: the spare bits are zeros.
            25 if value & 3 != 0 => return None,
            25 => number = number << 3 | value >> 2,
            _ => number = number << 5 | value,
        }
    }
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_in_any_case() {
        for byte in [0_u8, 1, 7, 0x55, 0xaa, 0xfe, 0xff] {
            let (mut id, mac) = ([byte; 16], [!byte; 16]);
            id[0] = id[0].wrapping_add(3);
            let path = write("bounces@example.org", id, mac);
            assert_eq!(read(&path), Some((id, mac)), "{path}");
            assert_eq!(read(&path.to_uppercase()), Some((id, mac)), "{path}");
            let (local, domain) = path.split_once('@').expect("an address");
            assert_eq!((local.len(), domain), ("bounces".len() + 53, "example.org"), "{path}");
        }
        // RFC 4648 without its padding.
        let path = write("b@example.org", *b"foobarfoobarfoob", [0; 16]);
        assert!(path.starts_with("b+mzxw6ytbojtg633cmfzgm33pmiaaaa".replace(' ', "").as_str()), "{path}");
        assert_eq!("a".repeat(LOCAL_MOST).len() + 53, 64);
    }

    #[test]
    fn what_is_no_return_path_is_not_read() {
        let good = write("bounces@example.org", [9; 16], [7; 16]);
        for wrong in [
            "",
            "@",
            "bounces@example.org",
            "bounces+@example.org",
            &good.replace('+', "-"),
            &good.replace('@', "x@"),
            &good.replacen('a', "1", 1).replacen('b', "0", 1).replacen('e', "8", 2),
            &good.replace("bounces+", "bounces+ä"),
            &"a".repeat(1_000_000),
            "bounces+%00@example.org",
        ] {
            assert_eq!(read(wrong).filter(|_| wrong != good), None, "{:.80}", wrong);
        }
        // A spare bit that is set.
        let last = write("b@example.org", [0; 16], [0; 16]).replace("a@", "b@");
        assert_eq!(read(&last), None);
    }
}
