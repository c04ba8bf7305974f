//! 1001–1999: `emc.toml`.

codes! {
    /// The file is not TOML.
    NOT_TOML = 1001 "manifest-not-toml" Error
        "the manifest is not valid TOML"
        "emc.toml is read as TOML 1.0. Correct the syntax at the place shown; nothing is built until the manifest is read whole."
}
