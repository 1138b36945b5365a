//! PDFs: pure data to bytes.
