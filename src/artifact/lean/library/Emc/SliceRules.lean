import Emc.BoardRules
/-!
# Rules that one slice must satisfy on its own

Every rule is a `Check Slice`: a code, a name, a hint, and a function that lists
the places where the rule is broken.
-/
namespace Emc
noncomputable section
namespace SliceRules

private def twice (part : Part) (names : List Ident) : List Place :=
  mapL (fun n => [(part, n)]) (repeated names)

private def twiceIn (outer : Part) (o : Ident) (part : Part) (names : List Ident) : List Place :=
  mapL (fun n => [(outer, o), (part, n)]) (repeated names)

/-! ## Identity -/

def duplicate : Check Slice where
  code := 001
  run s :=
    cat (twice .stream s.streams) <|
    cat (twice .payload (mapL Payload.name s.payloads)) <|
    cat (twice .event (cat (mapL Event.name s.events) (mapL Seen.name s.observed))) <|
    cat (twice .command (mapL Command.name s.commands)) <|
    cat (twice .automation (mapL Automation.name s.automations)) <|
    cat (twice .translation (mapL Translation.name s.translations)) <|
    cat (twice .readModel (mapL ReadModel.name s.readModels)) <|
    cat (twice .view (mapL View.name s.views)) <|
    cat (twice .control (each (fun v => mapL Control.name v.controls) s.views)) <|
    cat (twice .outcome (mapL Outcome.label s.outcomes)) <|
    cat (twice .scenario s.scenarioNames) <|
    cat (twice .card (mapL Card.name s.cards)) <|
    cat (each (fun c => twiceIn .command c.name .input (mapL Input.name c.inputs)) s.commands) <|
    cat (each (fun v => each (fun k => cat (twiceIn .control k.name .input (mapL Provide.input k.provides))
      (twiceIn .control k.name .error (mapL Handler.error k.handles))) v.controls) s.views) <|
    cat (each (fun e => twiceIn .event e.name .attribute (mapL Attr.name e.attrs)) s.events) <|
    cat (each (fun e => twiceIn .event e.name .attribute (mapL SeenAttr.name e.attrs)) s.observed) <|
    cat (each (fun r => twiceIn .readModel r.name .field (mapL Field.name r.fields)) s.readModels) <|
    cat (each (fun v => twiceIn .view v.name .field (mapL Shown.name v.shows)) s.views) <|
    each (fun p => twiceIn .payload p.name .field (mapL PayloadField.name p.fields)) s.payloads

def stray : Check Slice where
  code := 002
  run s := mapL (fun f => [(.datum, f.name), (.owner, f.owner)]) s.strays

/-! ## What a slice of each kind may and must own -/

private def some? (part : Part) (name : α → Ident) (l : List α) : List Place :=
  mapL (fun x => [(part, name x)]) l

def foreignElement : Check Slice where
  code := 101
  run s :=
    let commands := cat (some? .command Command.name s.commands) <|
      cat (some? .event Event.name s.events) (some? .outcome Outcome.label s.outcomes)
    let views := some? .view View.name s.views
    let readModels := some? .readModel ReadModel.name s.readModels
    let automations := some? .automation Automation.name s.automations
    let translations := cat (some? .translation Translation.name s.translations)
      (some? .payload Payload.name s.payloads)
    match s.kind with
    | .stateChange => cat views (cat readModels (cat automations translations))
    | .stateView => cat commands (cat automations translations)
    | .automation => cat views translations
    | .translation => cat views (cat readModels automations)

private def owns (b : Bool) : List Place := require b []

def noCommand : Check Slice where
  code := 102
  run s := match s.kind with | .stateChange => owns (!empty s.commands) | _ => []

def noEvent : Check Slice where
  code := 103
  run s := match s.kind with | .stateChange => owns (!empty s.events) | _ => []

def noOutcome : Check Slice where
  code := 104
  run s := match s.kind with | .stateChange => owns (!empty s.outcomes) | _ => []

def noView : Check Slice where
  code := 105
  run s := match s.kind with | .stateView => owns (!empty s.views) | _ => []

def noReadModel : Check Slice where
  code := 106
  run s := match s.kind with | .stateView => owns (!empty s.readModels) | _ => []

def oneAutomation : Check Slice where
  code := 107
  run s := match s.kind with | .automation => owns (Nat.beq (size s.automations) 1) | _ => []

def noTranslation : Check Slice where
  code := 108
  run s := match s.kind with | .translation => owns (!empty s.translations) | _ => []

/-! ## Events -/

def eventStream : Check Slice where
  code := 201
  run s :=
    cat (each (fun e => require (has e.stream s.streams) [(.event, e.name), (.stream, e.stream)]) s.events)
      (each (fun e => require (has e.stream s.streams) [(.event, e.name), (.stream, e.stream)]) s.observed)

