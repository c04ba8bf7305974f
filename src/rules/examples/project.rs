//! Examples of `super::super::project`.

use super::{Example, documents, told};

pub(crate) static EMC951: Example = told(
    "Two branches each added a slice `free-boxes`, one to the workflow `deposit` \
     and one to `pickup`, and after the merge both are there.",
    r#"workflows = [
  { workflow = "deposit", slices = [{ slice = "free-boxes" }] },
  { workflow = "pickup", slices = [{ slice = "full-boxes" }] },
]
"#,
);

pub(crate) static EMC952: Example = documents(
    r#"workflow = "deposit"
slices = [{ slice = "fill-box" }]

[[transitions]]
from = "fill-box"
to_workflow = "pick-up"
via = "event"
name = "BoxFilled"
"#,
    r#"[[workflows]]
workflow = "deposit"
slices = [{ slice = "fill-box" }]

[[workflows.transitions]]
from = "fill-box"
to_workflow = "pickup"
via = "event"
name = "BoxFilled"

[[workflows]]
workflow = "pickup"
"#,
);
