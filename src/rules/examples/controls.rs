//! Examples of `super::super::controls`.

use super::{Example, documents};

pub(crate) static EMC521: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillABox" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]
"#,
);

pub(crate) static EMC522: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
inputs = [{ name = "box_no", source_kind = "actor" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "Fill"
command = "FillBox"
input = { name = "number", source_kind = "actor" }
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
inputs = [{ name = "box_no", source_kind = "actor" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "Fill"
command = "FillBox"
input = { name = "box_no", source_kind = "actor" }
"#,
);

pub(crate) static EMC523: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"

[[slices.commands.inputs]]
name = "courier"
source_kind = "session"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "Fill"
command = "FillBox"
input = { name = "courier", source_kind = "actor" }     # anybody can type it
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"

[[slices.commands.inputs]]
name = "courier"
source_kind = "session"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "Fill"
command = "FillBox"
input = { name = "courier", source_kind = "session" }
"#,
);

pub(crate) static EMC524: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"
controls = [{ name = "Fill", command = "FillBox" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "Fill"
command = "FillBox"
handled_errors = ["BoxTaken"]
recovery_behavior = "stay_on_screen"
"#,
);

pub(crate) static EMC525: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[slices]]
slice = "refill"

[[slices.automations]]
name = "Refill"
trigger = "BoxEmptied"
command = "FillBox"
handled_errors = ["BoxTaken", "BoxFull"]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"

[[slices.commands]]
name = "FillBox"
errors = [{ name = "BoxTaken", scenario = "Two couriers" }]

[[slices]]
slice = "refill"

[[slices.automations]]
name = "Refill"
trigger = "BoxEmptied"
command = "FillBox"
handled_errors = ["BoxTaken"]
"#,
);

pub(crate) static EMC526: Example = documents(
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
"#,
);

pub(crate) static EMC527: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "free-boxes"

[[slices.views]]
name = "BoxList"

[[slices.views.fields]]
name = "box_no"

[[slices.views.fields.controls]]
name = "PickUp"
navigation = { type = "external_workflow", target = "pickup", external_workflow = "pickup" }
"#,
    r#"[[workflows]]
workflow = "deposit"

[[workflows.slices]]
slice = "free-boxes"

[[workflows.slices.views]]
name = "BoxList"

[[workflows.slices.views.fields]]
name = "box_no"

[[workflows.slices.views.fields.controls]]
name = "PickUp"
navigation = { type = "external_workflow", target = "pickup", external_workflow = "pickup" }

[[workflows]]
workflow = "pickup"
"#,
);
