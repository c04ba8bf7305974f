import Emc.Basic
/-!
# What an event model is made of

The types are chosen so that a large part of the modelling rules cannot be
broken at all: an event attribute has no constructor for "from a read model",
an acceptance scenario has no place to name an internal contract, and so on.
-/
namespace Emc

inductive SliceKind | stateChange | stateView | automation | translation

/-- How a value changes on its way from its source.  `keep` copies it (and must
keep its representation); everything else says what happens. -/
inductive Via
  | keep
  | convert (rule : Text)

/-! ## External payloads -/

structure PayloadField where
  name : Ident
  enc : Encoding
  provenance : Text

/-- A message of an outside system, with the contract of its fields. -/
structure Payload where
  name : Ident
  fields : List PayloadField

/-! ## Commands -/

inductive InputSource
  | actor
  | session (key : Ident)
  | generated (generator : Ident)
  | argument (name : Ident)
  | payload (payload field : Ident)
  | state (event attr : Ident)

structure Input where
  name : Ident
  source : InputSource
  enc : Encoding
  via : Via := .keep

/-- What a command does the second time. -/
inductive Repeat
  | repeatable
  | idempotent
  /-- It returns one of its errors. -/
  | rejects

/-- An error that a command can return, and the scenario that shows it. -/
structure Failure where
  name : Ident
  scenario : Ident

structure Command where
  name : Ident
  inputs : List Input := []
  observes : List Ident := []
  emits : List Ident := []
  errors : List Failure := []
  again : Repeat := .repeatable

/-! ## Events -/

inductive AttrSource
  | input (name : Ident)
  | payload (payload field : Ident)
  | generated (generator : Ident)
  | session (key : Ident)
  | derived (inputs : List Ident) (rule : Text)

structure Attr where
  name : Ident
  source : AttrSource
  enc : Encoding
  via : Via := .keep

/-- An event this slice emits. -/
structure Event where
  name : Ident
  stream : Ident
  attrs : List Attr

structure SeenAttr where
  name : Ident
  enc : Encoding
  /-- The payload and its field, when the event is a message from outside. -/
  from_ : Option (Ident × Ident) := none

/-- An event that happens elsewhere, as far as this slice relies on it. -/
structure Seen where
  name : Ident
  stream : Ident
  attrs : List SeenAttr

/-! ## Reactions -/

inductive Recovery | retry | stay | navigate | action

structure Handler where
  error : Ident
  recovery : Recovery

structure Automation where
  name : Ident
  trigger : Ident
  command : Ident
  handles : List Ident := []
  reaction : Text

structure Translation where
  name : Ident
  externalEvent : Ident
  payload : Ident
  command : Ident

/-! ## Read models and views -/

inductive FieldInput
  | attr (event attr : Ident)
  | field (name : Ident)

inductive FieldSource
  | attr (event attr : Ident)
  | derived (sources : List FieldInput) (rule : Text) (scenario : Ident)
  | absent (event : Ident) (scenario : Ident)

structure Field where
  name : Ident
  source : FieldSource
  enc : Encoding
  via : Via := .keep

