//! Writing to the store: every edit is an eventcore command.
