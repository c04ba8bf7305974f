//! Which fields of a document are lists of elements, sets, or only valid
//! together.

use serde_json::Value;

/// How a field is merged. A field that is not listed is one value.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// Texts without an order that matters.
    Texts,
    /// Fields that are merged one by one.
    Table(&'static Kind),
    /// Elements or members.
    List(&'static Kind),
}

/// A kind of element or member.
pub(super) struct Kind {
    /// What a person calls it; empty for a member, which is called by its list.
    pub(super) noun: &'static str,
    /// The fields that say which one it is, each with what stands before it.
    pub(super) label: &'static [(&'static str, &'static str)],
    /// Whether one that is gone and one that is new may be the same.
    pub(super) renames: bool,
    /// The fields that are more than one value.
    pub(super) shapes: &'static [(&'static str, Shape)],
    /// Fields that count as one. A field that an earlier group took is in no
    /// later one.
    pub(super) groups: &'static [Group],
    /// The list that must not be empty.
    pub(super) needs: Option<&'static str>,
}

/// Fields that are only valid together.
pub(super) struct Group {
    /// Where it is set, they are one value only if the branches differ in it.
    pub(super) tag: Option<&'static str>,
    pub(super) fields: &'static [&'static str],
}

impl Kind {
    /// What tells one from the others of its list.
    pub(super) fn label(&self, value: &Value) -> String {
        let mut label = String::new();
        for (before, field) in self.label {
            if let Some(Value::String(text)) = value.get(field) {
                label.push_str(before);
                label.push_str(text);
            }
        }
        label
    }

    pub(super) fn shape(&self, field: &str) -> Option<Shape> {
        self.shapes
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, shape)| *shape)
    }

    /// Whether `after` is `before` under another name: one field of the label
    /// differs, and it is not the only thing they say.
    pub(super) fn renamed(&self, before: &Value, after: &Value) -> bool {
        let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
            return false;
        };
        let in_label = |field: &String| self.label.iter().any(|(_, name)| name == field);
        let mut called = 0usize;
        let mut same = 0usize;
        for field in before.keys() {
            match (in_label(field), before.get(field) == after.get(field)) {
                (true, false) => called += 1,
                (_, true) => same += 1,
                (false, false) => return false,
            }
        }
        let none_new = after.keys().all(|field| before.contains_key(field));
        self.renames && none_new && called == 1 && same > 0
    }
}

const NAME: &[(&str, &str)] = &[("", "name")];

/// A kind that is nothing but its fields.
const PLAIN: Kind = Kind {
    noun: "",
    label: NAME,
    renames: true,
    shapes: &[],
    groups: &[],
    needs: None,
};

static ERROR: Kind = PLAIN;
static PAYLOAD_FIELD: Kind = PLAIN;
static CONTROL_INPUT: Kind = PLAIN;

static INPUT: Kind = Kind {
    groups: &[Group {
        tag: Some("source_kind"),
        fields: &["source_kind", "source_name", "source_field"],
    }],
    ..PLAIN
};

static ATTRIBUTE: Kind = Kind {
    groups: &[Group {
        tag: Some("source_kind"),
        fields: &[
            "source_kind",
            "source_name",
            "source_field",
            "generated_source_kind",
        ],
    }],
    ..PLAIN
};

static READ_MODEL_FIELD: Kind = Kind {
    shapes: &[("derivation_source_fields", Shape::Texts)],
    groups: &[Group {
        tag: Some("source_kind"),
        fields: &[
            "source_kind",
            "source_event",
            "source_attribute",
            "derivation_rule",
            "derivation_scenario",
            "derivation_source_fields",
            "absence_event",
            "absence_scenario",
        ],
    }],
    ..PLAIN
};

static CONTROL: Kind = Kind {
    shapes: &[
        ("handled_errors", Shape::Texts),
        ("input", Shape::Table(&CONTROL_INPUT)),
    ],
    ..PLAIN
};

static VIEW_FIELD: Kind = Kind {
    shapes: &[("controls", Shape::List(&CONTROL))],
    ..PLAIN
};

static COMMAND: Kind = Kind {
    noun: "command",
    shapes: &[
        ("emitted_events", Shape::Texts),
        ("observed_streams", Shape::Texts),
        ("errors", Shape::List(&ERROR)),
        ("inputs", Shape::List(&INPUT)),
    ],
    needs: Some("inputs"),
    ..PLAIN
};

static EVENT: Kind = Kind {
    noun: "event",
    shapes: &[("attributes", Shape::List(&ATTRIBUTE))],
    groups: &[Group {
        tag: None,
        fields: &["observed", "shared"],
    }],
    needs: Some("attributes"),
    ..PLAIN
};

static READ_MODEL: Kind = Kind {
    noun: "read model",
    shapes: &[
        ("relationship_fields", Shape::Texts),
        ("fields", Shape::List(&READ_MODEL_FIELD)),
    ],
    groups: &[Group {
        tag: Some("transitive"),
        fields: &[
            "transitive",
            "transitive_rule",
            "example_scenario",
            "relationship_fields",
        ],
    }],
    needs: Some("fields"),
    ..PLAIN
};

static VIEW: Kind = Kind {
    noun: "view",
    shapes: &[
        ("local_states", Shape::Texts),
        ("filters", Shape::Texts),
        ("fields", Shape::List(&VIEW_FIELD)),
    ],
    needs: Some("fields"),
    ..PLAIN
};

