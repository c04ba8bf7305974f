//! Types of a program, as a test lists them.

use std::any::type_name;

/// A type that implements an event or a command of the model. Made by
/// [`implemented!`](crate::implemented).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implemented {
    name: String,
    type_name: &'static str,
}

impl Implemented {
    /// A type under its own name, without the path and the arguments.
    pub fn of<T: ?Sized>() -> Self {
        let type_name = type_name::<T>();
        let path = type_name.split('<').next().unwrap_or(type_name);
        Self {
            name: path.rsplit("::").next().unwrap_or(path).to_owned(),
            type_name,
        }
    }

    /// A variant of an enum.
    pub fn variant<T: ?Sized>(name: &str) -> Self {
        Self {
            name: name.trim_start_matches("r#").to_owned(),
            type_name: type_name::<T>(),
        }
    }

    /// The same under the name that the model has for it.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self
        }
    }

    /// The name that is looked for in the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type.
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

/// The types that implement commands or events of the model, for
/// [`conformance::Model`](crate::conformance::Model): paths of types, each
/// followed by `=> "name"` where the model calls it otherwise, or all variants of
/// an enum.
///
/// ```
/// # struct CaptureTicket; struct Close;
/// # enum Event { TicketCaptured(u8), TicketClosed { at: u8 } }
/// let commands = emc::implemented![CaptureTicket, Close => "CloseTicket"];
/// assert_eq!(commands[1].name(), "CloseTicket");
/// let events = emc::implemented![enum Event { TicketCaptured, TicketClosed }];
/// assert_eq!(events[0].name(), "TicketCaptured");
/// ```
///
/// A type or a variant that is not there does not compile, and neither does an
/// enum with a variant that is left out:
///
/// ```compile_fail,E0004
/// # enum Event { TicketCaptured(u8), TicketClosed }
/// emc::implemented![enum Event { TicketCaptured }];
/// ```
#[macro_export]
macro_rules! implemented {
    (enum $enum:ident { $($variant:ident $(=> $wire:literal)?),* $(,)? }) => {{
        #[allow(dead_code)]
        fn every(event: &$enum) {
            match event { $($enum::$variant { .. } => ()),* }
        }
        ::std::vec![$(
            $crate::conformance::Implemented::variant::<$enum>(::std::stringify!($variant))
                $(.named($wire))?
        ),*]
    }};
    ($($type:ty $(=> $wire:literal)?),* $(,)?) => {
        ::std::vec![$($crate::conformance::Implemented::of::<$type>()$(.named($wire))?),*]
    };
}
