//! Byte strings as MessagePack `bin`. Serde's derive would write a byte per array element, and two for most.

/// `Vec<u8>`.
pub(super) mod plain {
    use serde::{Deserializer, Serializer, de::Error};

    pub(in crate::protocol) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(in crate::protocol) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_byte_buf(Visitor)
    }

    struct Visitor;

    impl serde::de::Visitor<'_> for Visitor {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }

        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
    }
}

/// `Option<[u8; N]>`.
pub(super) mod maybe {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Fixed<const N: usize>(#[serde(with = "super::fixed")] [u8; N]);

    #[allow(clippy::ref_option, reason = "serde's `with` gives a reference to the field")]
    pub(in crate::protocol) fn serialize<const N: usize, S: Serializer>(
        bytes: &Option<[u8; N]>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        bytes.map(Fixed).serialize(serializer)
    }

    pub(in crate::protocol) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<[u8; N]>, D::Error> {
        Ok(Option::<Fixed<N>>::deserialize(deserializer)?.map(|Fixed(bytes)| bytes))
    }
}

/// `[u8; N]`; any other length is refused.
pub(super) mod fixed {
    use serde::{Deserializer, Serializer, de::Error};

    pub(in crate::protocol) fn serialize<const N: usize, S: Serializer>(
        bytes: &[u8; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(in crate::protocol) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        let bytes = super::plain::deserialize(deserializer)?;
        let length = bytes.len();
        bytes.try_into().map_err(|_| D::Error::invalid_length(length, &"exactly the bytes of a hash or signature"))
    }
}
