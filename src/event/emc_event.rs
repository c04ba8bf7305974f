//! The 57 events.

use super::{
    Address, Automation, BoardConnection, BoardElement, CommandDefinition, Connection, Control,
    DataFlow, EventDefinition, ExternalPayload, LifecycleEntry, Outcome, OwnedDefinition,
    ReadModel, Readiness, Review, Scenario, SliceFact, Text, TransitionEvidence, TransitionKey,
    Translation, View, WorkflowCommandError, WorkflowOutcome,
    codec::{DecodeError, Form, Keys, Name, Problem, Record, Writer},
    vocabulary::SliceKind,
};

/// Declare the events. For each: the form in which it is written, what it is
/// about, its name, and its fields. A field with a text behind it is a record
/// whose keys stand among those of the event, with that text in front of them.
macro_rules! events {
    (
        records { $( $rform:ident $raddress:ident($rabout:ident) $rname:ident($record:ident) ),* $(,)? }
        fields { $(
            $form:ident $address:ident($about:ident) $name:ident {
                $( $field:ident : $type:ty $(= $prefix:literal)? ),* $(,)?
            }
        ),* $(,)? }
    ) => {
        /// An event of the model. `slice` and `workflow` are slugs. Where a fact is
        /// addressed by all its values, `old` is the address and `new` what replaces it.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // The variants and their fields are the words of the wire.
        pub enum EmcEvent {
            $( $name { $( $field: $type ),* }, )*
            $( $rname($record), )*
        }

        impl EmcEvent {
            /// The names of the events.
            pub const VARIANTS: &'static [&'static str] = &[
                $( stringify!($name), )* $( stringify!($rname), )*
            ];

            /// The name of the event.
            pub fn variant(&self) -> &'static str {
                match self {
                    $( Self::$name { .. } => stringify!($name), )*
                    $( Self::$rname(_) => stringify!($rname), )*
                }
            }

            /// What the event is about.
            pub fn address(&self) -> Address<&str> {
                match self {
                    $( Self::$name { $about, .. } => address!($address, $about), )*
                    $( Self::$rname($record { $rabout, .. }) => address!($raddress, $rabout), )*
                }
            }

            /// The name of the event, and what it is about, without the rest of it.
            pub(super) fn read_address(
                variant: &str,
                keys: &Keys<'_>,
            ) -> Result<(&'static str, Address<Text>), DecodeError> {
                let about = |key| keys.value::<Text>(Name::same(key));
                Ok(match variant {
                    $( stringify!($name) => {
                        let $about = about(stringify!($about))?;
                        (stringify!($name), address!($address, $about))
                    } )*
                    $( stringify!($rname) => {
                        let $rabout = about(stringify!($rabout))?;
                        (stringify!($rname), address!($raddress, $rabout))
                    } )*
                    _ => return Err(DecodeError::new(Problem::UnknownEvent)),
                })
            }

            pub(super) fn read(variant: &str, keys: &Keys<'_>) -> Result<Self, DecodeError> {
                Ok(match variant {
                    $( stringify!($name) => Self::$name {
                        $( $field: field!(read keys $field $($prefix)?) ),*
                    }, )*
                    $( stringify!($rname) => Self::$rname($record::read(keys)?), )*
                    _ => return Err(DecodeError::new(Problem::UnknownEvent)),
                })
            }

            pub(super) fn form(&self) -> Form {
                match self {
                    $( Self::$name { .. } => Form::$form, )*
                    $( Self::$rname(_) => Form::$rform, )*
                }
            }

            pub(super) fn write<'a>(&'a self, out: &mut Writer<'a>) {
                match self {
                    $( Self::$name { $( $field ),* } => {
                        $( field!(write out $field $($prefix)?); )*
                    } )*
                    $( Self::$rname(record) => record.write(out), )*
                }
            }
        }
    };
}

macro_rules! address {
    (Project, $about:ident) => {{
        let _ = $about;
        Address::Project
    }};
    ($kind:ident, $about:ident) => {
        Address::$kind($about)
    };
}

macro_rules! field {
    (read $keys:ident $field:ident) => {
        $keys.value(Name::same(stringify!($field)))?
    };
    (read $keys:ident $field:ident $prefix:literal) => {
        Record::read(&$keys.prefixed($prefix))?
    };
    (write $out:ident $field:ident) => {
        $out.value(Name::same(stringify!($field)), $field)
    };
    (write $out:ident $field:ident $prefix:literal) => {
        $out.record($prefix, $field)
    };
}

