use domain::{id::Uuid, time::Timestamp};

/// Where random bytes come from. The application gives the operating system's; a test gives a seeded one, and the
/// same seed makes the same folder.
pub trait Entropy: Send {
    /// Fills the buffer with random bytes.
    fn fill(&mut self, bytes: &mut [u8]);

    /// A new id (UUIDv7) of something made at `at`.
    fn id(&mut self, at: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

impl<F: FnMut(&mut [u8]) + Send> Entropy for F {
    fn fill(&mut self, bytes: &mut [u8]) {
        self(bytes);
    }
}
