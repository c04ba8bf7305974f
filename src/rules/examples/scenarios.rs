//! Examples of `super::super::scenarios`.

use super::{Example, documents, told};

pub(crate) static EMC601: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "StoreParcel"
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
"#,
);

pub(crate) static EMC602: Example = documents(
    r#"slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
written_streams = ["boxes"]
"#,
    r#"slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
written_streams = ["box"]
"#,
);

pub(crate) static EMC603: Example = documents(
    r#"slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
"#,
    r#"slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
written_streams = ["box"]

[[scenarios]]
name = "Two couriers"
contract_kind = "command"
covered_definition = "FillBox"
read_streams = ["box"]
error_references = ["BoxTaken"]
"#,
);

pub(crate) static EMC604: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]

[[scenarios]]
name = "Two couriers"
contract_kind = "command"
covered_definition = "FillBox"
error_references = ["BoxTaken"]
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[scenarios]]
name = "Two couriers"
contract_kind = "command"
covered_definition = "FillBox"
error_references = ["BoxTaken"]
"#,
);

pub(crate) static EMC605: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]

[[scenarios]]
name = "Two couriers"
contract_kind = "command"
covered_definition = "FillBox"
error_references = ["BoxTaken"]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]

[[scenarios]]
name = "Two couriers"
contract_kind = "command"
covered_definition = "FillBox"
error_references = ["BoxTaken"]

[[scenarios]]
name = "A parcel goes in"
contract_kind = "command"
covered_definition = "FillBox"
"#,
);

pub(crate) static EMC611: Example = documents(
    r#"slice = "fill-box"
outcomes = [{ label = "box filled" }]
"#,
    r#"slice = "fill-box"
outcomes = [{ label = "box filled", events = ["BoxFilled"] }]
"#,
);

pub(crate) static EMC612: Example = documents(
    r#"slice = "fill-box"
events = [{ name = "BoxFilled" }]
outcomes = [{ label = "box filled", events = ["BoxFull"] }]
"#,
    r#"slice = "fill-box"
events = [{ name = "BoxFilled" }]
outcomes = [{ label = "box filled", events = ["BoxFilled"] }]
"#,
);

pub(crate) static EMC613: Example = documents(
    r#"slice = "fill-box"

[[outcomes]]
label = "box filled"
events = ["DoorClosed", "BoxFilled"]

[[outcomes]]
label = "last box filled"
events = ["BoxFilled", "DoorClosed"]
"#,
    r#"slice = "fill-box"

[[outcomes]]
label = "box filled"
events = ["BoxFilled", "DoorClosed"]

[[outcomes]]
label = "last box filled"
events = ["BoxFilled", "DoorClosed", "LockerFilled"]
"#,
);

pub(crate) static EMC614: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
events = [{ name = "BoxFilled" }, { name = "BoxRefused" }]
outcomes = [{ label = "box filled", events = ["BoxFilled"] }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
events = [{ name = "BoxFilled" }, { name = "BoxRefused" }]

[[outcomes]]
label = "box filled"
events = ["BoxFilled"]

[[outcomes]]
label = "parcel too large"
events = ["BoxRefused"]
"#,
);

pub(crate) static EMC621: Example = documents(
    r#"slice = "tell-receiver"
kind = "automation"

[[automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"
"#,
    r#"slice = "tell-receiver"
kind = "automation"
events = [{ name = "BoxFilled", observed = true }]

[[automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"
"#,
);

pub(crate) static EMC622: Example = documents(
    r#"slice = "announced-parcels"
kind = "translation"

[[translations]]
name = "CarrierFeed"
external_event = "ParcelOnItsWay"
payload_contract = "CarrierNotice"
"#,
    r#"slice = "announced-parcels"
kind = "translation"

[[translations]]
name = "CarrierFeed"
external_event = "ParcelOnItsWay"
payload_contract = "CarrierNotice"

[[external_payloads]]
name = "CarrierNotice"
fields = [{ name = "parcel_no" }]
"#,
);

pub(crate) static EMC623: Example = told(
    "A payload without a single field. No store can hold it: a payload is recorded \
     by its fields.",
    r#"slice = "announced-parcels"
external_payloads = [{ name = "CarrierNotice", fields = [{ name = "parcel_no" }] }]
"#,
);

pub(crate) static EMC624: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "tell-receiver"
kind = "automation"

[[slices.automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "tell-receiver"
kind = "automation"
commands = [{ name = "SendCode" }]

[[slices.automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"
"#,
);