static EXTERNAL_PAYLOAD: Kind = Kind {
    noun: "external payload",
    shapes: &[("fields", Shape::List(&PAYLOAD_FIELD))],
    needs: Some("fields"),
    ..PLAIN
};

static AUTOMATION: Kind = Kind {
    noun: "automation",
    shapes: &[("handled_errors", Shape::Texts)],
    ..PLAIN
};

static TRANSLATION: Kind = Kind {
    noun: "translation",
    ..PLAIN
};

static OUTCOME: Kind = Kind {
    noun: "outcome",
    label: &[("", "label")],
    shapes: &[("events", Shape::Texts)],
    ..PLAIN
};

static SCENARIO: Kind = Kind {
    noun: "scenario",
    shapes: &[
        ("read_streams", Shape::Texts),
        ("written_streams", Shape::Texts),
        ("error_references", Shape::Texts),
    ],
    groups: &[Group {
        tag: Some("kind"),
        fields: &["kind", "contract_kind", "covered_definition"],
    }],
    ..PLAIN
};

static DATA_FLOW: Kind = Kind {
    noun: "data flow",
    label: &[("", "datum"), (" from ", "source"), (" to ", "target")],
    renames: false,
    ..PLAIN
};

static BOARD_ELEMENT: Kind = Kind {
    noun: "board element",
    ..PLAIN
};

static BOARD_CONNECTION: Kind = Kind {
    noun: "board connection",
    label: &[
        ("from ", "source_kind"),
        (" ", "source"),
        (" to ", "target_kind"),
        (" ", "target"),
    ],
    renames: false,
    ..PLAIN
};

static LIFECYCLE_STATE: Kind = Kind {
    noun: "entry lifecycle state",
    label: &[("", "state"), (" at ", "step")],
    renames: false,
    ..PLAIN
};

static TRANSITION: Kind = Kind {
    noun: "transition",
    label: &[
        ("", "name"),
        (" from ", "from"),
        (" to ", "to"),
        (" to workflow ", "to_workflow"),
        (" via ", "via"),
    ],
    // A payload contract and a reason exclude each other, and the evidence of a
    // navigation excludes both, and every other kind of transition.
    groups: &[
        Group {
            tag: Some("via"),
            fields: &[
                "via",
                "payload_contract",
                "reason",
                "source_control",
                "target_view",
            ],
        },
        Group {
            tag: None,
            fields: &[
                "payload_contract",
                "reason",
                "source_control",
                "target_view",
            ],
        },
    ],
    ..PLAIN
};

static TRANSITION_EVIDENCE: Kind = Kind {
    noun: "transition evidence",
    label: &[
        ("", "name"),
        (" from ", "from"),
        (" to ", "to"),
        (" via ", "via"),
    ],
    groups: &[Group {
        tag: None,
        fields: &["source_control", "target_view"],
    }],
    ..PLAIN
};

static WORKFLOW_OUTCOME: Kind = Kind {
    noun: "outcome",
    label: &[("", "label"), (" of ", "source_slice")],
    renames: false,
    ..PLAIN
};

static COMMAND_ERROR: Kind = Kind {
    noun: "command error",
    label: &[("", "error"), (" of ", "source_slice"), (" ", "command")],
    renames: false,
    ..PLAIN
};

static OWNED_DEFINITION: Kind = Kind {
    noun: "owned definition",
    label: &[
        ("", "definition_kind"),
        (" ", "definition_name"),
        (" of ", "source_slice"),
    ],
    renames: false,
    groups: &[Group {
        tag: None,
        fields: &[
            "definition_stream",
            "source_provenance",
            "event_participation",
            "view_role",
        ],
    }],
    ..PLAIN
};

/// A workflow without its slices.
pub(super) static WORKFLOW: Kind = Kind {
    noun: "workflow",
    label: &[("", "workflow")],
    // A slug is the name of a stream.
    renames: false,
    shapes: &[
        ("entry_lifecycle_states", Shape::List(&LIFECYCLE_STATE)),
        ("transitions", Shape::List(&TRANSITION)),
        ("transition_evidences", Shape::List(&TRANSITION_EVIDENCE)),
        ("outcomes", Shape::List(&WORKFLOW_OUTCOME)),
        ("command_errors", Shape::List(&COMMAND_ERROR)),
        ("owned_definitions", Shape::List(&OWNED_DEFINITION)),
    ],
    ..PLAIN
};

/// A slice with the slug of its workflow.
pub(super) static SLICE: Kind = Kind {
    noun: "slice",
    label: &[("", "slice")],
    renames: false,
    shapes: &[
        ("views", Shape::List(&VIEW)),
        ("commands", Shape::List(&COMMAND)),
        ("events", Shape::List(&EVENT)),
        ("read_models", Shape::List(&READ_MODEL)),
        ("automations", Shape::List(&AUTOMATION)),
        ("translations", Shape::List(&TRANSLATION)),
        ("external_payloads", Shape::List(&EXTERNAL_PAYLOAD)),
        ("outcomes", Shape::List(&OUTCOME)),
        ("scenarios", Shape::List(&SCENARIO)),
        ("data_flows", Shape::List(&DATA_FLOW)),
        ("board_elements", Shape::List(&BOARD_ELEMENT)),
        ("board_connections", Shape::List(&BOARD_CONNECTION)),
    ],
    ..PLAIN
};

/// What stands above all: the project.
pub(super) static PROJECT: Kind = Kind {
    noun: "project",
    label: &[],
    renames: false,
    ..PLAIN
};
