//! Bits that a person reads out, writes down and types.
//!
//! A word carries twelve bits. Words are made by rule, not taken from a list: a consonant, a vowel, a consonant, a
//! vowel, then `l` or `n` (`bafel`, `tomin`), so they can be read out in Portuguese, Spanish and English alike, and
//! mean nothing rude in any of them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

/// What a word carries.
pub const BITS: usize = 12;
const FIRST: &[u8; 16] = b"bdfgjklmnprstvxz";
const SECOND: &[u8; 8] = b"dfkmrstv";
const VOWELS: &[u8; 4] = b"aeio";
const ENDS: &[u8; 2] = b"ln";

/// Reads words back, in order; `None` where one cannot be such a word. Case, accents, and whatever stands between
/// the words are ignored, and letters that sound alike (`c`/`q` for `k`, `u` for `o`, `y` for `i`, `w` for `v`) are
/// taken for the one that is meant.
pub fn heard(text: &str) -> Vec<Option<u16>> {
    Zeroizing::new(fold(text)).split_whitespace().map(value).collect()
}

/// The word for a value; only its lowest twelve bits count.
pub fn word(value: u16) -> String {
    let letter = |set: &[u8], shift: u16| {
        let index = usize::from(value >> shift) % set.len();
        char::from(set.get(index).copied().unwrap_or(b'?'))
    };
    [letter(FIRST, 8), letter(VOWELS, 6), letter(SECOND, 3), letter(VOWELS, 1), letter(ENDS, 0)].iter().collect()
}

/// The value of a folded word.
fn value(word: &str) -> Option<u16> {
    let letters: [u8; 5] = word.as_bytes().try_into().ok()?;
    let sets: [(&[u8], u16); 5] = [(FIRST, 8), (VOWELS, 6), (SECOND, 3), (VOWELS, 1), (ENDS, 0)];
    letters.iter().zip(sets).try_fold(0, |value, (letter, (set, shift))| {
        let index = set.iter().position(|candidate| candidate == letter)?;
        Some(value | u16::try_from(index).ok()? << shift)
    })
}

/// Lower case, no accents, look-alikes folded, everything that is no letter turned into a space.
fn fold(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'c' | 'q' => 'k',
            'u' => 'o',
            'y' => 'i',
            'w' => 'v',
            letter if letter.is_alphabetic() => letter,
            _ => ' ',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_distinct_and_twelve_bits_each() {
        let all: std::collections::BTreeSet<String> = (0..4096).map(word).collect();
        assert_eq!(all.len(), 4096);
        assert!((0..4096).all(|n| value(&word(n)) == Some(n)));
        assert_eq!(word(0), "badal");
        assert_eq!(word(4095), "zovon");
    }
}
