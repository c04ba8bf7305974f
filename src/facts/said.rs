//! What the facts say on their own.

use std::slice;

use super::{
    Attribute, AttributeSource, Command, Control, Destination, Encoding, Event, Field, FieldInput,
    FieldSource, Input, InputSource, ReadModel, Via,
};

impl Via {
    /// Unless it is declared to convert, a copy has the representation of what
    /// it is copied from. Where one of the two is not recorded, nothing is said.
    pub(crate) fn agrees(&self, own: Encoding<'_>, source: Encoding<'_>) -> bool {
        match (self, own, source) {
            (Self::Keep, Some(own), Some(source)) => own == source,
            _ => true,
        }
    }
}

impl<'a> Command<'a> {
    pub(crate) fn input(&self, name: &str) -> Option<&Input<'a>> {
        self.inputs.iter().find(|input| input.name == name)
    }

    pub(crate) fn fails_with(&self, error: &str) -> bool {
        self.errors.iter().any(|failure| failure.name == error)
    }
}

impl Input<'_> {
    /// Whether it comes with the invocation; the system supplies the others.
    pub(crate) fn invoked(&self) -> bool {
        match self.source {
            InputSource::Actor | InputSource::Session(_) | InputSource::Argument(_) => true,
            InputSource::Generated(_) | InputSource::Payload { .. } | InputSource::State { .. } => {
                false
            }
        }
    }
}

impl<'a> Event<'a> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }
}

impl<'a> Attribute<'a> {
    /// The inputs that it is made of.
    pub(crate) fn needs(&self) -> &[&'a str] {
        match &self.source {
            AttributeSource::Input(input) => slice::from_ref(input),
            AttributeSource::Derived { inputs, .. } => inputs,
            AttributeSource::Payload { .. }
            | AttributeSource::Generated(_)
            | AttributeSource::Session(_) => &[],
        }
    }
}

impl<'a> ReadModel<'a> {
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl<'a> FieldSource<'a> {
    /// The attributes that it reads: event, attribute.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (own, from) = match self {
            Self::Attribute { event, attribute } => (Some((*event, *attribute)), &[][..]),
            Self::Derived { sources, .. } => (None, sources.as_slice()),
            Self::Absent { .. } => (None, &[][..]),
        };
        own.into_iter()
            .chain(from.iter().filter_map(|source| match source {
                FieldInput::Attribute { event, attribute } => Some((*event, *attribute)),
                FieldInput::Field(_) => None,
            }))
    }

    /// The events that it reads.
    pub(crate) fn events(&self) -> impl Iterator<Item = &'a str> {
        let absent = match self {
            Self::Absent { event, .. } => Some(*event),
            Self::Attribute { .. } | Self::Derived { .. } => None,
        };
        absent
            .into_iter()
            .chain(self.attributes().map(|(event, _)| event))
    }

    /// The fields that it is computed from.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'a str> {
        let from = match self {
            Self::Derived { sources, .. } => sources.as_slice(),
            Self::Attribute { .. } | Self::Absent { .. } => &[],
        };
        from.iter().filter_map(|source| match source {
            FieldInput::Field(name) => Some(*name),
            FieldInput::Attribute { .. } => None,
        })
    }
}

impl Control<'_> {
    /// Whether it only navigates: a control always names a command, and one that
    /// issues none names itself, handles no error, and leads elsewhere. Should a
    /// command of that name exist, the control issues it.
    pub(crate) fn navigates(&self) -> bool {
        self.name == self.command
            && self.handles.is_empty()
            && !matches!(self.goes, Destination::State(_))
    }
}
