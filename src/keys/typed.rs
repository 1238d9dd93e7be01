//! Codes to be typed from paper: the id of a link turned by one block of AES under a key of the instance, written in letters
//! that look and sound unlike each other.

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes256, Block};

/// No vowels, so that no words come about, and nothing that is taken for something else here: 24 letters, of which 28 hold
/// 128 bits.
const LETTERS: &[u8; 24] = b"23456789CDFHJKMNPRTVWXYZ";
const LENGTH: usize = 28;
const GROUP: usize = 4;

pub fn turned(key: &[u8; 32], id: [u8; 16]) -> [u8; 16] {
    let mut block = Block::from(id);
    Aes256::new(key.into()).encrypt_block(&mut block);
    block.into()
}

pub fn turned_back(key: &[u8; 32], code: [u8; 16]) -> [u8; 16] {
    let mut block = Block::from(code);
    Aes256::new(key.into()).decrypt_block(&mut block);
    block.into()
}

/// The groups stand apart by blanks at which no line breaks.
pub fn grouped(code: [u8; 16]) -> String {
    let mut rest = u128::from_be_bytes(code);
    let mut letters = [0_u8; LENGTH];
    for letter in letters.iter_mut().rev() {
        let place = usize::try_from(rest % 24).expect("less than 24");
        *letter = LETTERS[place];
        rest /= 24;
    }
    let groups = letters.chunks(GROUP).map(|group| group.iter().map(|letter| char::from(*letter)).collect());
    groups.collect::<Vec<String>>().join("\u{a0}")
}

/// As people type it: small letters, blanks, hyphens, and what looks like one of the letters.
pub fn read(typed: &str) -> Option<[u8; 16]> {
    if typed.len() > 400 {
        return None;
    }
    let mut code: u128 = 0;
    let mut length = 0;
    for letter in typed.chars().filter(|letter| letter.is_alphanumeric()) {
        let letter = match letter.to_ascii_uppercase() {
            'O' | '0' | 'Q' => 'D',
            'B' => '8',
            'S' => '5',
            'G' => '6',
            'I' | 'L' | '1' => 'J',
            'U' => 'V',
            'E' => '3',
            'A' => '4',
            letter => letter,
        };
        let place = LETTERS.iter().position(|known| char::from(*known) == letter)?;
        code = code.checked_mul(24)?.checked_add(u128::try_from(place).ok()?)?;
        length += 1;
    }
    (length == LENGTH).then(|| code.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_it_was_written_however_it_is_typed(id: [u8; 16], key: [u8; 32]) {
            let written = grouped(turned(&key, id));
            prop_assert_eq!(written.split('\u{a0}').map(str::len).collect::<Vec<_>>(), vec![4; 7]);
            for typed in [written.clone(), written.replace('\u{a0}', "-"), written.replace('\u{a0}', "").to_lowercase()] {
                prop_assert_eq!(read(&typed).map(|code| turned_back(&key, code)), Some(id));
            }
            prop_assert_ne!(turned(&key, id), id);
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        let highest = grouped([255; 16]);
        assert_eq!(read(&highest), Some([255; 16]));
        for typed in [
            "",
            "2222",
            &"Z".repeat(28),
            &"2".repeat(27),
            &"2".repeat(29),
            &"é".repeat(28),
            &"2".repeat(100_000),
        ] {
            assert_eq!(read(typed), None, "{}", typed.len());
        }
    }
}