def emitterless : Check Slice where
  code := 202
  run s := each (fun e => require (any (fun c => has e.name c.emits) s.commands) [(.event, e.name)]) s.events

def emitsUndeclared : Check Slice where
  code := 203
  run s := each (fun c =>
    each (fun e => require (s.event? e).isSome [(.command, c.name), (.event, e)]) c.emits) s.commands

/-- The command has every one of the inputs. -/
def hasInputs (c : Command) (l : List Ident) : Bool := all (fun i => (c.input? i).isSome) l

/-- The inputs an attribute is made of. -/
def Attr.needs (a : Attr) : List Ident :=
  match a.source with
  | .input i => [i]
  | .derived is _ => is
  | _ => []

def attrInput : Check Slice where
  code := 204
  run s := each (fun e => each (fun a => each (fun c =>
    each (fun i => require (c.input? i).isSome
      [(.event, e.name), (.attribute, a.name), (.command, c.name), (.input, i)])
      (Attr.needs a)) (s.emitters e.name)) e.attrs) s.events

def attrDerivedEmpty : Check Slice where
  code := 205
  run s := each (fun e => each (fun a =>
    match a.source with
    | .derived [] _ => [[(.event, e.name), (.attribute, a.name)]]
    | _ => []) e.attrs) s.events

/-! ## Commands -/

def emitsNothing : Check Slice where
  code := 301
  run s := each (fun c => require (!empty c.emits) [(.command, c.name)]) s.commands

def inputState : Check Slice where
  code := 302
  run s := each (fun c => each (fun i =>
    match i.source with
    | .state e a => require (s.attrEnc? e a).isSome
        [(.command, c.name), (.input, i.name), (.event, e), (.attribute, a)]
    | _ => []) c.inputs) s.commands

def inputStream : Check Slice where
  code := 303
  run s := each (fun c => each (fun i =>
    match i.source with
    | .state e _ => match s.streamOf e with
      | some st => require (has st c.observes) [(.command, c.name), (.input, i.name), (.stream, st)]
      | none => []
    | _ => []) c.inputs) s.commands

def observesUnknown : Check Slice where
  code := 304
  run s := each (fun c => each (fun st =>
    require (has st s.streams) [(.command, c.name), (.stream, st)]) c.observes) s.commands

def repeatError : Check Slice where
  code := 305
  run s := each (fun c =>
    match c.again with
    | .rejects => require (!empty c.errors) [(.command, c.name)]
    | _ => []) s.commands

def errorScenario : Check Slice where
  code := 306
  run s := each (fun c => each (fun e =>
    require (any (fun k => e.scenario.same k.scenario.name && (k.covers.isCommand c.name && has e.name k.scenario.errors)) s.contracts)
      [(.command, c.name), (.error, e.name), (.scenario, e.scenario)]) c.errors) s.commands

/-! ## Read models -/

def readModelEmpty : Check Slice where
  code := 401
  run s := each (fun r => require (!empty r.fields) [(.readModel, r.name)]) s.readModels

/-- The representation of something a derived field is computed from. -/
def fieldInputKnown (s : Slice) (r : ReadModel) : FieldInput → Bool
  | .attr e a => (s.attrEnc? e a).isSome
  | .field f => (r.field? f).isSome

def fieldSource : Check Slice where
  code := 402
  run s := each (fun r => each (fun f =>
    match f.source with
    | .attr e a => require (s.attrEnc? e a).isSome
        [(.readModel, r.name), (.field, f.name), (.event, e), (.attribute, a)]
    | .derived srcs _ _ => require (!empty srcs && all (fieldInputKnown s r) srcs)
        [(.readModel, r.name), (.field, f.name)]
    | .absent e _ => require (s.knows e) [(.readModel, r.name), (.field, f.name), (.event, e)])
    r.fields) s.readModels

def fieldScenario : Check Slice where
  code := 403
  run s := each (fun r => each (fun f =>
    match f.source with
    | .attr _ _ => []
    | .derived _ _ n => require (any (fun k => n.same k.scenario.name && k.covers.isDerivation f.name) s.contracts)
        [(.readModel, r.name), (.field, f.name), (.scenario, n)]
    | .absent _ n => require (any (fun k => n.same k.scenario.name && k.covers.isAbsence f.name) s.contracts)
        [(.readModel, r.name), (.field, f.name), (.scenario, n)])
    r.fields) s.readModels

def transitive : Check Slice where
  code := 404
  run s := each (fun r =>
    match r.transitive with
    | none => []
    | some t => require (t.rule.isSome && !empty t.relations && all (fun f => (r.field? f).isSome) t.relations
        && (match t.example_ with
          | some n => any (fun k => n.same k.scenario.name && k.covers.isTransitive r.name) s.contracts
          | none => false))
        [(.readModel, r.name)]) s.readModels

