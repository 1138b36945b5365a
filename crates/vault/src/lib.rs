//! An encrypted SQLite file: keys, key slots, opening and its errors, pragmas, versions.
