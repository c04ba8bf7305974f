//! How a value stands on the wire: read from and written to a tree of JSON.

use std::borrow::Cow;

use super::{
    error::{DecodeError, Problem},
    json::{Json, Members, member},
};
use crate::event::Text;

/// What stands behind a key.
pub(in crate::event) trait Value: Sized {
    /// What is expected, for a person.
    const EXPECTED: &'static str;

    /// Read a value that is there.
    fn read(json: &Json<'_>) -> Result<Self, DecodeError>;

    /// What an absent key means; `None` when the key may not be absent.
    fn absent() -> Option<Self> {
        None
    }

    /// The value as JSON, keys sorted at every level.
    fn write(&self) -> Json<'_>;
}

/// Several keys of one object.
pub(in crate::event) trait Record: Sized {
    fn read(keys: &Keys<'_>) -> Result<Self, DecodeError>;

    fn write<'a>(&'a self, out: &mut Writer<'a>);
}

/// The name of a key in the plain form, and in the form with a body. They
/// differ for the ends of transitions only.
#[derive(Clone, Copy)]
pub(in crate::event) struct Name {
    pub plain: &'static str,
    pub body: &'static str,
}

impl Name {
    pub fn same(name: &'static str) -> Self {
        Self {
            plain: name,
            body: name,
        }
    }

    fn in_form(self, form: Form) -> &'static str {
        match form {
            Form::Plain => self.plain,
            Form::Body => self.body,
        }
    }
}

/// The two encodings of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::event) enum Form {
    /// The fields stand beside `stream_id`.
    Plain,
    /// The fields stand in an object of their own, under the name of its kind.
    Body,
}

/// The fields of an event, to read from.
#[derive(Clone, Copy)]
pub(in crate::event) struct Keys<'t> {
    members: &'t [(Cow<'t, str>, Json<'t>)],
    form: Form,
    prefix: &'static str,
    /// The name of the variant, or of the body when there is one.
    pub kind: &'t str,
}

impl<'t> Keys<'t> {
    pub fn of(members: &'t [(Cow<'t, str>, Json<'t>)], form: Form, kind: &'t str) -> Self {
        Self {
            members,
            form,
            prefix: "",
            kind,
        }
    }

    /// The same fields, of which those whose names start with `prefix` are meant.
    pub fn prefixed(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// Read the value of a key.
    pub fn value<T: Value>(&self, name: Name) -> Result<T, DecodeError> {
        let name = name.in_form(self.form);
        let length = self.prefix.len() + name.len();
        // The last one, should the key stand there twice. Lengths are compared
        // first because most differ.
        let found = self.members.iter().rev().find(|(key, _)| {
            key.len() == length
                && key.ends_with(name)
                && (self.prefix.is_empty() || key.starts_with(self.prefix))
        });
        read_or_absent(found.map(|(_, json)| json)).map_err(|error| self.under(error, name))
    }

    /// An error about a key.
    pub fn wrong(&self, name: Name, rule: &'static str) -> DecodeError {
        let error = DecodeError::new(Problem::Combination(rule));
        self.under(error, name.in_form(self.form))
    }

    fn under(&self, error: DecodeError, name: &str) -> DecodeError {
        error.under(format!("{}{name}", self.prefix))
    }
}

/// Read a key of an object that is no event.
pub(super) fn read_key<T: Value>(
    members: &[(Cow<'_, str>, Json<'_>)],
    key: &str,
) -> Result<T, DecodeError> {
    read_or_absent(member(members, key)).map_err(|error| error.under(key.to_owned()))
}

fn read_or_absent<T: Value>(json: Option<&Json<'_>>) -> Result<T, DecodeError> {
    match json {
        Some(json) => T::read(json),
        None => T::absent().ok_or_else(|| {
            DecodeError::new(Problem::Missing {
                expected: T::EXPECTED,
            })
        }),
    }
}

/// The fields of an event, to write to.
pub(in crate::event) struct Writer<'a> {
    pub members: Members<'a>,
    form: Form,
    prefix: &'static str,
    /// As [`Keys::kind`].
    pub kind: &'static str,
}

impl<'a> Writer<'a> {
    pub fn of(form: Form, kind: &'static str) -> Self {
        Self {
            members: Vec::new(),
            form,
            prefix: "",
            kind,
        }
    }

    /// Write the value of a key.
    pub fn value<T: Value>(&mut self, name: Name, value: &'a T) {
        let name = name.in_form(self.form);
        let key = match self.prefix {
            "" => Cow::Borrowed(name),
            prefix => Cow::Owned(format!("{prefix}{name}")),
        };
        self.members.push((key, value.write()));
    }

    /// Write a record with this in front of every key.
    pub fn record<T: Record>(&mut self, prefix: &'static str, record: &'a T) {
        self.prefix = prefix;
        record.write(self);
        self.prefix = "";
    }
}

fn unexpected<T: Value>(found: &Json<'_>) -> DecodeError {
    DecodeError::new(Problem::Unexpected {
        expected: T::EXPECTED,
        found: found.describe(),
    })
}

impl Value for Text {
    const EXPECTED: &'static str = "text";

    fn read(json: &Json<'_>) -> Result<Self, DecodeError> {
        match json {
            Json::Text(text) => Self::new(text).map_err(|_| DecodeError::new(Problem::EmptyText)),
            other => Err(unexpected::<Self>(other)),
        }
    }

    fn write(&self) -> Json<'_> {
        Json::Text(Cow::Borrowed(self.as_str()))
    }
}

impl Value for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(json: &Json<'_>) -> Result<Self, DecodeError> {
        match json {
            Json::Bool(value) => Ok(*value),
            other => Err(unexpected::<Self>(other)),
        }
    }

    fn write(&self) -> Json<'_> {
        Json::Bool(*self)
    }
}

impl<T: Value> Value for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(json: &Json<'_>) -> Result<Self, DecodeError> {
        match json {
            Json::Null => Ok(None),
            json => T::read(json).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn write(&self) -> Json<'_> {
        self.as_ref().map_or(Json::Null, Value::write)
    }
}

impl<T: Value> Value for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn read(json: &Json<'_>) -> Result<Self, DecodeError> {
        let Json::Array(items) = json else {
            return Err(unexpected::<Self>(json));
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| T::read(item).map_err(|error| error.under(format!("[{index}]"))))
            .collect()
    }

    fn write(&self) -> Json<'_> {
        Json::Array(self.iter().map(Value::write).collect())
    }
}

impl<T: Record> Value for T {
    const EXPECTED: &'static str = "an object";

    fn read(json: &Json<'_>) -> Result<Self, DecodeError> {
        match json {
            Json::Object(members) => Record::read(&Keys::of(members, Form::Body, "")),
            other => Err(unexpected::<Self>(other)),
        }
    }

    fn write(&self) -> Json<'_> {
        let mut out = Writer::of(Form::Body, "");
        Record::write(self, &mut out);
        Json::sorted(out.members)
    }
}

/// Read a word of a vocabulary.
pub(in crate::event) fn read_word<T>(json: &Json<'_>) -> Result<T, DecodeError>
where
    T: Value + std::str::FromStr<Err = crate::event::vocabulary::UnknownWord>,
{
    match json {
        Json::Text(word) => word
            .parse()
            .map_err(|unknown| DecodeError::new(Problem::UnknownWord(unknown))),
        other => Err(unexpected::<T>(other)),
    }
}

/// Write a word of a vocabulary.
pub(in crate::event) fn write_word(word: &'static str) -> Json<'static> {
    Json::Text(Cow::Borrowed(word))
}
