//! Examples of `super::super::board`.

use super::{Example, documents};

pub(crate) static EMC801: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
board_elements = [{ name = "StoreParcel", kind = "command", declared_name = "StoreParcel" }]
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
board_elements = [{ name = "StoreParcel", kind = "command", declared_name = "FillBox" }]
"#,
);

pub(crate) static EMC802: Example = documents(
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_connections]]
source = "FillBox"
source_kind = "command"
target = "BoxFilled"
target_kind = "event"
"#,
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_elements]]
name = "BoxFilled"
kind = "event"

[[board_connections]]
source = "FillBox"
source_kind = "command"
target = "BoxFilled"
target_kind = "event"
"#,
);

pub(crate) static EMC803: Example = documents(
    r#"slice = "free-boxes"

[[board_elements]]
name = "BoxFilled"
kind = "event"

[[board_elements]]
name = "BoxList"
kind = "view"

[[board_connections]]
source = "BoxFilled"
source_kind = "event"
target = "BoxList"
target_kind = "view"
"#,
    r#"slice = "free-boxes"

[[board_elements]]
name = "BoxFilled"
kind = "event"

[[board_elements]]
name = "FreeBoxes"
kind = "read_model"

[[board_connections]]
source = "BoxFilled"
source_kind = "event"
target = "FreeBoxes"
target_kind = "read_model"
"#,
);

pub(crate) static EMC804: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
events = [{ name = "BoxFilled" }]

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_elements]]
name = "BoxFilled"
kind = "event"

[[board_connections]]
source = "FillBox"
source_kind = "command"
target = "BoxFilled"
target_kind = "event"
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox", emitted_events = ["BoxFilled"] }]
events = [{ name = "BoxFilled" }]

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_elements]]
name = "BoxFilled"
kind = "event"

[[board_connections]]
source = "FillBox"
source_kind = "command"
target = "BoxFilled"
target_kind = "event"
"#,
);

pub(crate) static EMC805: Example = documents(
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"
"#,
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_connections]]
source = "deposit"
source_kind = "workflow_trigger"
target = "FillBox"
target_kind = "command"
"#,
);

pub(crate) static EMC806: Example = documents(
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"
main_path = true

[[board_elements]]
name = "BoxFilled"
kind = "event"
main_path = true
"#,
    r#"slice = "fill-box"

[[board_elements]]
name = "FillBox"
kind = "command"
main_path = true

[[board_elements]]
name = "BoxFilled"
kind = "event"
main_path = true

[[board_connections]]
source = "FillBox"
source_kind = "command"
target = "BoxFilled"
target_kind = "event"
"#,
);

pub(crate) static EMC807: Example = documents(
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
events = [{ name = "BoxFilled" }]

[[board_elements]]
name = "FillBox"
kind = "command"
"#,
    r#"slice = "fill-box"
commands = [{ name = "FillBox" }]
events = [{ name = "BoxFilled" }]

[[board_elements]]
name = "FillBox"
kind = "command"

[[board_elements]]
name = "BoxFilled"
kind = "event"
"#,
);

pub(crate) static EMC808: Example = documents(
    r#"slice = "fill-box"

[[board_elements]]
name = "BoxFilled"
kind = "event"
lane = "actions"
"#,
    r#"slice = "fill-box"

[[board_elements]]
name = "BoxFilled"
kind = "event"
lane = "events"
"#,
);
