//! 4001–4999: files that cannot be read or written, locks, tools.

codes! {
    /// Reading failed.
    READ_FAILED = 4001 "read-failed" Error
        "a file or folder could not be read"
        "The operating system refused to read the path that is named. Check that it exists and that its permissions let you read it."
    /// Writing failed.
    WRITE_FAILED = 4002 "write-failed" Error
        "a file or folder could not be written"
        "The operating system refused to write the path that is named. A generated file is replaced as a whole or not at all, so each is the old one or the new one; run the command again when the cause is gone."
    /// A folder on the way is a link.
    THROUGH_LINK = 4003 "through-link" Error
        "a generated file would be written through a symbolic link"
        "A folder of an artifact family, or a folder in it, is a symbolic link. A link can lead out of the project, so nothing is written through one. Replace the link by a folder, or point the family to the real folder in emc.toml."
    /// Git did not answer.
    GIT_FAILED = 4004 "git-failed" Error
        "git could not say what was committed"
        "`cargo emc check --base REF` asks git for the merge base of REF and the present commit, and for the transaction files that differ from it. Git could not be started, the project lies in no work tree, or REF is not known here: a shallow clone may lack it."
    /// A tool is not there.
    TOOL_MISSING = 4005 "tool-missing" Error
        "a tool that verifies the model is not there"
        "`cargo emc verify` runs Lean and Quint, which are programs of their own. The command is looked up in PATH, or relative to the project where it has a `/`; `[verify]` in emc.toml names another one. `cargo emc verify --list` tells what is found."
    /// A tool of another version.
    TOOL_VERSION = 4006 "tool-version" Error
        "a tool is not of a version that the modules are written for"
        "The generated modules are written for the version of Lean that `lean-toolchain` beside them names, and for Quint from 0.33 on. Another version may refuse them, or accept what it should not. Nothing was verified with it."
    /// A tool took too long.
    TOOL_DEADLINE = 4007 "tool-deadline" Error
        "a tool did not finish in time"
        "Each run of a tool has a deadline, and with it everything that the tool has started is ended. The result is not known and not kept. Give it more time with `--timeout SECONDS`, or find out what it waits for: a download, a service, memory."
    /// A tool ended in an unexpected way.
    TOOL_FAILED = 4008 "tool-failed" Error
        "a tool ended without a result"
        "The tool ended by a signal, with an exit code that it gives for no finding, or without the file that it should have written. What it said is in the note. The result is not known and not kept."
    /// A tool said something of its own.
    TOOL_SAID = 4009 "tool-said" Error
        "a tool has something to say that is no rule of the model"
        "Lean or Quint gave a message about a generated module that no rule of the catalogue stands behind. With the version that the module is written for this should not happen: please report it with the message."
    /// Somebody interrupted a verification.
    INTERRUPTED = 4010 "interrupted" Error
        "the verification was interrupted"
        "The tool that ran was ended with everything that it had started. What was verified before is kept, so the next `cargo emc verify` goes on from there; nothing was declared."
    /// Cargo does not say which packages there are.
    CARGO_METADATA = 4050 "cargo-metadata-failed" Error
        "cargo could not say which packages there are"
        "`-p/--package` and `--workspace` ask cargo for the members of the workspace (`cargo metadata --no-deps`). Cargo could not be started, or it refused; its own words are in the note. Correct that, or name the manifest with `--config PATH`: then cargo is not asked."
    /// No editor.
    EDITOR_FAILED = 4051 "editor-failed" Error
        "no editor could be used"
        "`cargo emc edit` opens a document with the program that VISUAL or EDITOR names, with arguments if there are any, and waits until it ends. It is not set, cannot be started, or ended with an error; nothing was written."
    /// No browser.
    BROWSER_FAILED = 4052 "browser-failed" Error
        "no browser could be started"
        "`cargo emc open` hands the page to the program that BROWSER names, with arguments if there are any, or else to what the desktop opens pages with. `--print` tells where the page is."
    /// The server for agents.
    SERVER_FAILED = 4060 "server-failed" Error
        "the server for agents could not start"
        "`cargo emc mcp` could not listen at the address, or the system refused it what every server needs. Another server may listen there: choose another `--port`, or 0 for a free one."
    /// A call of an agent that was given up.
    CALL_ENDED = 4061 "call-ended" Error
        "a call was given up before it wrote anything"
        "The client of `cargo emc mcp` took the call back while it waited for its turn, or the server is about to end. A write that has begun is always finished; this one had not, and nothing was written."
}
