//! Examples of `super::super::information`.

use super::{Example, documents};

pub(crate) static EMC701: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox", inputs = [{ name = "box_no" }] }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", inputs = [{ name = "box_no" }] }]

[[data_flows]]
datum = "box_no"
target = "FillBox"
source = "courier"
source_kind = "original"
bit_encoding = "unsigned, 8 bits"
"#,
);

pub(crate) static EMC702: Example = documents(
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[data_flows]]
datum = "box_no"
target = "FreeBoxes"
bit_encoding = "unsigned, 8 bits"

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"
source_read_model = "FreeBoxes"
source_field = "box_no"
bit_encoding = "two digits"
"#,
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[data_flows]]
datum = "box_no"
target = "FreeBoxes"
bit_encoding = "unsigned, 8 bits"

[[data_flows]]
datum = "box_no"
target = "BoxList"
source = "FreeBoxes"
transformation = "transformation"
bit_encoding = "two digits"

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"
source_read_model = "FreeBoxes"
source_field = "box_no"
bit_encoding = "two digits"
"#,
);

pub(crate) static EMC703: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "renew-code"

[[slices.commands]]
name = "RenewCode"
emitted_events = ["CodeRenewed"]

[[slices.commands.inputs]]
name = "code"
source_kind = "event_stream_state"
source_name = "CodeRenewed"     # the one before, and where does the first come from?
source_field = "code"

[[slices.events]]
name = "CodeRenewed"

[[slices.events.attributes]]
name = "code"
source_kind = "command_input"
source_name = "code"
source_field = "code"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "renew-code"

[[slices.commands]]
name = "RenewCode"
emitted_events = ["CodeRenewed"]

[[slices.commands.inputs]]
name = "code"
source_kind = "generated"
source_name = "random digits"
source_field = "code"

[[slices.events]]
name = "CodeRenewed"

[[slices.events.attributes]]
name = "code"
source_kind = "command_input"
source_name = "code"
source_field = "code"
"#,
);
