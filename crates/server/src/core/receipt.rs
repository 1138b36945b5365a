//! What lets a server that was put back to an earlier copy recognise itself.
//!
//! Two things outlive the server's disk because desks keep them: the hash of its log at their cursor, by which it
//! notices that it was put back, and a receipt for each entry it accepted, by which it takes them in again as it
//! did the first time.

use domain::{
    canonical::{Hash, Header},
    clock::Hlc,
};
use sync::protocol::{Receipt, ReceiptCode};

/// The key of a server's receipts. Belongs to its data, not to a life of it.
#[derive(Clone)]
pub struct ReceiptKey(pub [u8; 32]);

impl ReceiptKey {
    /// The code over an accepted entry: whose it is, where its chain stands, when it counts.
    pub fn code(&self, header: &Header, chain: &Hash, eff: Hlc) -> ReceiptCode {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(header.org.0.as_bytes());
        hasher.update(header.device.0.as_bytes());
        hasher.update(header.generation.0.as_bytes());
        hasher.update(&header.seq.to_be_bytes());
        hasher.update(chain);
        hasher.update(&eff.0.to_be_bytes());
        let mut code = ReceiptCode::default();
        hasher.finalize_xof().fill(&mut code);
        code
    }

    /// When the entry counted the first time, where the receipt is this server's.
    pub fn read(&self, header: &Header, chain: &Hash, receipt: &Receipt) -> Option<Hlc> {
        // blake3's hash compares in constant time; an array does not.
        let widened = |code: &ReceiptCode| blake3::hash(code);
        (widened(&self.code(header, chain, receipt.eff)) == widened(&receipt.code)).then_some(receipt.eff)
    }
}

impl std::fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptKey")
    }
}

/// The hash of the organization's log after one more accepted entry. Before the first it is zero.
pub fn log_after(before: &Hash, chain: &Hash) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key("praxis server log v1");
    hasher.update(before);
    hasher.update(chain);
    *hasher.finalize().as_bytes()
}
