//! The closed vocabularies of the wire.

/// Declare a closed set of words.
macro_rules! vocabulary {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$word_doc:meta])* $word:ident = $text:literal ),* $(,)? } )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$word_doc])* #[serde(rename = $text)] #[doc = concat!("`", $text, "`")] $word ),*
        }

        impl $name {
            /// Every word, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The word as it stands on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text),* }
            }
        }

        impl crate::event::codec::Value for $name {
            const EXPECTED: &'static str = concat!("one of", $(" `", $text, "`"),*);

            fn read(json: &crate::event::codec::Json<'_>) -> Result<Self, crate::event::DecodeError> {
                crate::event::codec::read_word(json)
            }

            fn write(&self) -> crate::event::codec::Json<'_> {
                crate::event::codec::write_word(self.as_str())
            }
        }

        #[cfg(feature = "author")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($text),*] })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::event::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
                    crate::event::vocabulary::UnknownWord {
                        text: text.to_owned(),
                        known: Self::ALL.iter().map(|word| word.as_str()).collect(),
                    }
                })
            }
        }
    )*};
}

/// A word that is not in its vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word.
    pub text: String,
    /// The words that would have done.
    pub known: Vec<&'static str>,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is none of {}", self.text, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

vocabulary! {
    /// What a slice does.
    SliceKind { StateView = "state_view", StateChange = "state_change", Translation = "translation", Automation = "automation" }
    /// What a transition is triggered by, before it is known whether it leaves the workflow.
    ConnectionKind { Command = "command", Event = "event", Navigation = "navigation", ExternalTrigger = "external_trigger", Outcome = "outcome" }
    /// What a transition is triggered by, exits to other workflows apart.
    TransitionKind {
        Command = "command", Event = "event", Navigation = "navigation", ExternalTrigger = "external_trigger", Outcome = "outcome",
        ExitCommand = "workflow_exit:command", ExitEvent = "workflow_exit:event", ExitNavigation = "workflow_exit:navigation",
        ExitExternalTrigger = "workflow_exit:external_trigger", ExitOutcome = "workflow_exit:outcome",
    }
    /// What a workflow says that a slice owns.
    OwnedDefinitionKind {
        Command = "command", Event = "event", View = "view", Control = "control", ReadModel = "read_model", Outcome = "outcome",
        Error = "error", Automation = "automation", Translation = "translation", ExternalPayload = "external_payload",
    }
    /// Whether the owner of an event emits it or sees it.
    EventParticipation { Emitted = "emitted", Observed = "observed" }
    /// The part a view plays in its workflow.
    ViewRole { Entry = "entry" }
    /// The state an application can be in when somebody arrives.
    LifecycleState {
        FreshUninitialized = "fresh_uninitialized", InitializedUnauthenticated = "initialized_unauthenticated",
        InitializedAuthenticated = "initialized_authenticated", PartiallyConfigured = "partially_configured",
        FullyConfigured = "fully_configured",
    }
    /// Whether a scenario is told to a person or binds a definition.
    ScenarioKind { Acceptance = "acceptance", Contract = "contract" }
    /// What a contract scenario binds.
    ContractKind {
        Projector = "projector", Command = "command", Automation = "automation", Translation = "translation",
        Derivation = "derivation", Absence = "absence", Transitive = "transitive",
    }
    /// Where a command input comes from.
    InputSourceKind {
        Actor = "actor", Session = "session", Generated = "generated", ExternalPayload = "external_payload",
        EventStreamState = "event_stream_state", InvocationArgument = "invocation_argument",
    }
    /// Where an event attribute comes from.
    AttributeSourceKind {
        CommandInput = "command_input", ExternalPayload = "external_payload", Generated = "generated",
        Session = "session", Derivation = "derivation",
    }
    /// Where a read-model field comes from.
    FieldSourceKind { EventAttribute = "event_attribute", Derivation = "derivation", AbsenceDefault = "absence_default" }
    /// Where a view field comes from.
    ViewFieldSourceKind { ReadModel = "read_model" }
    /// How an actor or an automation leaves an error behind.
    Recovery { Retry = "retry", StayOnScreen = "stay_on_screen", Navigation = "navigation", ExplicitRecoveryAction = "explicit_recovery_action" }
    /// What a singleton command does the second time.
    RepeatBehavior { AlreadyExistsError = "already_exists_error", Idempotent = "idempotent" }
    /// Where a control leads.
    NavigationType { ModeledView = "modeled_view", LocalViewState = "local_view_state", ExternalSystem = "external_system", ExternalWorkflow = "external_workflow" }
    /// Whether a datum starts here or comes from something that is modelled.
    FlowSourceKind { Original = "original", ModeledTarget = "modeled_target" }
    /// What happens to a datum on its way.
    Transformation {
        Identity = "identity", Projection = "projection", Derivation = "derivation", Default = "default",
        Absence = "absence", Transformation = "transformation",
    }
    /// A lane of the board.
    Lane { Ux = "ux", Actions = "actions", Events = "events" }
    /// What a card on the board stands for.
    BoardElementKind {
        View = "view", Automation = "automation", ExternalEvent = "external_event", Command = "command",
        ReadModel = "read_model", Event = "event",
    }
    /// What an end of a connection on the board stands for.
    BoardEndpointKind {
        View = "view", Automation = "automation", ExternalEvent = "external_event", WorkflowTrigger = "workflow_trigger",
        Command = "command", Event = "event", ReadModel = "read_model",
    }
    /// What a reviewer looked at.
    ReviewCategory {
        LifecycleEntry = "lifecycle-entry", CanonicalLanes = "canonical-lanes", BoardConnections = "board-connections",
        FakeIntermediates = "fake-intermediates", SliceOwnership = "slice-ownership", SourceChains = "source-chains",
        WorkflowReachability = "workflow-reachability", TransitionResolution = "transition-resolution",
        NavigationTargets = "navigation-targets", BranchShape = "branch-shape", OutcomesAndErrors = "outcomes-and-errors",
        ScenarioCoverage = "scenario-coverage", TimelineRendering = "timeline-rendering",
    }
}

