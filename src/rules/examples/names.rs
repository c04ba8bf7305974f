//! Examples of `super::super::names`.

use super::{Example, documents};

pub(crate) static EMC001: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
inputs = [{ name = "size" }, { name = "size" }]
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
inputs = [{ name = "box_size" }, { name = "parcel_size" }]
"#,
);

pub(crate) static EMC002: Example = documents(
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
inputs = [{ name = "box_no" }]

[[data_flows]]
datum = "number"     # before the input was renamed
target = "FillBox"
bit_encoding = "u8"
"#,
    r#"slice = "fill-box"

[[commands]]
name = "FillBox"
inputs = [{ name = "box_no" }]

[[data_flows]]
datum = "box_no"
target = "FillBox"
bit_encoding = "u8"
"#,
);

pub(crate) static EMC003: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"
commands = [{ name = "OpenBox" }]

[[slices]]
slice = "empty-box"
kind = "state_change"
commands = [{ name = "OpenBox" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
kind = "state_change"
commands = [{ name = "FillBox" }]

[[slices]]
slice = "empty-box"
kind = "state_change"
commands = [{ name = "EmptyBox" }]
"#,
);

pub(crate) static EMC004: Example = documents(
    r#"workflow = "deposit"

[[outcomes]]
source_slice = "fill-box"
label = "box filled"
externally_relevant = true

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled" }]
"#,
    r#"workflow = "deposit"

[[outcomes]]
source_slice = "fill-box"
label = "box filled"
externally_relevant = true

[[slices]]
slice = "fill-box"
outcomes = [{ label = "box filled", externally_relevant = true }]
"#,
);

pub(crate) static EMC010: Example = documents(
    r#"slice = "fill-box"
events = [{ name = "BoxFill" }]
"#,
    r#"slice = "fill-box"
events = [{ name = "BoxFilled" }]
"#,
);

pub(crate) static EMC011: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "BoxFilled" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
"#,
);

pub(crate) static EMC012: Example = documents(
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "refill-box"
events = [{ name = "box_filled" }]
"#,
    r#"workflow = "deposit"

[[slices]]
slice = "fill-box"
events = [{ name = "BoxFilled" }]

[[slices]]
slice = "refill-box"
events = [{ name = "BoxFilled" }]
"#,
);
