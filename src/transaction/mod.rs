//! One immutable file of the committed store: header, events, integrity.
