//! Examples of `super::super::transitions`.

use super::{Example, documents};

pub(crate) static EMC906: Example = documents(
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }]

[[transitions]]
from = "empty-box"
to = "fill-box"
via = "event"
name = "BoxEmptied"
"#,
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }, { slice = "empty-box" }]

[[transitions]]
from = "empty-box"
to = "fill-box"
via = "event"
name = "BoxEmptied"
"#,
);

pub(crate) static EMC907: Example = documents(
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }]

[[transitions]]
from = "fill-box"
to = "pickup"     # another workflow
via = "event"
name = "BoxFilled"
"#,
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }]

[[transitions]]
from = "fill-box"
to_workflow = "pickup"
via = "event"
name = "BoxFilled"
"#,
);

pub(crate) static EMC908: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"
views = [{ name = "BoxList" }]

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[transitions]]
from = "free-boxes"
to = "fill-box"
via = "command"
name = "FillBox"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[transitions]]
from = "free-boxes"
to = "fill-box"
via = "command"
name = "FillBox"
"#,
);

pub(crate) static EMC909: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "empty-box"
commands = [{ name = "EmptyBox" }]

[[transitions]]
from = "fill-box"
to = "empty-box"
via = "command"
name = "FillBox"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "empty-box"
commands = [{ name = "EmptyBox" }]

[[transitions]]
from = "fill-box"
to = "empty-box"
via = "command"
name = "EmptyBox"
"#,
);

pub(crate) static EMC910: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "free-boxes"

[[transitions]]
from = "fill-box"
to = "free-boxes"
via = "event"
name = "BoxFilled"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "free-boxes"
events = [{ name = "BoxFilled", observed = true }]

[[transitions]]
from = "fill-box"
to = "free-boxes"
via = "event"
name = "BoxFilled"
"#,
);

pub(crate) static EMC911: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "ShowBox"
navigation = { type = "modeled_view", target = "BoxList" }

[[slices]]
slice = "one-box"
views = [{ name = "BoxDetail" }]

[[transitions]]
from = "free-boxes"
to = "one-box"
via = "navigation"
name = "ShowBox"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "ShowBox"
navigation = { type = "modeled_view", target = "BoxDetail" }

[[slices]]
slice = "one-box"
views = [{ name = "BoxDetail" }]

[[transitions]]
from = "free-boxes"
to = "one-box"
via = "navigation"
name = "ShowBox"
"#,
);

pub(crate) static EMC912: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices]]
slice = "one-box"
views = [{ name = "BoxDetail" }]

[[transitions]]
from = "free-boxes"
to = "one-box"
via = "navigation"
name = "ShowBox"
source_control = "ShowBox"
target_view = "BoxDetail"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices]]
slice = "one-box"
views = [{ name = "BoxDetail" }]

[[transitions]]
from = "free-boxes"
to = "one-box"
via = "navigation"
name = "ShowBox"
source_control = "ShowBox"
target_view = "BoxDetail"

[[owned_definitions]]
source_slice = "one-box"
definition_kind = "view"
definition_name = "BoxDetail"
view_role = "entry"
"#,
);

pub(crate) static EMC913: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices]]
slice = "announced-parcels"

[[transitions]]
from = "free-boxes"
to = "announced-parcels"
via = "external_trigger"
name = "ParcelOnItsWay"
payload_contract = "CarrierNotice"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices]]
slice = "announced-parcels"
external_payloads = [{ name = "CarrierNotice" }]

[[transitions]]
from = "free-boxes"
to = "announced-parcels"
via = "external_trigger"
name = "ParcelOnItsWay"
payload_contract = "CarrierNotice"
"#,
);

pub(crate) static EMC914: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled" }]

[[transitions]]
from = "fill-box"
to_workflow = "pickup"
via = "outcome"
name = "the box is filled"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled" }]

[[transitions]]
from = "fill-box"
to_workflow = "pickup"
via = "outcome"
name = "box filled"
"#,
);

pub(crate) static EMC915: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[transitions]]
from = "fill-box"
to_workflow = "returns"
via = "outcome"
name = "BoxTaken"
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "ParcelRefused" }]
outcomes = [{ label = "no box left", events = ["ParcelRefused"] }]

[[slices.commands]]
name = "FillBox"
emitted_events = ["ParcelRefused"]
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[transitions]]
from = "fill-box"
to_workflow = "returns"
via = "outcome"
name = "no box left"
"#,
);

pub(crate) static EMC916: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled", externally_relevant = true }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled", externally_relevant = true }]

[[transitions]]
from = "fill-box"
to_workflow = "pickup"
via = "outcome"
name = "box filled"
"#,
);

pub(crate) static EMC922: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[transitions]]
from = "free-boxes"
to = "fill-box"
via = "command"
name = "FillBox"
"#,
);