def projector : Check Slice where
  code := 405
  run s := each (fun r =>
    require (s.covered (Covers.isProjector r.name)) [(.readModel, r.name)]) s.readModels

/-- A derived field is grounded when everything it is computed from is.  What is
unknown is told by another rule, and is one step more than there are fields. -/
def fieldGrounded (r : ReadModel) : Nat → Ident → Bool
  | 0, _ => false
  | fuel + 1, f =>
    match r.field? f with
    | none => true
    | some fd => match fd.source with
      | .derived srcs _ _ => all (fun x => match x with
          | .attr _ _ => true
          | .field g => fieldGrounded r fuel g) srcs
      | _ => true

def circularField : Check Slice where
  code := 406
  run s := each (fun r => each (fun f =>
    match f.source with
    | .derived _ _ _ => require (fieldGrounded r (Nat.succ (size r.fields)) f.name) [(.readModel, r.name), (.field, f.name)]
    | _ => []) r.fields) s.readModels

/-! ## Views and controls -/

def readsUnknown : Check Slice where
  code := 502
  run s := each (fun v => each (fun d => require (s.readModel? d.readModel).isSome
    [(.view, v.name), (.field, d.name), (.readModel, d.readModel)]) v.shows) s.views

/-- The read-model field behind a displayed field. -/
def shownField? (s : Slice) (d : Shown) : Option Field :=
  match s.readModel? d.readModel with
  | some r => r.field? d.field
  | none => none

def shownUnknown : Check Slice where
  code := 503
  run s := each (fun v => each (fun d => require ((s.readModel? d.readModel).isNone || (shownField? s d).isSome)
    [(.view, v.name), (.field, d.name), (.readModel, d.readModel), (.field, d.field)]) v.shows) s.views

def decisionHidden : Check Slice where
  code := 507
  run s := each (fun v => each (fun c => each (fun p => require (!p.decision || p.token.isSome)
    [(.view, v.name), (.control, c.name), (.input, p.input)]) c.provides) v.controls) s.views

def localState : Check Slice where
  code := 508
  run s := each (fun v => each (fun c => match c.goes with
    | .state n => require (has n v.states) [(.view, v.name), (.control, c.name), (.state, n)]
    | _ => []) v.controls) s.views

/-! ## Scenarios, outcomes, reactions -/

def coversUnknown : Check Slice where
  code := 601
  run s := each (fun k => require (match k.covers with
    | .command n => (s.command? n).isSome
    | .projector n => (s.readModel? n).isSome
    | .automation n => (s.automation? n).isSome
    | .translation n => (s.translation? n).isSome
    | .transitive n => match s.readModel? n with
      | some r => r.transitive.isSome
      | none => false
    | .derivation f => any (fun r => any (fun x => f.same x.name &&
        (match x.source with | .derived _ _ _ => true | _ => false)) r.fields) s.readModels
    | .absence f => any (fun r => any (fun x => f.same x.name &&
        (match x.source with | .absent _ _ => true | _ => false)) r.fields) s.readModels) [(.scenario, k.scenario.name)]) s.contracts

private def streams (s : Slice) (x : Scenario) : List Place :=
  each (fun t => require (has t s.streams) [(.scenario, x.name), (.stream, t)]) (cat x.reads x.writes)

def scenarioStream : Check Slice where
  code := 602
  run s := cat (each (streams s) s.acceptance) (each (fun k => streams s k.scenario) s.contracts)

def scenarioWrites : Check Slice where
  code := 603
  run s := each (fun k => match k.covers with
    | .command _ => require (!empty k.scenario.writes || (!empty k.scenario.errors && !empty k.scenario.reads))
        [(.scenario, k.scenario.name)]
    | _ => []) s.contracts

def scenarioError : Check Slice where
  code := 604
  run s := each (fun k => each (fun e =>
    require (match k.covers with
      | .command n => match s.command? n with
        | some c => has e c.errorNames
        | none => true
      | _ => false) [(.scenario, k.scenario.name), (.error, e)]) k.scenario.errors) s.contracts

def uncovered : Check Slice where
  code := 605
  run s :=
    cat (each (fun c => require (any (fun k => k.covers.isCommand c.name && empty k.scenario.errors) s.contracts)
      [(.command, c.name)]) s.commands) <|
    cat (each (fun a => require (s.covered (Covers.isAutomation a.name)) [(.automation, a.name)]) s.automations)
      (each (fun t => require (s.covered (Covers.isTranslation t.name)) [(.translation, t.name)]) s.translations)

