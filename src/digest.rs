//! Content digests: SHA-256, which the transaction files need anyway, length-prefixed
//! and domain-separated.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use crate::hex;

/// A SHA-256 digest of 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes, unframed: what `sha256sum` prints for a file.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The bytes of the digest.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A digest from its 32 bytes, as a cache stores it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// 64 lower-case hex digits.
    pub fn hex(&self) -> String {
        use fmt::Write as _;
        self.0
            .iter()
            .fold(String::with_capacity(64), |mut text, byte| {
                // Writing into a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }

    /// A digest from 64 hex digits, or `None`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
        let mut bytes = [0u8; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(digits.as_chunks().0) {
            *byte = hex::byte(*high, *low)?;
        }
        Some(Self(bytes))
    }
}

/// As its bytes in one piece: one by one they take several times as long.
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl de::Visitor<'_> for Bytes {
            type Value = Digest;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the 32 bytes of a digest")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Digest, E> {
                let bytes = bytes.try_into();
                bytes
                    .map(Digest)
                    .map_err(|_| E::custom("a digest of another length"))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.hex())
    }
}

/// The digest of a text by its first line and the digest of the rest, where the first
/// line says the latter: who has checked what it says need not read the rest again.
/// `rest` is that digest, where it is known.
pub fn headed(text: &[u8], rest: Option<Digest>) -> Digest {
    let end = text.iter().position(|byte| *byte == b'\n');
    let (first, behind) = text.split_at(end.map_or(text.len(), |end| end + 1));
    let rest = rest.unwrap_or_else(|| Digest::of(behind));
    let mut framed = Framed::new("first line and rest");
    framed.field(first).field(rest.as_bytes());
    framed.finish()
}

/// A digest over several fields. Each field is written with its length, so
/// that no two lists of fields give the same bytes.
pub struct Framed(Sha256);

impl Framed {
    /// Start a digest of one kind of thing; `domain` keeps kinds apart.
    pub fn new(domain: &str) -> Self {
        let mut framed = Self(Sha256::new());
        framed.field(domain.as_bytes());
        framed
    }

    /// Add a field.
    pub fn field(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The digest of everything added so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.clone().finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_back() {
        let digest = Digest::of(b"an event");
        assert_eq!(Digest::from_hex(&digest.hex()), Some(digest));
        assert_eq!(Digest::from_hex(&digest.hex().to_uppercase()), Some(digest));
        assert_eq!(Digest::from_hex("+f"), None);
        assert_eq!(Digest::from_hex(&"0g".repeat(32)), None);
        assert_eq!(Digest::from_hex(&"é".repeat(32)), None);
        assert_eq!(Digest::from_hex(&"+1".repeat(32)), None);
    }

    #[test]
    fn a_headed_text_has_one_digest_whether_that_of_the_rest_was_known_or_not() {
        let texts = ["", "\n", "a", "a\n", "a\nb", "a\nb\n", "ab\n", "a\n\nb"];
        let mut digests = Vec::new();
        for text in texts {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
            let digest = headed(text.as_bytes(), None);
            let known = Some(Digest::of(rest.as_bytes()));
            assert_eq!(headed(text.as_bytes(), known), digest, "{text:?}");
            digests.push(digest);
        }
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), texts.len());
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let digest = |fields: &[&str]| {
            let mut framed = Framed::new("test");
            for field in fields {
                framed.field(field.as_bytes());
            }
            framed.finish()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["ab"]), digest(&["ab", ""]));
        assert_ne!(Framed::new("a").finish(), Framed::new("b").finish());
    }
}
