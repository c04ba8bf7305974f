//! Examples of `super::super::steps`.

use super::{Example, documents, told};

pub(crate) static EMC901: Example = told(
    "Two branches each added the slice `fill-box` to the workflow, and after the \
     merge it is there twice.",
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }]
"#,
);

pub(crate) static EMC902: Example = documents(
    r#"workflow = "deposit"     # and no slice
"#,
    r#"workflow = "deposit"
slices = [{ slice = "free-boxes" }, { slice = "fill-box" }]     # free-boxes is the entry
"#,
);

pub(crate) static EMC903: Example = documents(
    r#"workflow = "deposit"
slices = [{ slice = "free-boxes" }, { slice = "fill-box" }]
"#,
    r#"workflow = "deposit"
slices = [{ slice = "free-boxes" }, { slice = "fill-box" }]

[[transitions]]
from = "free-boxes"
to = "fill-box"
via = "command"
name = "FillBox"
"#,
);

pub(crate) static EMC917: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"

[[transitions]]
from = "fill-box"
to = "fill-box"
via = "outcome"
name = "box filled"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"

[[slices]]
slice = "free-boxes"
kind = "state_view"

[[transitions]]
from = "fill-box"
to = "free-boxes"
via = "outcome"
name = "box filled"
"#,
);

pub(crate) static EMC918: Example = documents(
    r#"workflow = "start"
requires_entry_lifecycle_coverage = true
slices = [{ slice = "sign-in" }, { slice = "free-boxes" }]

[[entry_lifecycle_states]]
state = "initialized_unauthenticated"
step = "sign-in"

[[entry_lifecycle_states]]
state = "fully_configured"
step = "free-boxes"
"#,
    r#"workflow = "start"
requires_entry_lifecycle_coverage = true
slices = [{ slice = "sign-in" }, { slice = "set-up" }, { slice = "free-boxes" }]

[[entry_lifecycle_states]]
state = "fresh_uninitialized"
step = "set-up"

[[entry_lifecycle_states]]
state = "initialized_unauthenticated"
step = "sign-in"

[[entry_lifecycle_states]]
state = "initialized_authenticated"
step = "set-up"

[[entry_lifecycle_states]]
state = "partially_configured"
step = "set-up"

[[entry_lifecycle_states]]
state = "fully_configured"
step = "free-boxes"
"#,
);

pub(crate) static EMC920: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"

[[slices]]
slice = "empty-box"
kind = "state_change"

[[transitions]]
from = "fill-box"
to = "empty-box"
via = "event"
name = "BoxFilled"

[[transitions]]
from = "empty-box"
to = "fill-box"
via = "event"
name = "BoxEmptied"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"

[[slices]]
slice = "empty-box"
kind = "state_change"

[[transitions]]
from = "fill-box"
to = "empty-box"
via = "event"
name = "BoxFilled"

[[transitions]]
from = "empty-box"
to_workflow = "billing"
via = "event"
name = "BoxEmptied"
"#,
);

pub(crate) static EMC921: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "remind-receiver"
kind = "automation"
commands = [{ name = "RemindReceiver", emitted_events = ["ReceiverReminded"] }]

[[slices.automations]]
name = "RemindAgain"
trigger = "ReceiverReminded"
command = "RemindReceiver"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "remind-receiver"
kind = "automation"
commands = [{ name = "RemindReceiver", emitted_events = ["ReceiverReminded"] }]

[[slices.automations]]
name = "RemindOnce"
trigger = "BoxOverdue"
command = "RemindReceiver"
"#,
);
