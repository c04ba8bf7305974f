//! Examples of `super::super::commands`.

use super::{Example, documents};

pub(crate) static EMC301: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
"#,
);

pub(crate) static EMC302: Example = documents(
    r#"slice = "empty-box"

[[commands]]
name = "EmptyBox"

[[commands.inputs]]
name = "code"
source_kind = "event_stream_state"
source_name = "BoxFilled"
source_field = "code"
"#,
    r#"slice = "empty-box"

[[commands]]
name = "EmptyBox"

[[commands.inputs]]
name = "code"
source_kind = "event_stream_state"
source_name = "BoxFilled"
source_field = "code"

[[events]]
name = "BoxFilled"
observed = true
attributes = [{ name = "code" }]
"#,
);

pub(crate) static EMC303: Example = documents(
    r#"slice = "empty-box"

[[commands]]
name = "EmptyBox"
observed_streams = ["courier"]

[[commands.inputs]]
name = "code"
source_kind = "event_stream_state"
source_name = "BoxFilled"
source_field = "code"

[[events]]
name = "BoxFilled"
stream = "box"
observed = true
attributes = [{ name = "code" }]
"#,
    r#"slice = "empty-box"

[[commands]]
name = "EmptyBox"
observed_streams = ["box"]

[[commands.inputs]]
name = "code"
source_kind = "event_stream_state"
source_name = "BoxFilled"
source_field = "code"

[[events]]
name = "BoxFilled"
stream = "box"
observed = true
attributes = [{ name = "code" }]
"#,
);

pub(crate) static EMC304: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox", observed_streams = ["boxes"] }]
events = [{ name = "BoxFilled", stream = "box" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", observed_streams = ["box"] }]
events = [{ name = "BoxFilled", stream = "box" }]
"#,
);

pub(crate) static EMC305: Example = documents(
    r#"slice = "register-courier"

[[commands]]
name = "RegisterCourier"
singleton_repeat_behavior = "already_exists_error"
"#,
    r#"slice = "register-courier"

[[commands]]
name = "RegisterCourier"
singleton_repeat_behavior = "already_exists_error"
errors = [{ name = "KnownCourier", scenario = "Registered before" }]
"#,
);

pub(crate) static EMC306: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[scenarios]]
kind = "contract"
contract_kind = "command"
covered_definition = "FillBox"
name = "Two couriers"
given = "A full box"
when = "Another courier fills it"
then = "BoxTaken is returned"
error_references = ["BoxTaken"]
"#,
);

pub(crate) static EMC307: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "announced-parcels"
kind = "translation"

[[slices.external_payloads]]
name = "CarrierNotice"
fields = [{ name = "parcel_no" }]

[[slices.commands]]
name = "AnnounceParcel"

[[slices.commands.inputs]]
name = "parcel_no"
source_kind = "external_payload"
source_name = "CarrierNotice"
source_field = "number"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "announced-parcels"
kind = "translation"

[[slices.external_payloads]]
name = "CarrierNotice"
fields = [{ name = "parcel_no" }]

[[slices.commands]]
name = "AnnounceParcel"

[[slices.commands.inputs]]
name = "parcel_no"
source_kind = "external_payload"
source_name = "CarrierNotice"
source_field = "parcel_no"
"#,
);

pub(crate) static EMC308: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "free-boxes"
kind = "state_view"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]
"#,
);

pub(crate) static EMC309: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "box_no" }, { name = "courier" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "box_no"
source_kind = "command_input"
source_name = "box_no"
source_field = "box_no"
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "box_no" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "box_no"
source_kind = "command_input"
source_name = "box_no"
source_field = "box_no"
"#,
);