events! {
    records {
        Plain Record(workflow) ReviewRecorded(Review),
        Plain Record(workflow) WorkflowReadinessDeclared(Readiness),
    }
    fields {
        Plain Project(name) ProjectInitialized { name: Text },
        Plain Record(conflict_id) ConflictResolved { conflict_id: Text, chosen_event_id: Text },
        Plain Workflow(slug) WorkflowAdded { slug: Text, name: Text, description: Text },
        Plain Workflow(slug) WorkflowUpdated { slug: Text, name: Text, description: Text },
        Plain Workflow(slug) WorkflowRemoved { slug: Text },
        Plain Workflow(workflow) WorkflowConnected { workflow: Text, connection: Connection = "" },
        Body Workflow(workflow) WorkflowTransitionUpdated {
            workflow: Text, old: TransitionKey = "", new: Connection = "new_"
        },
        Plain Workflow(workflow) WorkflowTransitionRemoved { workflow: Text, old: TransitionKey = "" },
        Plain Workflow(workflow) WorkflowOutcomeAdded { workflow: Text, new: WorkflowOutcome = "" },
        Body Workflow(workflow) WorkflowOutcomeUpdated {
            workflow: Text, old: WorkflowOutcome = "", new: WorkflowOutcome = "new_"
        },
        Body Workflow(workflow) WorkflowOutcomeRemoved { workflow: Text, old: WorkflowOutcome = "" },
        Plain Workflow(workflow) WorkflowCommandErrorAdded { workflow: Text, new: WorkflowCommandError = "" },
        Body Workflow(workflow) WorkflowCommandErrorUpdated {
            workflow: Text, old: WorkflowCommandError = "", new: WorkflowCommandError = "new_"
        },
        Body Workflow(workflow) WorkflowCommandErrorRemoved { workflow: Text, old: WorkflowCommandError = "" },
        Plain Workflow(workflow) WorkflowOwnedDefinitionAdded { workflow: Text, new: OwnedDefinition = "" },
        Body Workflow(workflow) WorkflowOwnedDefinitionUpdated {
            workflow: Text, old: OwnedDefinition = "", new: OwnedDefinition = "new_"
        },
        Body Workflow(workflow) WorkflowOwnedDefinitionRemoved { workflow: Text, old: OwnedDefinition = "" },
        Plain Workflow(workflow) WorkflowTransitionEvidenceAdded { workflow: Text, new: TransitionEvidence = "" },
        Body Workflow(workflow) WorkflowTransitionEvidenceUpdated {
            workflow: Text, old: TransitionEvidence = "", new: TransitionEvidence = "new_"
        },
        Body Workflow(workflow) WorkflowTransitionEvidenceRemoved { workflow: Text, old: TransitionEvidence = "" },
        Plain Workflow(workflow) WorkflowEntryLifecycleCoverageRequired { workflow: Text },
        Plain Workflow(workflow) WorkflowEntryLifecycleCoverageRemoved { workflow: Text },
        Plain Workflow(workflow) WorkflowEntryLifecycleStateAdded { workflow: Text, new: LifecycleEntry = "" },
        Body Workflow(workflow) WorkflowEntryLifecycleStateUpdated {
            workflow: Text, old: LifecycleEntry = "previous_", new: LifecycleEntry = ""
        },
        Body Workflow(workflow) WorkflowEntryLifecycleStateRemoved { workflow: Text, old: LifecycleEntry = "" },
        Plain Slice(slug) SliceAdded { workflow: Text, slug: Text, name: Text, kind: SliceKind, description: Text },
        Plain Slice(slug) SliceUpdated { slug: Text, name: Text, kind: SliceKind, description: Text },
        Plain Slice(slug) SliceRemoved { slug: Text },
        Body Fact(slice) SliceFactAdded { slice: Text, fact: SliceFact = "" },
        Body Fact(slice) SliceScenarioUpdated { slice: Text, new: Scenario = "" },
        Body Fact(slice) SliceScenarioRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceOutcomeDefinitionUpdated { slice: Text, new: Outcome = "" },
        Body Fact(slice) SliceOutcomeDefinitionRemoved { slice: Text, label: Text },
        Body Fact(slice) SliceExternalPayloadDefinitionUpdated { slice: Text, new: ExternalPayload = "" },
        Body Fact(slice) SliceExternalPayloadDefinitionRemoved { slice: Text, name: Text, field: Text },
        Body Fact(slice) SliceEventDefinitionUpdated { slice: Text, new: EventDefinition = "" },
        Body Fact(slice) SliceEventDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceCommandDefinitionUpdated { slice: Text, new: CommandDefinition = "" },
        Body Fact(slice) SliceCommandDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceReadModelDefinitionUpdated { slice: Text, new: ReadModel = "" },
        Body Fact(slice) SliceReadModelDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceViewDefinitionUpdated { slice: Text, new: View = "" },
        Body Fact(slice) SliceViewDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceViewControlUpdated { slice: Text, view: Text, control: Control },
        Body Fact(slice) SliceViewControlRemoved { slice: Text, view: Text, name: Text },
        Body Fact(slice) SliceTranslationDefinitionUpdated { slice: Text, new: Translation = "" },
        Body Fact(slice) SliceTranslationDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceAutomationDefinitionUpdated { slice: Text, new: Automation = "" },
        Body Fact(slice) SliceAutomationDefinitionRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceBoardElementUpdated { slice: Text, new: BoardElement = "" },
        Body Fact(slice) SliceBoardElementRemoved { slice: Text, name: Text },
        Body Fact(slice) SliceBoardConnectionUpdated {
            slice: Text, old: BoardConnection = "", new: BoardConnection = "new_"
        },
        Body Fact(slice) SliceBoardConnectionRemoved { slice: Text, old: BoardConnection = "" },
        Body Fact(slice) SliceBitLevelDataFlowUpdated { slice: Text, old: DataFlow = "", new: DataFlow = "new_" },
        Body Fact(slice) SliceBitLevelDataFlowRemoved { slice: Text, old: DataFlow = "" },
    }
}
