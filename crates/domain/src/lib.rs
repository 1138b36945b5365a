//! What is true without a database: ids, clocks, money, dates, identity numbers, permissions, the registry of record kinds, state machines, the canonical journal.
