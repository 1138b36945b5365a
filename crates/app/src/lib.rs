//! The open application: session, permissions, command catalogue, background sync, TypeScript export.
