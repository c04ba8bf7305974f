//! 2001–2999: the committed transaction files and the history they form.

codes! {
    /// A transaction file holds no header line that can be read.
    UNREADABLE_HEADER = 2001 "unreadable-header" Error
        "the first line of a transaction file is not a transaction header"
        "A transaction file starts with one line of JSON: the header, with the transaction's id, its parents and the lengths of the streams it writes to. Without it nothing in the file can be placed in the history. The file was cut short, overwritten or is not a transaction: restore it with `git checkout -- FILE`, or remove it if it never was one."
    /// A transaction file without a byte.
    EMPTY_FILE = 2002 "empty-file" Error
        "a transaction file is empty"
        "A transaction file is written whole, flushed and then renamed into place, so an empty one was made by something else: an interrupted copy, a full disk, `touch`. The store cannot be written to while it is there. Restore it with `git checkout -- FILE`; if git does not know it, remove it."
    /// Bytes that are not UTF-8.
    NOT_UTF8 = 2003 "not-utf8" Error
        "a transaction file is not UTF-8 text"
        "Transaction files are JSON lines in UTF-8. Other bytes mean that the file was damaged or saved in another encoding, for example by an editor or a shell redirection on Windows, which write UTF-16. Restore it with `git checkout -- FILE`."
    /// A byte order mark at the start.
    BYTE_ORDER_MARK = 2004 "byte-order-mark" Error
        "a transaction file starts with a byte order mark"
        "A byte order mark is put there by an editor that saved the file again. The header line is then no JSON, and the writing library cannot open the store. Transaction files are never edited: restore it with `git checkout -- FILE`."
    /// NUL bytes.
    NUL_BYTES = 2005 "nul-bytes" Error
        "a transaction file holds NUL bytes"
        "JSON text holds no NUL byte. Some file systems leave a file of the right length full of them when the machine loses power. Restore it with `git checkout -- FILE`; if the transaction was never committed it is lost, and the command that wrote it has to be repeated after the file is removed."
    /// A file that ends too early.
    TRUNCATED = 2006 "truncated" Error
        "a transaction file ends in the middle"
        "The header or the last event of the file is cut off. Writers never leave such a file behind, so a copy, a download or a full disk cut it. Restore it with `git checkout -- FILE`."
    /// Conflict markers of git.
    CONFLICT_MARKERS = 2007 "conflict-markers" Error
        "a transaction file holds the conflict markers of a git merge"
        "Two transactions never share a file, so a merge of two branches adds files and has nothing to decide. A conflict means that one branch changed a file that both have. Take the side whose content still has the hash of its header: `git checkout --ours -- FILE` or `git checkout --theirs -- FILE`, then run `cargo emc check`."
    /// CRLF line ends.
    CONVERTED_LINE_ENDS = 2008 "converted-line-ends" Error
        "the line ends of a transaction file were converted"
        "The hash in the header is that of the bytes as they were written, with one line feed after each line. Git converts line ends on checkout when `core.autocrlf` is on and no attribute forbids it. Put `model/events/events/** -text` into `.gitattributes`, commit that, remove the files and check them out again."
    /// The line break at the end is missing.
    MISSING_FINAL_NEWLINE = 2009 "missing-final-newline" Error
        "the last line break of a transaction file is missing"
        "Every line of a transaction file ends with a line feed, the last one too, and the hash in the header covers it. An editor, or a tool that trims white space, took it away. The content is intact otherwise: restore the file with `git checkout -- FILE`, and keep such tools away from the folder."
    /// Two transactions in one file.
    SEVERAL_TRANSACTIONS = 2010 "several-transactions" Error
        "a transaction file holds more than one transaction"
        "Each transaction has a file of its own, named after it. A line-wise merge of two files under one name, or a shell redirection, puts two into one. Restore the file with `git checkout -- FILE` from the commit before the merge, and look whether the second transaction has its own file in one of the branches."
    /// One header, twice.
    REPEATED_HEADER = 2011 "repeated-header" Error
        "the header of a transaction stands in its file twice"
        "Git merges the files of the store line by line without asking (`merge=union`). When both branches have the same transaction and one of them changed its file, the lines of both versions end up in it. Restore the version that was written first with `git checkout COMMIT -- FILE`."
    /// The hash does not fit.
    CHANGED_CONTENT = 2012 "changed-content" Error
        "the events of a transaction were changed after it was written"
        "The header holds the SHA-256 of all bytes behind it. The bytes have another one, so somebody edited an event, a merge mixed two versions of the file, or the disk damaged it. The transaction is left out of the history, and those that follow it miss their parent. Events are facts and are not edited: restore the file with `git checkout -- FILE`, and record the change as a new event."
    /// A line that is no event.
    UNREADABLE_EVENT = 2013 "unreadable-event" Error
        "a line of a transaction file is not an event"
        "Every line after the header is one event: a JSON object with `record`, `event_id`, `stream_id`, `stream_version`, `event_type`, `event_data` and `metadata`. The whole transaction is left out, since half of a transaction means something its writer never said. Restore the file with `git checkout -- FILE`. If the hash of the file is right, the program that wrote it is at fault."
    /// A version that is not known.
    UNSUPPORTED_FORMAT = 2014 "unsupported-format" Error
        "a transaction file has a format version that is not known"
        "Versions 1 and 2 of the header are known. A newer version may mean something else by the same keys, so nothing is guessed: update cargo-emc to a release that knows it."
    /// No hash.
    NO_CONTENT_HASH = 2015 "no-content-hash" Warning
        "the header of a transaction has no content hash"
        "Version 1 of the format had no hash; every current writer adds one. Without it a later change of the events cannot be noticed. If the file was written by a current release, somebody took the hash away: compare with `git log -p -- FILE`."
    /// An event of another program.
    FOREIGN_EVENT = 2016 "foreign-event" Warning
        "the store holds an event that is not one of the event model's"
        "Events of the model have the event type `EmcEvent`. Another type means that another program writes to this store. The event counts for the length of its stream and is not part of the model. Give the other program a store of its own."
    /// A file under another name.
    MISNAMED_FILE = 2017 "misnamed-file" Error
        "a transaction file is not named after its transaction"
        "A transaction file is called by the id of its transaction and `.jsonl`. Under any other name two clones may hold the same transaction twice, and a merge cannot see that they are the same. Rename it with `git mv`."
    /// One transaction in two files.
    DUPLICATE_TRANSACTION = 2018 "duplicate-transaction" Error
        "two files hold transactions with one id"
        "Only the file that is named after the transaction counts; the other one is left out. Libraries that read both take either, by chance. It is a copy that a person, a backup or a synchronising folder made: remove it."
    /// A parent is not there.
    MISSING_PARENT = 2019 "missing-parent" Error
        "a transaction names a parent that is not in the store"
        "The writer knew a transaction that this working copy does not have: a checkout or a merge was not finished, a file was deleted, or it was refused and has an error of its own. What follows from the events may be wrong until it is back. `git log --diff-filter=D -- FILE` finds the commit that deleted it, `git checkout COMMIT^ -- FILE` brings it back. If the transaction was never committed, ask the person who wrote it."
    /// A transaction is its own ancestor.
    PARENT_CYCLE = 2020 "parent-cycle" Error
        "transactions name each other as parents in a circle"
        "A transaction can only name parents that were there before it, so a circle was made by hand. The order of events is not defined in it; the parents that close the circle are left out of account. Restore the headers with `git checkout -- FILE`."
    /// Two transactions of one working copy side by side.
    REPLICA_COLLISION = 2021 "replica-collision" Warning
        "two working copies wrote under one replica id"
        "Each working copy has its own replica id and writes one transaction after the other. Two of its transactions of which neither follows the other mean that the folder was copied together with `model/events/.eventcore`, or that this folder was committed. The model is not affected, but other tools refuse to look for conflicts in such a store. Remove `model/events/.eventcore` in the copy, so that it gets an id of its own, and see that git ignores the folder."
    /// The header does not fit the events.
    HEADER_DISAGREES = 2022 "header-disagrees" Warning
        "the header of a transaction does not agree with its events"
        "The header names each stream that the transaction writes to, with its length before; each event says which place in the stream it takes. The two do not fit, so the header was edited: the hash does not cover it. Conflicts are found by the header and may be missed. Restore the file with `git checkout -- FILE`."
    /// An open fork.
    OPEN_FORK = 2023 "open-fork" Error
        "a stream was continued in two or more ways that contradict each other"
        "Two working copies continued one stream without knowing of each other, and their transactions met in a merge. Both set one field to different values, or one removed what the other changed, so somebody has to decide. Both are kept until then, in an order that all copies agree on. `cargo emc list conflicts` shows both sides, element by element; `cargo emc resolve` asks for each contradiction and joins the rest by itself; `cargo emc resolve conflict STREAM TRANSACTION` takes one side in all of them. `--allow-forks` builds the model of the canonical order."
    /// Something is named like a transaction file and is none.
    NOT_A_FILE = 2024 "not-a-file" Error
        "something that is no file is named like a transaction file"
        "Folders, links and devices in the folder of the committed transactions are not read, whatever they are called: a transaction is a plain file. Move it away."
    /// A name that no transaction file has.
    BAD_FILE_NAME = 2025 "bad-file-name" Error
        "the name of a transaction file cannot be read"
        "The name is not UTF-8, or holds a control character or a backslash. A transaction file is named after its transaction: `<id>.jsonl`. Rename it with `git mv` to the id in its header, or remove it."
    /// No store.
    NO_STORE = 2026 "no-store" Error
        "the project has no store"
        "The folder of the committed transactions does not exist. Without a store there is no model. Check `[store] path` in emc.toml, or start a store with `cargo emc init --name NAME`."
    /// An empty store.
    NO_EVENTS = 2027 "no-events" Error
        "the store holds no transaction"
        "The folder of the committed transactions is there, and nothing is in it. Nothing is built from nothing: a checkout may have left the files out. Restore them with git, or start a model with `cargo emc init --name NAME`."
    /// Git may convert line endings of transactions.
    UNPROTECTED = 2028 "unprotected-line-ends" Warning
        "git may convert the line ends of transaction files"
        "A clone with `core.autocrlf=true` writes CR LF into files that no attribute protects, and every transaction then fails its content hash. Write `events/** -text -merge` into the .gitattributes of the store, and commit it."
    /// A fork whose branches can be joined without a decision.
    COMMUTING_FORK = 2029 "commuting-fork" Warning
        "a stream was continued in two or more ways that do not touch each other"
        "Two working copies continued one stream without knowing of each other, and what they changed can be joined as it is: different elements, different fields, or the same change twice. Until somebody joins them the model is that of the canonical order of all transactions, which is the same in every copy but may lack a part of one side, and nothing else can be written. `cargo emc resolve --auto` joins all such forks with one transaction."
    /// An event that a concurrent removal left without effect.
    OVERTAKEN_EVENT = 2030 "overtaken-event" Warning
        "an event has no effect, since what it changes was removed at the same time"
        "One working copy changed something, another one removed what it belongs to, for instance the workflow of the slice, and their transactions met in a merge. The removal stands, in every copy. To have the change back, add the workflow or slice again. The warning ends as soon as a later transaction writes to the stream of the event."
    /// A committed transaction is not what it was.
    HISTORY_CHANGED = 2031 "history-changed" Error
        "a committed transaction was changed or deleted"
        "A transaction file never changes once it is committed: others have built upon it. The file differs from what it is in the merge base with the commit that `--base` names, or is gone. Restore it with `git checkout BASE -- FILE`. What it recorded is undone by a further edit, not by changing the past."
    /// A file that is longer than any transaction.
    TOO_LONG = 2032 "transaction-too-long" Error
        "a transaction file is longer than any transaction"
        "A transaction is one edit. A file of more than 64 MiB is none that anybody made with this tool or its peer, and to read it could take all the memory of the machine; so it is not read. Restore it with `git checkout -- FILE`, or remove it if git does not know it."
}