impl BoardElementKind {
    /// The lane in which its cards lie.
    pub fn lane(self) -> Lane {
        match self {
            Self::View | Self::Automation | Self::ExternalEvent => Lane::Ux,
            Self::Command | Self::ReadModel => Lane::Actions,
            Self::Event => Lane::Events,
        }
    }
}

impl TransitionKind {
    /// The kind of a transition, from its trigger and whether it leaves the workflow.
    pub fn of(via: ConnectionKind, exits: bool) -> Self {
        match (via, exits) {
            (ConnectionKind::Command, false) => Self::Command,
            (ConnectionKind::Event, false) => Self::Event,
            (ConnectionKind::Navigation, false) => Self::Navigation,
            (ConnectionKind::ExternalTrigger, false) => Self::ExternalTrigger,
            (ConnectionKind::Outcome, false) => Self::Outcome,
            (ConnectionKind::Command, true) => Self::ExitCommand,
            (ConnectionKind::Event, true) => Self::ExitEvent,
            (ConnectionKind::Navigation, true) => Self::ExitNavigation,
            (ConnectionKind::ExternalTrigger, true) => Self::ExitExternalTrigger,
            (ConnectionKind::Outcome, true) => Self::ExitOutcome,
        }
    }

    /// The trigger.
    pub fn via(self) -> ConnectionKind {
        match self {
            Self::Command | Self::ExitCommand => ConnectionKind::Command,
            Self::Event | Self::ExitEvent => ConnectionKind::Event,
            Self::Navigation | Self::ExitNavigation => ConnectionKind::Navigation,
            Self::ExternalTrigger | Self::ExitExternalTrigger => ConnectionKind::ExternalTrigger,
            Self::Outcome | Self::ExitOutcome => ConnectionKind::Outcome,
        }
    }

    /// Whether the transition leaves for another workflow.
    pub fn exits(self) -> bool {
        Self::of(self.via(), true) == self
    }
}
