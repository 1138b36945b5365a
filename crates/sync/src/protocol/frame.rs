//! Frames: MessagePack inside zstd, bounded before and after decompression.

use std::io::Read;

use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

/// What a frame may measure. A frame that promises more than it may hold is refused before it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes as sent.
    pub packed: usize,
    /// Bytes once decompressed.
    pub plain: usize,
}

impl Limits {
    /// For a push and a page of a pull.
    pub const BATCH: Self = Self { packed: 8 << 20, plain: 32 << 20 };
    /// For everything else.
    pub const SMALL: Self = Self { packed: 64 << 10, plain: 256 << 10 };
}

/// Level 3: higher ones cost more time than a clinic's line saves.
const LEVEL: i32 = 3;
/// A decompressor never keeps more than 2²³ bytes of window.
const WINDOW_LOG_MAX: u32 = 23;

/// Why a frame is not one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadFrame {
    /// More bytes than allowed, as sent or once decompressed.
    #[error("larger than allowed")]
    TooLarge,
    /// Not zstd, or not whole.
    #[error("not compressed as expected")]
    Compression,
    /// Not what was expected inside.
    #[error("not the expected content: {0}")]
    Content(String),
}

/// Packs.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, BadFrame> {
    let plain = rmp_serde::to_vec_named(value).map_err(|e| BadFrame::Content(e.to_string()))?;
    zstd::bulk::compress(&plain, LEVEL).map_err(|_| BadFrame::Compression)
}

/// Unpacks, within limits. Bytes behind the content are refused.
pub fn decode<T: DeserializeOwned>(packed: &[u8], limits: Limits) -> Result<T, BadFrame> {
    if packed.len() > limits.packed {
        return Err(BadFrame::TooLarge);
    }
    let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(|_| BadFrame::Compression)?;
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|_| BadFrame::Compression)?;
    let most = u64::try_from(limits.plain).unwrap_or(u64::MAX);
    let mut plain = Vec::new();
    decoder.take(most.saturating_add(1)).read_to_end(&mut plain).map_err(|_| BadFrame::Compression)?;
    if plain.len() > limits.plain {
        return Err(BadFrame::TooLarge);
    }
    let mut rest = plain.as_slice();
    let value = rmp_serde::from_read(&mut rest).map_err(|e| BadFrame::Content(e.to_string()))?;
    if rest.is_empty() { Ok(value) } else { Err(BadFrame::Content("bytes behind the content".to_owned())) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use domain::clock::Hlc;
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::protocol::{FeedToken, Outcome, PullRequest, PushRequest, Receipt, Verdict, WireEntry, WirePart};

    fn push() -> PushRequest {
        PushRequest {
            device: uuid::Uuid::from_u128(1).into(),
            generation: uuid::Uuid::from_u128(2).into(),
            entries: vec![WireEntry {
                header: vec![1, 2, 255],
                parts: vec![WirePart { salt: [7; 16], body: vec![200; 40] }],
                chain: [250; 32],
                signature: [251; 64],
                receipt: Some(Receipt { eff: Hlc(9), code: [8; 16] }),
                older: true,
            }],
            again: false,
        }
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let packed = encode(&push()).unwrap();
        assert_eq!(decode::<PushRequest>(&packed, Limits::BATCH).unwrap(), push());
        let outcome = Outcome { seq: 3, verdict: Verdict::Quarantined { reason: "sealed".to_owned() }, receipt: None };
        assert_eq!(decode::<Outcome>(&encode(&outcome).unwrap(), Limits::SMALL).unwrap(), outcome);
    }

    #[test]
    fn bytes_take_one_byte_each() {
        let plain = rmp_serde::to_vec_named(&push()).unwrap();
        assert!(plain.len() < 16 + 16 + 3 + 16 + 40 + 32 + 64 + 48 + 40, "{} bytes", plain.len());
    }

    #[test]
    fn a_bomb_is_refused_after_its_limit_and_not_after_its_size() {
        let bomb = zstd::bulk::compress(&vec![0u8; 64 << 20], 3).unwrap();
        assert!(bomb.len() < Limits::SMALL.packed);
        assert_eq!(decode::<PushRequest>(&bomb, Limits::SMALL), Err(BadFrame::TooLarge));
    }

    #[test]
    fn a_field_of_a_newer_peer_is_skipped_and_one_too_few_is_refused() {
        #[derive(Serialize, Deserialize)]
        struct Newer {
            #[serde(rename = "1")]
            scope: String,
            #[serde(rename = "2")]
            after: FeedToken,
            #[serde(rename = "3")]
            limit: u32,
            #[serde(rename = "9")]
            hint: String,
        }
        let after = FeedToken::after(4);
        let newer = Newer { scope: "full".to_owned(), after, limit: 5, hint: "x".to_owned() };
        let read: PullRequest = decode(&encode(&newer).unwrap(), Limits::SMALL).unwrap();
        assert_eq!(read, PullRequest { scope: "full".to_owned(), after, limit: 5, seen: None });
        assert!(decode::<Newer>(&encode(&read).unwrap(), Limits::SMALL).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(decode::<PushRequest>(&bytes, Limits::SMALL).is_err());
            let framed = zstd::bulk::compress(&bytes, 1).unwrap();
            drop(decode::<PushRequest>(&framed, Limits::SMALL));
        }
    }
}
