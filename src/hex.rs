//! Hex digits, as identities and digests are written; their case does not matter.

/// What each byte stands for as a digit, or [`NONE`]. The digits of an identity come at
/// random: with a branch for each kind of digit every other one would be guessed wrong.
const VALUES: [u8; 256] = values();

/// Of a byte that is no digit.
const NONE: u8 = u8::MAX;

const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut digit = 0u8;
    while digit < 16 {
        let lower = b"0123456789abcdef"[digit as usize];
        values[lower as usize] = digit;
        values[lower.to_ascii_uppercase() as usize] = digit;
        digit += 1;
    }
    values
}

/// The byte that two digits stand for, or `None` where one of them is none.
pub fn byte(high: u8, low: u8) -> Option<u8> {
    // The table has a value for every byte.
    let (high, low) = (VALUES[usize::from(high)], VALUES[usize::from(low)]);
    (high != NONE && low != NONE).then_some(high << 4 | low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_the_byte_that_the_standard_library_reads() {
        for high in 0..=u8::MAX {
            for low in 0..=u8::MAX {
                let digits = [high, low];
                let expected = std::str::from_utf8(&digits)
                    .ok()
                    // It takes a sign as well.
                    .filter(|text| !text.starts_with('+'))
                    .and_then(|text| u8::from_str_radix(text, 16).ok());
                assert_eq!(byte(high, low), expected, "{digits:?}");
            }
        }
    }
}
