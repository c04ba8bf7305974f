//! Examples of `super::super::kinds`.

use super::{Example, documents};

pub(crate) static EMC101: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]
views = [{ name = "BoxList" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "free-boxes"
kind = "state_view"
views = [{ name = "BoxList" }]
"#,
);

pub(crate) static EMC102: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
events = [{ name = "BoxFilled" }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
events = [{ name = "BoxFilled" }]
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
"#,
);

pub(crate) static EMC103: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
events = [{ name = "BoxFilled" }]
"#,
);

pub(crate) static EMC104: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
outcomes = [{ label = "box filled", events = ["BoxFilled"] }]
"#,
);

pub(crate) static EMC105: Example = documents(
    r#"slice = "free-boxes"
kind = "state_view"
read_models = [{ name = "FreeBoxes" }]
"#,
    r#"slice = "free-boxes"
kind = "state_view"
read_models = [{ name = "FreeBoxes" }]
views = [{ name = "BoxList" }]
"#,
);

pub(crate) static EMC106: Example = documents(
    r#"slice = "free-boxes"
kind = "state_view"
views = [{ name = "BoxList" }]
"#,
    r#"slice = "free-boxes"
kind = "state_view"
views = [{ name = "BoxList" }]
read_models = [{ name = "FreeBoxes" }]
"#,
);

pub(crate) static EMC107: Example = documents(
    r#"slice = "notify"
kind = "automation"

[[automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"

[[automations]]
name = "TellCourier"
trigger = "BoxEmptied"
command = "SendReceipt"
"#,
    r#"slice = "tell-receiver"
kind = "automation"

[[automations]]
name = "TellReceiver"
trigger = "BoxFilled"
command = "SendCode"
"#,
);

pub(crate) static EMC108: Example = documents(
    r#"slice = "announced-parcels"
kind = "translation"
commands = [{ name = "AnnounceParcel" }]
"#,
    r#"slice = "announced-parcels"
kind = "translation"
commands = [{ name = "AnnounceParcel" }]

[[translations]]
name = "CarrierFeed"
external_event = "ParcelOnItsWay"
payload_contract = "CarrierNotice"
command = "AnnounceParcel"
"#,
);

pub(crate) static EMC110: Example = documents(
    r#"slice = "boxes"
kind = "state_change"
commands = [{ name = "FillBox" }, { name = "EmptyBox" }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]
"#,
);

pub(crate) static EMC111: Example = documents(
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]
"#,
    r#"slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]

[[scenarios]]
kind = "acceptance"
name = "A parcel goes in"
given = "A free box"
when = "The courier puts a parcel in and closes the door"
then = "The screen says that the receiver will be told"
"#,
);
