//! What is done to Praxis here is done on purpose; each test is a folder of its own.