def outcomeEmpty : Check Slice where
  code := 611
  run s := each (fun o => require (!empty o.events) [(.outcome, o.label)]) s.outcomes

def outcomeEvent : Check Slice where
  code := 612
  run s := each (fun o => each (fun e => require (s.knows e) [(.outcome, o.label), (.event, e)]) o.events) s.outcomes

private def sameSet (a b : List Ident) : Bool := all (fun x => has x b) a && all (fun x => has x a) b

private def sameOutcomes : List Outcome → List Place
  | [] => []
  | o :: os => cat (mapL (fun p => [(.outcome, o.label), (.outcome, p.label)])
      (keep (fun p => sameSet o.events p.events) os)) (sameOutcomes os)

def outcomeSame : Check Slice where
  code := 613
  run s := sameOutcomes s.outcomes

def automationEvent : Check Slice where
  code := 621
  run s := each (fun a => require (s.knows a.trigger) [(.automation, a.name), (.event, a.trigger)]) s.automations

def translationPayload : Check Slice where
  code := 622
  run s := each (fun t => require (s.payload? t.payload).isSome
    [(.translation, t.name), (.payload, t.payload)]) s.translations

def payloadEmpty : Check Slice where
  code := 623
  run s := each (fun p => require (!empty p.fields) [(.payload, p.name)]) s.payloads

/-! ## Flow of information -/

def flowMissing : Check Slice where
  code := 701
  run s :=
    cat (each (fun c => each (fun i => require i.enc.known [(.command, c.name), (.input, i.name)]) c.inputs) s.commands) <|
    cat (each (fun e => each (fun a => require a.enc.known [(.event, e.name), (.attribute, a.name)]) e.attrs) s.events) <|
    cat (each (fun e => each (fun a => require a.enc.known [(.event, e.name), (.attribute, a.name)]) e.attrs) s.observed) <|
    cat (each (fun r => each (fun f => require f.enc.known [(.readModel, r.name), (.field, f.name)]) r.fields) s.readModels) <|
    cat (each (fun v => each (fun d => require d.enc.known [(.view, v.name), (.field, d.name)]) v.shows) s.views)
      (each (fun p => each (fun f => require f.enc.known [(.payload, p.name), (.field, f.name)]) p.fields) s.payloads)

private def agreeing (via : Via) (own : Encoding) (src : Option Encoding) (p : Place) : List Place :=
  match src with
  | some e => require (agree via own e) p
  | none => []

def flowChanges : Check Slice where
  code := 702
  run s :=
    cat (mapL (fun x => [(.owner, x.1), (.datum, x.2)]) s.clashes) <|
    cat (each (fun c => each (fun i => match i.source with
      | .state e a => agreeing i.via i.enc (s.attrEnc? e a) [(.command, c.name), (.input, i.name)]
      | _ => []) c.inputs) s.commands) <|
    cat (each (fun e => each (fun a => match a.source with
      | .input n => each (fun c => match c.input? n with
          | some i => require (agree a.via a.enc i.enc)
              [(.event, e.name), (.attribute, a.name), (.command, c.name), (.input, n)]
          | none => []) (s.emitters e.name)
      | _ => []) e.attrs) s.events) <|
    cat (each (fun r => each (fun f => match f.source with
      | .attr e a => agreeing f.via f.enc (s.attrEnc? e a) [(.readModel, r.name), (.field, f.name)]
      | _ => []) r.fields) s.readModels)
      (each (fun v => each (fun d => match shownField? s d with
        | some f => require (agree d.via d.enc f.enc) [(.view, v.name), (.field, d.name)]
        | none => []) v.shows) s.views)

def all_ : List (Check Slice) := [
  duplicate, stray,
  foreignElement, noCommand, noEvent, noOutcome, noView, noReadModel, oneAutomation, noTranslation,
  eventStream, emitterless, emitsUndeclared, attrInput, attrDerivedEmpty,
  emitsNothing, inputState, inputStream, observesUnknown, repeatError, errorScenario,
  readModelEmpty, fieldSource, fieldScenario, transitive, projector, circularField,
  readsUnknown, shownUnknown, decisionHidden, localState,
  coversUnknown, scenarioStream, scenarioWrites, scenarioError, uncovered,
  outcomeEmpty, outcomeEvent, outcomeSame, automationEvent, translationPayload, payloadEmpty,
  flowMissing, flowChanges,
  cardUnknown, wireEnd, wireShape, wireFalse, cardUnfed, island, wrongLane]

end SliceRules

/-- Every slice rule holds. -/
def Slice.Clean (s : Slice) : Prop := passes SliceRules.all_ s = true

instance (s : Slice) : Decidable s.Clean := inferInstanceAs (Decidable (_ = _))

end
end Emc
