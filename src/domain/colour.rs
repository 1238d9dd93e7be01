//! Colours of pages: how they are written, and whether two of them can be told apart by people who see less.

/// The least contrast of text on its background, after WCAG 2.2, success criterion 1.4.3.
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour of the screen (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    /// Reads exactly `#rrggbb`, in small or capital letters: what is stored can stand in a stylesheet as it is.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        // `from_str_radix` would take a sign, too.
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// Relative luminance, from 0 for black to 1 for white, as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast ratio of two colours, from 1 to 21, whichever of them is the text.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// A contrast as people write it, such as `4.49:1`. Cut off and not rounded, so that what is too little never reads as
/// enough.
pub fn ratio(contrast: f64) -> String {
    format!("{:.2}:1", (contrast * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect(text)
    }

    #[test]
    fn a_colour_is_a_hash_and_six_digits_and_nothing_else() {
        assert_eq!(colour("#0B4f5C").to_string(), "#0b4f5c");
        for text in [
            "", "#", "#fff", "0b4f5c", "#0b4f5", "#0b4f5c0", "#0b4f5g", "#+b4f5c", " #0b4f5c", "#é4f5", "red",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrasts_are_those_that_are_known() {
        let contrast = |one, two| ratio(colour(one).contrast(colour(two)));
        assert_eq!(contrast("#000000", "#ffffff"), "21.00:1");
        assert_eq!(contrast("#ffffff", "#ffffff"), "1.00:1");
        // The darkest grey on white that is not enough, and its neighbour that is.
        assert_eq!(contrast("#777777", "#ffffff"), "4.47:1");
        assert_eq!(contrast("#767676", "#ffffff"), "4.54:1");
        assert_eq!(ratio(4.4999), "4.49:1");
    }

    prop_compose! {
        fn any_colour()(red: u8, green: u8, blue: u8) -> Colour { Colour { red, green, blue } }
    }

    proptest! {
        #[test]
        fn contrast_is_the_same_both_ways_and_between_1_and_21(one in any_colour(), two in any_colour()) {
            let contrast = one.contrast(two);
            prop_assert!((contrast - two.contrast(one)).abs() < f64::EPSILON);
            prop_assert!((1.0..=21.0 + 1e-9).contains(&contrast), "{}", contrast);
            prop_assert_eq!(Colour::parse(&one.to_string()), Some(one));
        }
    }
}
