//! A desk's data folder on a vault: migrations, the three doors, capture, the journal, shadows, blobs. Knows no clinic word.
