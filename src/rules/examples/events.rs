//! Examples of `super::super::events`.

use super::{Example, documents, told};

pub(crate) static EMC201: Example = told(
    "An event on the stream `box` in a slice whose streams are `parcel` only. \
     No store can hold it: the streams of a slice are those of its events.",
    r#"slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]
"#,
);

pub(crate) static EMC202: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
events = [{ name = "BoxFilled" }, { name = "DoorClosed" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
events = [{ name = "BoxFilled" }, { name = "DoorClosed", observed = true }]
"#,
);

pub(crate) static EMC203: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled", "DoorClosed"] }]
events = [{ name = "BoxFilled" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled", "DoorClosed"] }]
events = [{ name = "BoxFilled" }, { name = "DoorClosed" }]
"#,
);

pub(crate) static EMC204: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "box_no" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "size"
source_kind = "command_input"
source_name = "size"
source_field = "size"
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "box_no" }, { name = "size" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "size"
source_kind = "command_input"
source_name = "size"
source_field = "size"
"#,
);

pub(crate) static EMC205: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "size" }, { name = "days" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "price"
source_kind = "derivation"
source_name = "what it costs"
source_field = "price"
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
emitted_events = ["BoxFilled"]
inputs = [{ name = "size" }, { name = "days" }]

[[events]]
name = "BoxFilled"

[[events.attributes]]
name = "price"
source_kind = "derivation"
source_name = "size, days"
source_field = "price"
"#,
);

pub(crate) static EMC206: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "announced-parcels"
kind = "translation"

[[slices.external_payloads]]
name = "CarrierNotice"
fields = [{ name = "parcel_no", bit_encoding = "ASCII, 12 digits" }]

[[slices.events]]
name = "ParcelAnnounced"

[[slices.events.attributes]]
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
fields = [{ name = "parcel_no", bit_encoding = "ASCII, 12 digits" }]

[[slices.events]]
name = "ParcelAnnounced"

[[slices.events.attributes]]
name = "parcel_no"
source_kind = "external_payload"
source_name = "CarrierNotice"
source_field = "parcel_no"
"#,
);

pub(crate) static EMC207: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "free-boxes"
events = [{ name = "BoxesFilled", observed = true }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "free-boxes"
events = [{ name = "BoxFilled", observed = true }]
"#,
);

pub(crate) static EMC208: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.events]]
name = "BoxFilled"
attributes = [{ name = "box_no" }]

[[slices]]
slice = "free-boxes"

[[slices.events]]
name = "BoxFilled"
observed = true
attributes = [{ name = "box_no" }, { name = "size" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.events]]
name = "BoxFilled"
attributes = [{ name = "box_no" }, { name = "size" }]

[[slices]]
slice = "free-boxes"

[[slices.events]]
name = "BoxFilled"
observed = true
attributes = [{ name = "box_no" }, { name = "size" }]
"#,
);

pub(crate) static EMC209: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[slices]]
slice = "refill-box"
events = [{ name = "BoxFilled", stream = "courier" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled", stream = "box" }]

[[slices]]
slice = "refill-box"
events = [{ name = "BoxFilled", stream = "box" }]
"#,
);

pub(crate) static EMC211: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "free-boxes"
events = [{ name = "BoxFilled", observed = true }]
"#,
);

pub(crate) static EMC212: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.events]]
name = "BoxFilled"
attributes = [{ name = "box_no" }, { name = "courier" }]

[[slices]]
slice = "free-boxes"

[[slices.read_models]]
name = "FreeBoxes"

[[slices.read_models.fields]]
name = "box_no"
source_event = "BoxFilled"
source_attribute = "box_no"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.events]]
name = "BoxFilled"
attributes = [{ name = "box_no" }]

[[slices]]
slice = "free-boxes"

[[slices.read_models]]
name = "FreeBoxes"

[[slices.read_models.fields]]
name = "box_no"
source_event = "BoxFilled"
source_attribute = "box_no"
"#,
);
