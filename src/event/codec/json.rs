//! A JSON text as a tree that borrows from it.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};

/// The keys of an object in the order in which they stand.
pub type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(Cow<'a, str>),
    Array(Vec<Self>),
    Object(Members<'a>),
}

impl<'a> Json<'a> {
    /// An object with its keys sorted.
    pub fn sorted(mut members: Members<'a>) -> Self {
        members.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self::Object(members)
    }

    /// An object with one key.
    pub fn single(key: &'a str, value: Self) -> Self {
        Self::Object(vec![(Cow::Borrowed(key), value)])
    }

    /// What kind of value this is, for a person.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// The value of a key; the last one, should the key stand there twice.
pub fn member<'t, 'a>(members: &'t [(Cow<'a, str>, Json<'a>)], key: &str) -> Option<&'t Json<'a>> {
    members
        .iter()
        .rev()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value)
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Array(values) => serializer.collect_seq(values),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        Json::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json<'de>, E> {
        serde_json::Number::from_f64(value)
            .map(Json::Number)
            .ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element()? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        // A key is read as a value, because a `Cow` would never borrow.
        while let Some((key, value)) = entries.next_entry()? {
            let Json::Text(key) = key else {
                return Err(A::Error::custom("a key that is not text"));
            };
            members.push((key, value));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_escapes_is_borrowed() {
        let tree: Json<'_> = serde_json::from_str(r#"{"a":"plain","b":"tab\t"}"#).expect("JSON");
        let Json::Object(members) = &tree else {
            panic!("an object: {tree:?}");
        };
        assert!(matches!(
            member(members, "a"),
            Some(Json::Text(Cow::Borrowed("plain")))
        ));
        assert_eq!(
            member(members, "b"),
            Some(&Json::Text(Cow::Borrowed("tab\t")))
        );
        assert!(matches!(members[0].0, Cow::Borrowed(_)));
    }

    #[test]
    fn any_value_is_written_as_it_was_read() {
        let text = r#"{"z":[null,true,-1,18446744073709551615,1.5,"é\n"],"a":{}}"#;
        let tree: Json<'_> = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::to_string(&tree).expect("JSON"), text);
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let tree: Json<'_> = serde_json::from_str(r#"{"a":1,"a":true}"#).expect("JSON");
        let Json::Object(members) = tree else {
            panic!("an object");
        };
        assert_eq!(member(&members, "a"), Some(&Json::Bool(true)));
    }
}
