//! The order in which people expect refs.

/// For an order in which R10 comes after R9.
pub fn natural(reference: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut in_number = false;
    for letter in reference.chars() {
        if in_number && !letter.is_ascii_digit() {
            parts.push((String::new(), 0));
        }
        in_number = letter.is_ascii_digit();
        if let Some((words, number)) = parts.last_mut() {
            match letter.to_digit(10) {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => words.extend(letter.to_lowercase()),
            }
        }
    }
    parts
}
