//! How replicas agree: protocol, merge rules and the engine as a pure state machine.
