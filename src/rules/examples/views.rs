//! Examples of `super::super::views`.

use super::{Example, documents};

pub(crate) static EMC502: Example = documents(
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[views]]
name = "BoxList"
fields = [{ name = "box_no", source_read_model = "AllBoxes" }]
"#,
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[views]]
name = "BoxList"
fields = [{ name = "box_no", source_read_model = "FreeBoxes" }]
"#,
);

pub(crate) static EMC503: Example = documents(
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[views]]
name = "BoxList"

[[views.fields]]
name = "number"
source_read_model = "FreeBoxes"
source_field = "number"
"#,
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]

[[views]]
name = "BoxList"

[[views.fields]]
name = "number"
source_read_model = "FreeBoxes"
source_field = "box_no"
"#,
);

pub(crate) static EMC507: Example = documents(
    r#"slice = "free-boxes"

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"

[[views.fields.controls]]
name = "Fill"
input = { name = "box_no", decision_field = true, visible_to_actor = false }
"#,
    r#"slice = "free-boxes"

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"

[[views.fields.controls]]
name = "Fill"
input = { name = "box_no", decision_field = true, visible_to_actor = true }
"#,
);

pub(crate) static EMC508: Example = documents(
    r#"slice = "free-boxes"

[[views]]
name = "BoxList"
filters = ["small boxes"]

[[views.fields]]
name = "box_no"

[[views.fields.controls]]
name = "ShowSmall"
navigation = { type = "local_view_state", target = "small" }
"#,
    r#"slice = "free-boxes"

[[views]]
name = "BoxList"
filters = ["small boxes"]

[[views.fields]]
name = "box_no"

[[views.fields.controls]]
name = "ShowSmall"
navigation = { type = "local_view_state", target = "small boxes" }
"#,
);
