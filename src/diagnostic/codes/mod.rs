//! The closed list of codes, one file for each area.

/// Declare the codes of one area: a static for each, and `ALL` with all of them.
macro_rules! codes {
    ($( $(#[$doc:meta])* $code:ident = $number:literal $name:literal $level:ident $title:literal $explanation:literal )*) => {
        $(
            $(#[$doc])*
            pub static $code: $crate::diagnostic::Code = $crate::diagnostic::Code {
                number: $number,
                name: $name,
                level: $crate::diagnostic::Level::$level,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// Every code of this area, by number.
        pub static ALL: &[&$crate::diagnostic::Code] = &[$(&$code),*];
    };
}

pub mod artifacts;
pub mod authoring;
pub mod conformance;
pub mod environment;
pub mod events;
pub mod manifest;
pub mod reviews;
pub mod rules;
pub mod store;

/// Every area, by number.
pub static ALL: &[&[&super::Code]] = &[
    rules::names::ALL,
    rules::kinds::ALL,
    rules::events::ALL,
    rules::commands::ALL,
    rules::read_models::ALL,
    rules::views::ALL,
    rules::controls::ALL,
    rules::scenarios::ALL,
    rules::information::ALL,
    rules::board::ALL,
    rules::workflow::ALL,
    rules::journey::ALL,
    rules::project::ALL,
    manifest::ALL,
    store::ALL,
    events::ALL,
    artifacts::ALL,
    environment::ALL,
    authoring::ALL,
    reviews::ALL,
    conformance::ALL,
];