/-- What a read model says that follows a relationship (for example "all parts
of parts"). -/
structure Transitive where
  relations : List Ident
  rule : Option Text
  example_ : Option Ident

structure ReadModel where
  name : Ident
  fields : List Field
  transitive : Option Transitive := none

structure Shown where
  name : Ident
  readModel : Ident
  field : Ident
  token : Ident
  enc : Encoding
  via : Via := .keep

inductive ProvideSource | actor | session | argument | generated | payload | state

structure Provide where
  input : Ident
  source : ProvideSource
  /-- Where the actor sees the value; none for a hidden input. -/
  token : Option Ident := none
  /-- The actor decides on this value, so the actor has to see it. -/
  decision : Bool := false

inductive Destination
  | view (name : Ident)
  | state (name : Ident)
  | workflow (slug : Ident)
  | system (name : Ident) (contract : Option Ident)

structure Control where
  name : Ident
  token : Ident
  command : Ident
  provides : List Provide
  handles : List Handler := []
  goes : Destination

structure View where
  name : Ident
  shows : List Shown
  controls : List Control := []
  /-- Local states and filters. -/
  states : List Ident := []

/-! ## Outcomes and scenarios -/

structure Outcome where
  label : Ident
  events : List Ident
  external : Bool

structure Scenario where
  name : Ident
  given_ : Text
  when_ : Text
  then_ : Text
  reads : List Ident := []
  writes : List Ident := []
  errors : List Ident := []

/-- What a contract scenario binds.  Derived and absent fields are named without
their read model. -/
inductive Covers
  | command (name : Ident)
  | projector (readModel : Ident)
  | automation (name : Ident)
  | translation (name : Ident)
  | derivation (field : Ident)
  | absence (field : Ident)
  | transitive (readModel : Ident)

structure Contract where
  covers : Covers
  scenario : Scenario

/-! ## Board -/

inductive CardKind | view | automation | external | trigger | command | readModel | event

inductive Lane | ux | actions | events

structure Card where
  name : Ident
  kind : CardKind
  of : Ident
  main : Bool := true
  /-- Where it lies, if not in the lane of its kind. -/
  strayed : Option Lane := none

/-- An end of a wire: a card by its name or by what it stands for, or the
workflow as a trigger. -/
structure Wire where
  sourceKind : CardKind
  source : Ident
  targetKind : CardKind
  target : Ident

/-! ## Slices, workflows, the project -/

/-- A fact whose owner or target is gone, for example after two branches were
merged. -/
structure Stray where
  kind : Text
  owner : Ident
  name : Ident

structure Slice where
  slug : Ident
  title : Text
  kind : SliceKind
  purpose : Text
  streams : List Ident := []
  payloads : List Payload := []
  events : List Event := []
  observed : List Seen := []
  commands : List Command := []
  automations : List Automation := []
  translations : List Translation := []
  readModels : List ReadModel := []
  views : List View := []
  outcomes : List Outcome := []
  acceptance : List Scenario := []
  contracts : List Contract := []
  cards : List Card := []
  wires : List Wire := []
  /-- Data flows of data that nothing in the slice has. -/
  strays : List Stray := []
  /-- Data that are recorded with two representations: owner, datum. -/
  clashes : List (Ident × Ident) := []

structure Step where
  entry : Bool
  slice : Slice

inductive Trigger
  | command (name : Ident)
  | event (name : Ident)
  /-- The control has the same name if none is recorded. -/
  | navigation (name : Ident) (control view : Option Ident)
  | external (name : Ident) (payload : Option Ident)
  | outcome (label : Ident)

inductive Target
  | step (slug : Ident)
  | exit (workflow : Ident)

structure Transition where
  source : Ident
  target : Target
  trigger : Trigger
  reason : Option Text := none

/-- The states an application can be in when somebody arrives. -/
inductive Lifecycle | fresh | unauthenticated | authenticated | partlyConfigured | configured

structure Arrival where
  state : Lifecycle
  step : Ident
  evidence : Text

inductive Owned
  | command | view | control | readModel | outcome | error | automation | translation
  | payload (stream : Option Ident)
  | emitted (stream : Option Ident)
  | observed (stream : Option Ident)
  | event (stream : Option Ident)

/-- What a workflow says about its slices once more. -/
inductive Claim
  | owns (slice : Ident) (what : Owned) (name : Ident)
  | outcome (slice label : Ident) (external : Bool)
  | error (slice command error : Ident)

/-- Why both ends of a transition are what they are said to be. -/
structure Evidence where
  source : Ident
  target : Target
  trigger : Trigger
  atSource : Text
  atTarget : Text

structure Workflow where
  slug : Ident
  title : Text
  purpose : Text
  steps : List Step
  transitions : List Transition := []
  /-- The views that a navigation from another slice may arrive at: slice, view. -/
  entries : List (Ident × Ident) := []
  claims : List Claim := []
  evidences : List Evidence := []
  /-- The application itself is entered here, in whatever state it is. -/
  arrivalsNeeded : Bool := false
  arrivals : List Arrival := []

structure Project where
  name : Ident
  workflows : List Workflow

/-! ## Short forms used by generated files -/

def event (name stream : Ident) (attrs : List Attr) : Event := ⟨name, stream, attrs⟩
def seen (name stream : Ident) (attrs : List SeenAttr) : Seen := ⟨name, stream, attrs⟩
def seenAttr (name : Ident) (enc : Encoding) : SeenAttr := ⟨name, enc, none⟩
def received (name : Ident) (enc : Encoding) (payload field_ : Ident) : SeenAttr := ⟨name, enc, some (payload, field_)⟩
def attr (name : Ident) (source : AttrSource) (enc : Encoding) (via : Via := .keep) : Attr :=
  ⟨name, source, enc, via⟩
def input (name : Ident) (source : InputSource) (enc : Encoding) (via : Via := .keep) : Input :=
  ⟨name, source, enc, via⟩
def fails (name scenario : Ident) : Failure := ⟨name, scenario⟩
def field (name : Ident) (source : FieldSource) (enc : Encoding) (via : Via := .keep) : Field :=
  ⟨name, source, enc, via⟩
def shown (name readModel field_ token : Ident) (enc : Encoding) (via : Via := .keep) : Shown :=
  ⟨name, readModel, field_, token, enc, via⟩
def payloadField (name : Ident) (enc : Encoding) (provenance : Text) : PayloadField :=
  ⟨name, enc, provenance⟩
def provide (input : Ident) (source : ProvideSource) (token : Ident) : Provide := ⟨input, source, some token, false⟩
def decide_ (input : Ident) (source : ProvideSource) (token : Ident) : Provide := ⟨input, source, some token, true⟩
def hidden (input : Ident) (source : ProvideSource) : Provide := ⟨input, source, none, false⟩
def hiddenDecision (input : Ident) (source : ProvideSource) : Provide := ⟨input, source, none, true⟩
def handler (error : Ident) (recovery : Recovery) : Handler := ⟨error, recovery⟩
def outcome (label : Ident) (events : List Ident) : Outcome := ⟨label, events, true⟩
def internalOutcome (label : Ident) (events : List Ident) : Outcome := ⟨label, events, false⟩
def accept (name : Ident) (given_ when_ then_ : Text) (reads writes errors : List Ident := []) : Scenario :=
  ⟨name, given_, when_, then_, reads, writes, errors⟩
def contract (covers : Covers) (name : Ident) (given_ when_ then_ : Text)
    (reads writes errors : List Ident := []) : Contract :=
  ⟨covers, ⟨name, given_, when_, then_, reads, writes, errors⟩⟩
def card (name : Ident) (kind : CardKind) (of : Ident) (strayed : Option Lane := none) : Card :=
  ⟨name, kind, of, true, strayed⟩
def sideCard (name : Ident) (kind : CardKind) (of : Ident) (strayed : Option Lane := none) : Card :=
  ⟨name, kind, of, false, strayed⟩
def wire (sourceKind : CardKind) (source : Ident) (targetKind : CardKind) (target : Ident) : Wire :=
  ⟨sourceKind, source, targetKind, target⟩
def entry (slice : Slice) : Step := ⟨true, slice⟩
def step (slice : Slice) : Step := ⟨false, slice⟩
def go (source target : Ident) (trigger : Trigger) (reason : Option Text := none) : Transition :=
  ⟨source, .step target, trigger, reason⟩
def leave (source workflow : Ident) (trigger : Trigger) (reason : Option Text := none) : Transition :=
  ⟨source, .exit workflow, trigger, reason⟩
def arrive (state : Lifecycle) (step : Ident) (evidence : Text) : Arrival := ⟨state, step, evidence⟩

end Emc
