//! Randomness as an argument, so that a test can repeat itself and a caller decides where it comes from.

/// A source of unpredictable bytes: the operating system's in the product, a seed in a test.
///
/// Any `FnMut(&mut [u8])` is one.
pub trait Entropy {
    /// Fills the whole of `bytes`. A source that cannot must not return.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<F: FnMut(&mut [u8])> Entropy for F {
    fn fill(&mut self, bytes: &mut [u8]) {
        self(bytes);
    }
}

/// `N` fresh bytes.
pub(crate) fn draw<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}
