//! An independent reader of chains, seals and digests. Shares no code with what writes them.
