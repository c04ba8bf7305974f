//! Identities: 16 bytes, written as hyphenated UUID text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::hex;

/// The text is not a hyphenated UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a UUID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! ids {
    ($( $(#[$doc:meta])* $id:ident )*) => {$(
        $(#[$doc])*
        ///
        /// Written as 36 characters: lower-case hex digits with hyphens. The order
        /// is that of the bytes, which is that of the text.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id([u8; 16]);

        impl $id {
            /// From its 16 bytes, big-endian as in the text.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Its 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl FromStr for $id {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self)
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(&self.0, f)
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(&self.0, f)
            }
        }

        impl Serialize for $id {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $id {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(IdVisitor).map(Self)
            }
        }
    )*};
}

ids! {
    /// Identity of a transaction, and the stem of the name of its file.
    TransactionId
    /// Identity of the working copy that wrote a transaction.
    ReplicaId
    /// Identity of an event.
    EventId
}

struct IdVisitor;

impl de::Visitor<'_> for IdVisitor {
    type Value = [u8; 16];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a UUID")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<[u8; 16], E> {
        read(text).map_err(E::custom)
    }
}

fn read(text: &str) -> Result<[u8; 16], NotAnId> {
    let text: &[u8; 36] = text.as_bytes().try_into().map_err(|_| NotAnId)?;
    let mut id = [0u8; 16];
    let mut rest = text.as_slice();
    for (place, byte) in id.iter_mut().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            rest = rest.strip_prefix(b"-").ok_or(NotAnId)?;
        }
        let ([high, low], behind) = rest.split_first_chunk().ok_or(NotAnId)?;
        *byte = hex::byte(*high, *low).ok_or(NotAnId)?;
        rest = behind;
    }
    Ok(id)
}

fn write(id: &[u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, byte) in id.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            f.write_str("-")?;
        }
        write!(f, "{byte:02x}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_back() {
        let text = "01a20792-792e-740f-a332-e2d86be8b3e0";
        let id: TransactionId = text.parse().expect("an id");
        assert_eq!(id.to_string(), text);
        assert_eq!(text.to_uppercase().parse(), Ok(id));
    }

    #[test]
    fn other_text_is_no_id() {
        for text in [
            "",
            "01a20792",
            "01a20792792e740fa332e2d86be8b3e0",
            "01a20792-792e-740f-a332-e2d86be8b3e",
            "01a20792-792e-740f-a332-e2d86be8b3e00",
            "01a20792-792e-740f-a332-e2d86be8b3eg",
            "01a20792+792e-740f-a332-e2d86be8b3e0",
            "é1a20792-792e-740f-a332-e2d86be8b3e",
        ] {
            assert_eq!(text.parse::<TransactionId>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_text() {
        let low: ReplicaId = "01a20792-792e-740f-a332-e2d86be8b3e0"
            .parse()
            .expect("an id");
        let high: ReplicaId = "01a20792-792f-040f-a332-e2d86be8b3e0"
            .parse()
            .expect("an id");
        assert!(low < high && low.to_string() < high.to_string());
    }
}
