//! 1001–1999: `emc.toml`, and how it is found.

codes! {
    /// The file is not TOML.
    NOT_TOML = 1001 "manifest-not-toml" Error
        "the manifest is not valid TOML"
        "emc.toml is read as TOML. Correct the syntax at the place shown; nothing is built until the manifest is read whole."

    /// A key or table that means nothing.
    UNKNOWN_KEY = 1002 "unknown-key" Error
        "the manifest has a key or table that means nothing here"
        "A key that is not known would be a setting that silently has no effect. Correct its spelling, move it to the table it belongs to, or remove it. Settings live in emc.toml only: there is no second place for them."

    /// A value of the wrong type.
    WRONG_TYPE = 1003 "wrong-type" Error
        "a value in the manifest has the wrong type"
        "The key is known, but its value is of another type than it takes, for example a number where a text is expected. Write a value of the type that the message names."

    /// A word that is not in the vocabulary.
    UNKNOWN_VALUE = 1004 "unknown-value" Error
        "a setting is given a word that it does not know"
        "The setting takes one of a few words, which the help line lists. Write one of them, in lower case."

    /// No `[project] name`.
    MISSING_NAME = 1005 "missing-project-name" Error
        "the manifest does not name the project"
        "Every project has a name: it titles the generated files and gives the modules their default names. Add `name = \"...\"` below `[project]`."

    /// A name that is none.
    BAD_NAME = 1006 "bad-project-name" Error
        "the project's name is blank or cannot be printed"
        "The name stands in one line of many generated files, so that it must have at least one visible character and no control characters such as line breaks. Write it as people say it."

    /// A module name that is no identifier.
    BAD_MODULE = 1007 "bad-module-name" Error
        "a module name is not a valid identifier"
        "lean_module and quint_module name modules and the files they are in. A module name starts with an upper-case ASCII letter, goes on with ASCII letters, digits or `_`, has at most 64 characters, and is not a name that the generated library, Lean, Quint or a file system takes for itself. Write such a name, or remove the key: then the name is made from the project's name."

    /// A derived module name was replaced.
    MODULE_RENAMED = 1008 "module-renamed" Warning
        "a module name in the manifest cannot be used and was replaced"
        "The manifest has a module name as other tools derive it from the project's name, but no module can be called so: it is empty, starts with a digit, is too long, or is taken by a library. The generated files use the name that the message gives. Write that name into the manifest to be rid of this warning."

    /// A folder outside the project.
    PATH_OUTSIDE = 1009 "path-outside-project" Error
        "a folder in the manifest lies outside the project"
        "Folders are written relative to the folder of emc.toml and stay below it: they do not start with `/` or a drive and have no `..`. What is built from a checkout then stays in that checkout, on every machine."

    /// A folder name that some systems cannot have.
    PATH_NOT_PORTABLE = 1010 "path-not-portable" Error
        "a folder in the manifest cannot exist on every system"
        "The same manifest is read on Linux, macOS and Windows. Separate folders with `/`, and use no backslash, no control character, none of `< > : \" | ? *`, no trailing dot or blank, and no device name such as `con` or `nul`."

    /// A folder that is the project itself.
    PATH_IS_PROJECT = 1011 "path-is-project" Error
        "a folder in the manifest is the project's own folder"
        "The store and each family of artifacts own the folder they are given: files there that nobody asks for any more are removed. They need folders of their own, below the one of emc.toml."

    /// Two owners of one folder.
    FOLDERS_OVERLAP = 1012 "folders-overlap" Error
        "two folders in the manifest are the same or lie inside each other"
        "The store and each family of artifacts own their folders alone; otherwise one would take the other's files for leftovers. Folders that differ only by the case of letters are the same folder on some systems. This holds for families that are switched off too, where the manifest names their folder: it may still hold files. Give each its own folder."

    /// A number outside its range.
    OUT_OF_RANGE = 1013 "number-out-of-range" Error
        "a number in the manifest is outside of its range"
        "The message names the smallest and the largest value that the setting takes."

    /// A command without a program.
    EMPTY_COMMAND = 1014 "empty-command" Error
        "a command in the manifest names no program"
        "A command is a text that is split at blanks (`lean = \"tools/lean --quiet\"`) or, where an argument holds a blank, a list (`lean = [\"tools/lean\", \"--root\", \"my model\"]`). Its first part is the program. Name one, or remove the key to use the program on the search path."

    /// A rule that does not exist.
    UNKNOWN_RULE = 1015 "unknown-rule" Error
        "the manifest sets a rule that does not exist"
        "Below `[rules]` stand `level` and single rules, by code (`EMC203`) or by name. A rule that does not exist would be a setting without effect. `cargo emc explain` tells what a code means."

    /// One rule, two settings.
    RULE_SET_TWICE = 1016 "rule-set-twice" Error
        "the manifest sets one rule twice"
        "A rule can be named by its code or by its name. This manifest does both, and only one of the two settings can hold. Keep one of them."

    /// The file is not text.
    NOT_UTF8 = 1017 "manifest-not-utf8" Error
        "the manifest is not UTF-8 text"
        "TOML is UTF-8. Save the file as UTF-8; some editors on Windows call it `UTF-8 without BOM`."

    /// No manifest anywhere.
    NOT_FOUND = 1018 "manifest-not-found" Error
        "there is no manifest"
        "A project is the folder that holds emc.toml. It is looked for in the current folder and in the folders above it, up to and including the folder that holds `.git`; in each, `metadata.emc.config` in a Cargo.toml can name another file. Go to the project, name the manifest with `--config PATH`, or start a project with `cargo emc init --name NAME`."

    /// `metadata.emc.config` is of no use.
    BAD_POINTER = 1019 "bad-manifest-pointer" Error
        "the metadata of a Cargo.toml does not point at a manifest"
        "`[package.metadata.emc]` or `[workspace.metadata.emc]` may have one key, `config`: the path of an emc.toml, relative to that Cargo.toml. It must be a text and the file must exist. Settings themselves stand in emc.toml only."

    /// `-p` names nothing.
    UNKNOWN_PACKAGE = 1020 "unknown-package" Error
        "a package that was asked for is not a member of the workspace"
        "`-p/--package` takes the name of a member of the workspace, optionally with its version (`desk@0.2.0`). `cargo metadata --no-deps` lists the members."
    /// Arguments that do not fit together.
    USAGE = 1021 "usage" Error
        "the arguments do not fit together, or do not fit the verb"
        "The command line parses, but asks for something that cannot be done: an edit of several projects at once, or a value that is no such value. The message says which; nothing was written. `cargo emc help VERB` lists what a verb takes."

    /// An exception that does not say all that it has to.
    BAD_EXCEPTION = 1022 "bad-exception" Error
        "an exception from a rule is not complete"
        "`[[rules.exceptions]]` names the `rule` that may be broken, the `element` where, as a finding names it (`slice capture-ticket, command CaptureTicket`; what it holds is meant too), and the `reason`, which the review pages show. An exception without a reason would be a rule that somebody switched off."

    /// An exception that nothing needs.
    UNUSED_EXCEPTION = 1023 "unused-exception" Warning
        "an exception from a rule covers nothing"
        "The element of this exception does not break the rule, or there is no such element any more. Remove it, so that it does not cover a mistake of tomorrow."

    /// Two projects that own one folder.
    PROJECTS_OVERLAP = 1024 "projects-overlap" Error
        "two projects claim the same folder"
        "Several projects were selected, and a folder of one is, holds or lies in a folder of another. Each owns its store and the folders of its families alone: otherwise one would take the files of the other for leftovers, or append to its history. Nothing was done. Give each its own folders, or keep one manifest that both packages point at (`metadata.emc.config` in Cargo.toml)."

    /// A type that no field can have.
    BAD_TYPE = 1040 "bad-rust-type" Error
        "a type for Rust attributes is none"
        "`[artifacts.rust.types]` gives the type of an attribute by the bit encoding of its data flow: `\"UUID version 7, 128 bits\" = \"uuid::Uuid\"`. A type is a path with its arguments, a tuple or an array, of at most 80 characters; it must be owned, so that an event can hold it, and implement Clone, Debug, PartialEq and, with serde, Serialize and Deserialize."

    /// The package does not hold the model.
    NOT_PACKAGED = 1041 "model-not-packaged" Error
        "a package was published without the model that its build script reads"
        "A build script sees only what `cargo package` has put into the package, and a model outside of it is that of somebody else. Put emc.toml and the model into the folder of the package and, if Cargo.toml has an `include`, name them there: `include = [..., \"/emc.toml\", \"/model/events/events\"]`. Folders of artifacts need not be in it: what is not there is not checked in a package."

    /// The build script is not run by cargo.
    NO_BUILD_SCRIPT = 1042 "not-a-build-script" Error
        "cargo's variables for a build script are not set"
        "`emc::build_script` is made for build.rs: it reads CARGO_MANIFEST_DIR and OUT_DIR, which cargo sets when it runs a build script. Anywhere else, run `cargo emc build` or `cargo emc check`."

    /// A family is not compiled in.
    NOT_COMPILED = 1043 "family-not-compiled" Error
        "a build script shall compare or write a family that is not compiled in"
        "So that a build script is compiled quickly, cargo-emc has the families `lean`, `quint` and `review` behind features of these names. Name those whose artifacts your build script shall compare: `cargo-emc = { version = \"0.1\", default-features = false, features = [\"lean\", \"quint\", \"review\"] }`. If `cargo emc check` in CI is enough for you, leave them out and call `on_stale(Stale::Ignore)`. `rust`, `gherkin` and `reviews` are always there."
}
