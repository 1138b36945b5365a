//! The recovery code: twelve words on paper that open the folder when every password is forgotten.
//!
//! Twelve [spoken words](crate::spoken) carry 128 random bits and a 16-bit checksum, so a slip of the pen is told
//! apart from a code of another folder without any key derivation.

use std::fmt;

use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    entropy::{Entropy, draw},
    spoken::{self, BITS},
};

const WORDS: usize = 12;

/// 128 random bits as a person writes them down. Wiped when dropped, never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

/// Why what was typed is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RecoveryError {
    /// Not twelve words.
    #[error("{found} words instead of 12")]
    WordCount {
        /// How many were typed.
        found: usize,
    },
    /// The word at this place (from 1) cannot be part of any code.
    #[error("word {place} is not a recovery word")]
    UnknownWord {
        /// Its place, counted from 1.
        place: usize,
    },
    /// Twelve possible words that do not belong together: one was misread or two were swapped.
    #[error("the words do not belong together")]
    Checksum,
}

impl RecoveryCode {
    /// A fresh code.
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        Self(draw(entropy))
    }

    /// The twelve words, in order.
    pub fn words(&self) -> Vec<String> {
        let bits = self.with_checksum();
        (0..WORDS).map(|place| spoken::word(group(&bits, place))).collect()
    }

    /// Reads the words back. Case, accents, and whatever stands between the words are ignored, and letters that
    /// sound alike (`c`/`q` for `k`, `u` for `o`, `y` for `i`, `w` for `v`) are taken for the one that is meant.
    pub fn parse(text: &str) -> Result<Self, RecoveryError> {
        let values = Zeroizing::new(spoken::heard(text));
        if values.len() != WORDS {
            return Err(RecoveryError::WordCount { found: values.len() });
        }
        let mut bits = Zeroizing::new([0_u8; 18]);
        for (place, value) in values.iter().enumerate() {
            let value = value.ok_or(RecoveryError::UnknownWord { place: place + 1 })?;
            put_group(&mut bits, place, value);
        }
        let mut code = Self([0; 16]);
        code.0.iter_mut().zip(bits.iter()).for_each(|(to, from)| *to = *from);
        if *code.with_checksum() == *bits { Ok(code) } else { Err(RecoveryError::Checksum) }
    }

    /// The random bits, for the key derivation.
    pub(crate) fn expose(&self) -> &[u8; 16] {
        &self.0
    }

    fn with_checksum(&self) -> Zeroizing<[u8; 18]> {
        let sum = blake3::derive_key("praxis recovery code checksum v1", &self.0);
        let mut bits = Zeroizing::new([0; 18]);
        bits.iter_mut().zip(self.0.iter().chain(&sum)).for_each(|(to, from)| *to = *from);
        bits
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(hidden)")
    }
}

/// The 12 bits at `place` of a bit string read from the left.
fn group(bits: &[u8; 18], place: usize) -> u16 {
    (place * BITS..(place + 1) * BITS).fold(0, |value, bit| {
        let byte = bits.get(bit / 8).copied().unwrap_or(0);
        value << 1 | u16::from(byte >> (7 - bit % 8) & 1)
    })
}

fn put_group(bits: &mut [u8; 18], place: usize, value: u16) {
    for bit in 0..BITS {
        let set = value >> (BITS - 1 - bit) & 1 == 1;
        let at = place * BITS + bit;
        if let (true, Some(byte)) = (set, bits.get_mut(at / 8)) {
            *byte |= 1 << (7 - at % 8);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_code_survives_paper(bytes: [u8; 16]) {
            let code = RecoveryCode(bytes);
            prop_assert_eq!(RecoveryCode::parse(&code.words().join(" ")).unwrap(), code);
        }
    }

    #[test]
    fn one_wrong_word_is_noticed_but_for_one_in_65_536() {
        let words = RecoveryCode(*b"praxis recovery!").words();
        let mut unnoticed = 0;
        for place in 0..WORDS {
            for other in (0..4096).map(spoken::word).filter(|other| *other != words[place]) {
                let mut typed = words.clone();
                typed[place] = other;
                match RecoveryCode::parse(&typed.join(" ")) {
                    Err(error) => assert_eq!(error, RecoveryError::Checksum),
                    Ok(_) => unnoticed += 1,
                }
            }
        }
        assert!(unnoticed <= 4, "{unnoticed} of 49,140 slips pass the checksum; 0.75 are to be expected");
    }

    #[test]
    fn how_it_is_written_does_not_matter() {
        let code = RecoveryCode(*b"praxis recovery!");
        let words = code.words();
        let numbered: Vec<String> =
            words.iter().enumerate().map(|(n, w)| format!("{}. {}", n + 1, w.to_uppercase())).collect();
        let heard = words.join("-").replace('k', "c").replace('o', "ú").replace('a', "ã").replace('i', "y");

        assert_eq!(RecoveryCode::parse(&numbered.join("\n")).unwrap(), code);
        assert_eq!(RecoveryCode::parse(&heard).unwrap(), code);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let words = RecoveryCode([9; 16]).words();
        let mut strange = words.clone();
        strange[4] = "hotel".to_owned();

        assert_eq!(RecoveryCode::parse(&words[..11].join(" ")), Err(RecoveryError::WordCount { found: 11 }));
        assert_eq!(RecoveryCode::parse(&strange.join(" ")), Err(RecoveryError::UnknownWord { place: 5 }));
    }
}
