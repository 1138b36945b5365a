//! Numbers that tell people, companies and animals apart, parsed once at the edge and trusted from then on.
//!
//! What a country can check is checked: length, alphabet, check digits. A wrong check digit is refused with the
//! ones that would fit, so that the desk can say "for this root it ends in 95". Whether a number is already on
//! file is not known here, nor is it ever a constraint: two desks may register the same person.

mod brazil;
mod identifier;
mod paraguay;
mod phone;
mod refusal;
mod spain;

pub use brazil::{Cnpj, Cns, Cpf};
pub use identifier::{Identifier, IdentifierType};
pub use paraguay::Ruc;
pub use phone::{Phone, PhoneRefusal};
pub use refusal::IdentityRefusal;
pub use spain::SpanishId;

/// The letters and digits of what was typed, upper case; dots, dashes, slashes and spaces are decoration.
/// `None` when anything else stands in it.
fn compact(text: &str) -> Option<String> {
    text.chars()
        .filter(|c| !matches!(c, '.' | '-' | '/' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2013}'))
        .map(|c| c.is_ascii_alphanumeric().then_some(c.to_ascii_uppercase()))
        .collect()
}

/// [`compact`], refusing what is not digits only or is empty.
fn compact_digits(text: &str) -> Result<String, IdentityRefusal> {
    let value = compact(text).ok_or(IdentityRefusal::Alphabet)?;
    if value.is_empty() {
        return Err(IdentityRefusal::Empty);
    }
    if value.bytes().all(|b| b.is_ascii_digit()) { Ok(value) } else { Err(IdentityRefusal::Alphabet) }
}

/// Σ character value × weight, a character's value being its ASCII code less 48 (so `A` is 17).
fn weighted(text: &str, weights: impl IntoIterator<Item = u32>) -> u32 {
    text.bytes().map(|b| u32::from(b.saturating_sub(b'0'))).zip(weights).map(|(value, weight)| value * weight).sum()
}

fn all_equal(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_none_or(|first| bytes.all(|b| b == first))
}

/// Compares the end of a number with what it should be.
fn ends_in(value: &str, expected: &str) -> Result<(), IdentityRefusal> {
    if value.ends_with(expected) { Ok(()) } else { Err(IdentityRefusal::CheckDigits { expected: expected.to_owned() }) }
}

/// A number kept in its canonical text, made only by its `parse`.
macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The canonical text: upper case, no decoration. What is stored, compared and searched.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Consumes the number for its canonical text.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::identity::IdentityRefusal;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    };
}
use number;
