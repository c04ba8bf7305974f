//! Examples of `super::super::read_models`.

use super::{Example, documents, told};

pub(crate) static EMC401: Example = told(
    "A read model without a single field. No store can hold it: a read model is \
     recorded by its fields.",
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes", fields = [{ name = "box_no" }] }]
"#,
);

pub(crate) static EMC402: Example = documents(
    r#"slice = "free-boxes"

[[events]]
name = "BoxFilled"
observed = true
attributes = [{ name = "box_no" }]

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "box_no"
source_kind = "event_attribute"
source_event = "BoxFilled"
source_attribute = "number"
"#,
    r#"slice = "free-boxes"

[[events]]
name = "BoxFilled"
observed = true
attributes = [{ name = "box_no" }]

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "box_no"
source_kind = "event_attribute"
source_event = "BoxFilled"
source_attribute = "box_no"
"#,
);

pub(crate) static EMC403: Example = documents(
    r#"slice = "free-boxes"

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "count"
source_kind = "derivation"
derivation_source_fields = ["BoxFilled.box_no"]
derivation_rule = "boxes that are not filled"
derivation_scenario = "Two of three boxes filled"
"#,
    r#"slice = "free-boxes"

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "count"
source_kind = "derivation"
derivation_source_fields = ["BoxFilled.box_no"]
derivation_rule = "boxes that are not filled"
derivation_scenario = "Two of three boxes filled"

[[scenarios]]
kind = "contract"
contract_kind = "derivation"
covered_definition = "count"
name = "Two of three boxes filled"
given = "Three boxes, two of them filled"
when = "The list is shown"
then = "The count is 1"
"#,
);

pub(crate) static EMC404: Example = documents(
    r#"slice = "locker-groups"

[[read_models]]
name = "LockersOfGroup"
transitive = true
transitive_rule = "a locker belongs to its group and to the groups above it"
example_scenario = "A locker in a group of a group"
relationship_fields = ["parent_group"]
fields = [{ name = "group" }]     # and no parent_group
"#,
    r#"slice = "locker-groups"

[[read_models]]
name = "LockersOfGroup"
transitive = true
transitive_rule = "a locker belongs to its group and to the groups above it"
example_scenario = "A locker in a group of a group"
relationship_fields = ["parent_group"]
fields = [{ name = "group" }, { name = "parent_group" }]

[[scenarios]]
kind = "contract"
contract_kind = "transitive"
covered_definition = "LockersOfGroup"
name = "A locker in a group of a group"
given = "Group a in group b, and a locker in a"
when = "The lockers of b are listed"
then = "The locker is among them"
"#,
);

pub(crate) static EMC405: Example = documents(
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes" }]
"#,
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes" }]

[[scenarios]]
kind = "contract"
contract_kind = "projector"
covered_definition = "FreeBoxes"
name = "A box is filled"
given = "Boxes 1 and 2 are free"
when = "BoxFilled is recorded for box 1"
then = "Box 2 alone is free"
"#,
);

pub(crate) static EMC406: Example = documents(
    r#"slice = "free-boxes"

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "free"
source_kind = "derivation"
derivation_source_fields = ["taken"]

[[read_models.fields]]
name = "taken"
source_kind = "derivation"
derivation_source_fields = ["free"]
"#,
    r#"slice = "free-boxes"
events = [{ name = "BoxFilled", attributes = [{ name = "box_no" }] }]

[[read_models]]
name = "FreeBoxes"

[[read_models.fields]]
name = "free"
source_kind = "derivation"
derivation_source_fields = ["taken"]

[[read_models.fields]]
name = "taken"
source_kind = "derivation"
derivation_source_fields = ["BoxFilled.box_no"]
"#,
);

pub(crate) static EMC410: Example = documents(
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes" }, { name = "FullBoxes" }]

[[views]]
name = "BoxList"
fields = [{ name = "box_no", source_read_model = "FreeBoxes" }]
"#,
    r#"slice = "free-boxes"
read_models = [{ name = "FreeBoxes" }]

[[views]]
name = "BoxList"
fields = [{ name = "box_no", source_read_model = "FreeBoxes" }]
"#,
);

pub(crate) static EMC411: Example = documents(
    r#"slice = "free-boxes"

[[read_models]]
name = "FreeBoxes"
fields = [{ name = "box_no" }, { name = "size" }]

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"
source_read_model = "FreeBoxes"
source_field = "box_no"
"#,
    r#"slice = "free-boxes"

[[read_models]]
name = "FreeBoxes"
fields = [{ name = "box_no" }]

[[views]]
name = "BoxList"

[[views.fields]]
name = "box_no"
source_read_model = "FreeBoxes"
source_field = "box_no"
"#,
);
