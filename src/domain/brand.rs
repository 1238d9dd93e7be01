//! What a project may put above its pages: a name, and a logo with its description.

use imagesize::ImageType;

use super::words::{LogoKind, has_words};

/// Characters of a name.
pub const MAX_NAME: usize = 120;

/// Characters of the description of a logo.
pub const MAX_DESCRIPTION: usize = 300;

/// Bytes of a logo.
pub const MAX_LOGO: usize = 64 * 1024;

/// Pixels of a logo, each way.
pub const MAX_SIDE: usize = 1024;

/// One line of words, trimmed.
///
/// # Errors
/// Says what is expected.
pub fn line(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim();
    if !has_words(text) {
        return Err("expected words that can be read".to_owned());
    }
    if text.chars().count() > most {
        return Err(format!("expected at most {most} characters"));
    }
    match text.chars().find(|c| c.is_control() || breaks_or_turns(*c)) {
        Some(c) => Err(format!(
            "expected one line without control characters and without characters that turn the direction of text; \
             it holds U+{:04X}",
            u32::from(c)
        )),
        None => Ok(text.to_owned()),
    }
}

/// Line and paragraph separators; embedding, override and isolate, which make a text look like another.
fn breaks_or_turns(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What an image is, as its own first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub kind: LogoKind,
    pub width: i32,
    pub height: i32,
}

/// Looks at the bytes of a logo, whatever its file is called. SVG is never taken: it can hold programs.
///
/// # Errors
/// Says what is expected.
pub fn measure(bytes: &[u8]) -> Result<Measured, String> {
    if bytes.len() > MAX_LOGO {
        return Err(format!("expected at most {} KiB", MAX_LOGO / 1024));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => LogoKind::Png,
        Ok(ImageType::Jpeg) => LogoKind::Jpeg,
        Ok(ImageType::Webp) => LogoKind::Webp,
        _ => return Err("expected an image in PNG, JPEG or WebP".to_owned()),
    };
    let Ok(size) = imagesize::blob_size(bytes) else {
        return Err("the image is damaged: it does not say how large it is".to_owned());
    };
    let side = |pixels: usize| i32::try_from(pixels).ok().filter(|_| (1..=MAX_SIDE).contains(&pixels));
    match (side(size.width), side(size.height)) {
        (Some(width), Some(height)) => Ok(Measured { kind, width, height }),
        _ => Err(format!(
            "expected 1 to {MAX_SIDE} pixels each way; the image has {} x {}",
            size.width, size.height
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of a PNG of this size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0]);
        bytes
    }

    #[test]
    fn a_name_is_one_line_of_words() {
        assert_eq!(line("  The Wennbridge table ", 120).as_deref(), Ok("The Wennbridge table"));
        assert_eq!(line("رصيف النهر", 120).as_deref(), Ok("رصيف النهر"));
        for text in ["", " ", "...", "\u{3164}", "a\nb", "a\0b", "a\u{2028}b", "\u{202e}elbat", "a\u{2066}b"]
        {
            assert!(line(text, 120).is_err(), "{text:?}");
        }
        assert!(line(&"é".repeat(120), 120).is_ok() && line(&"a".repeat(121), 120).is_err());
    }

    #[test]
    fn an_image_is_what_its_bytes_say_and_no_larger_than_its_place() {
        let measured = measure(&png(120, 60)).expect("a logo");
        assert_eq!(measured, Measured { kind: LogoKind::Png, width: 120, height: 60 });
        assert!(measure(&png(1024, 1024)).is_ok());
        for (bytes, says) in [
            (png(1025, 10), "1025 x 10"),
            (png(0, 10), "0 x 10"),
            (png(u32::MAX, 1), "pixels"),
            (png(9, 9)[..18].to_vec(), "damaged"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "PNG, JPEG or WebP"),
            (b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), "PNG, JPEG or WebP"),
            (Vec::new(), "PNG, JPEG or WebP"),
            ([png(9, 9), vec![0; MAX_LOGO]].concat(), "64 KiB"),
        ] {
            let why = measure(&bytes).expect_err(says);
            assert!(why.contains(says), "{why}");
        }
    }

    #[test]
    fn jpeg_and_webp_are_known_by_their_bytes() {
        let mut jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        jpeg.extend(b"\xff\xc0\0\x11\x08\0\x3c\0\x78\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9");
        let measured = measure(&jpeg).expect("a JPEG");
        assert_eq!(measured, Measured { kind: LogoKind::Jpeg, width: 120, height: 60 });
        let mut webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend(b"\x77\0\0\x3b\0\0");
        let measured = measure(&webp).expect("a WebP");
        assert_eq!(measured, Measured { kind: LogoKind::Webp, width: 120, height: 60 });
    }
}
