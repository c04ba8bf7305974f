import Emc.SliceRules
/-!
# Rules about how slices fit together in one workflow
-/
namespace Emc
noncomputable section

/-- A control that only navigates: a control always names a command, and one that
issues none names itself, handles no error, and leads elsewhere.  Should a
command of that name exist, the control issues it. -/
def Control.navigates (k : Control) : Bool :=
  k.name.same k.command && empty k.handles && (match k.goes with
    | .state _ => false
    | _ => true)

namespace Workflow
variable (w : Workflow)

def slices : List Slice := mapL Step.slice w.steps
def slice? (n : Ident) : Option Slice := find (fun s => n.same s.slug) w.slices
def command? (n : Ident) : Option Command := find (fun c => n.same c.name) (each Slice.commands w.slices)
def view? (n : Ident) : Option View := find (fun v => n.same v.name) (each Slice.views w.slices)
def payload? (n : Ident) : Option Payload := find (fun p => n.same p.name) (each Slice.payloads w.slices)

/-- Steps one transition away from `seen` that are not in `seen` yet. -/
def frontier (ts : List Transition) (known seen : List Ident) : List Ident :=
  each (fun t => match t.target with
    | .step b => bif has t.source seen && (has b known && !(has b seen)) then [b] else []
    | _ => []) ts

/-- Everything that can be reached from `seen` in at most `fuel` rounds. -/
def reach (ts : List Transition) (known : List Ident) : Nat → List Ident → List Ident
  | 0, seen => seen
  | fuel + 1, seen =>
    match frontier ts known seen with
    | [] => seen
    | x :: xs => reach ts known fuel (cat (x :: xs) seen)

def slugs : List Ident := mapL (fun s => s.slice.slug) w.steps
def entrySlugs : List Ident := mapL (fun s => s.slice.slug) (keep Step.entry w.steps)
def reached : List Ident := reach w.transitions w.slugs (size w.steps) w.entrySlugs

/-- Where a journey may end: it leaves the workflow, a person looks at a view, or
nothing follows. -/
def rests (s : Slice) : Bool :=
  (match s.kind with
    | .stateView => true
    | _ => false)
  || any (fun t => s.slug.same t.source && (match t.target with
    | .exit _ => true
    | .step _ => false)) w.transitions
  || all (fun t => !(s.slug.same t.source)) w.transitions

end Workflow

namespace WorkflowRules

/-! ## Steps -/

def stepTwice : Check Workflow where
  code := 901
  run w := mapL (fun n => [(.step, n)]) (repeated w.slugs)

def entryCount : Check Workflow where
  code := 902
  run w := require (Nat.beq (size w.entrySlugs) 1) []

def unreachable : Check Workflow where
  code := 903
  run w :=
    let reached := w.reached
    each (fun n => require (has n reached) [(.step, n)]) w.slugs

/-! ## Transitions -/

def sourceUnknown : Check Workflow where
  code := 906
  run w := each (fun t => require (has t.source w.slugs) [(.transition, t.source)]) w.transitions

def targetUnknown : Check Workflow where
  code := 907
  run w := each (fun t => match t.target with
    | .step b => require (has b w.slugs) [(.transition, t.source), (.target, b)]
    | _ => []) w.transitions

/-- The slice has something that issues the command. -/
def issues (s : Slice) (c : Ident) : Bool :=
  any (fun v => any (fun k => c.same k.command) v.controls) s.views
    || any (fun a => c.same a.command) s.automations
    || any (fun t => c.same t.command) s.translations

private def atSource (w : Workflow) (t : Transition) (f : Slice → List Place) : List Place :=
  match w.slice? t.source with
  | some s => f s
  | none => []

private def atTarget (w : Workflow) (t : Transition) (f : Slice → List Place) : List Place :=
  match t.target with
  | .step b => match w.slice? b with
    | some s => f s
    | none => []
  | _ => []

/-- Something holds at one of the ends that are steps; nothing is said when
neither end is known. -/
private def atAnEnd (w : Workflow) (t : Transition) (p : Slice → Bool) : Bool :=
  match w.slice? t.source, (match t.target with | .step b => w.slice? b | .exit _ => none) with
  | some s, some s' => p s || p s'
  | some s, none => p s
  | none, some s' => p s'
  | none, none => true

def commandIssuer : Check Workflow where
  code := 908
  run w := each (fun t => match t.trigger with
    | .command c => atSource w t fun s => require (issues s c) [(.transition, t.source), (.command, c)]
    | _ => []) w.transitions

def commandOwner : Check Workflow where
  code := 909
  run w := each (fun t => match t.trigger with
    | .command c => atTarget w t fun s => require (s.command? c).isSome
        [(.transition, t.source), (.target, s.slug), (.command, c)]
    | _ => []) w.transitions

def eventEnds : Check Workflow where
  code := 910
  run w := each (fun t => match t.trigger with
    | .event e => cat (atSource w t fun s => require (s.knows e) [(.transition, t.source), (.event, e)])
        (atTarget w t fun s => require (s.knows e) [(.transition, t.source), (.target, s.slug), (.event, e)])
    | _ => []) w.transitions

/-- The control of a navigation; it has the same name if none is recorded. -/
private def controlOf (name : Ident) : Option Ident → Ident
  | some k => k
  | none => name

/-- The control leads where the transition does. -/
private def leadsTo (w : Workflow) (t : Transition) (v : Option Ident) : Destination → Bool
  | .view n => match v with
    | some v => v.same n
    | none => match t.target with
      | .step b => match w.slice? b with
        | some s => (s.view? n).isSome
        | none => true
      | .exit _ => false
  | .workflow n => match t.target with
    | .exit x => n.same x
    | .step _ => false
  | .state _ | .system _ _ => false

def navigationControl : Check Workflow where
  code := 911
  run w := each (fun t => match t.trigger with
    | .navigation n k v => atSource w t fun s =>
      let k := controlOf n k
      require (any (fun x => any (fun c => k.same c.name && leadsTo w t v c.goes) x.controls) s.views)
        [(.transition, t.source), (.control, k)]
    | _ => []) w.transitions

/-- The view a navigation arrives at: the one that is named, or the one its
control leads to. -/
private def arrivesAt (w : Workflow) (t : Transition) (k : Ident) : Option Ident → Option Ident
  | some v => some v
  | none => match w.slice? t.source with
    | some s => match s.control? k with
      | some c => match c.goes with
        | .view n => some n
        | _ => none
      | none => none
    | none => none

def navigationView : Check Workflow where
  code := 912
  run w := each (fun t => match t.trigger with
    | .navigation n k v => atTarget w t fun s => match arrivesAt w t (controlOf n k) v with
        | some v => require ((s.view? v).isSome && any (fun e => s.slug.same e.1 && v.same e.2) w.entries)
            [(.transition, t.source), (.target, s.slug), (.view, v)]
        | none => []
    | _ => []) w.transitions

def externalPayload : Check Workflow where
  code := 913
  run w := each (fun t => match t.trigger with
    | .external n (some p) => require (atAnEnd w t fun s => (s.payload? p).isSome)
        [(.transition, t.source), (.external, n), (.payload, p)]
    | .external n none => require (atAnEnd w t fun s => any (fun x => n.same x.externalEvent) s.translations)
        [(.transition, t.source), (.external, n)]
    | _ => []) w.transitions

def outcomeUnknown : Check Workflow where
  code := 914
  run w := each (fun t => match t.trigger with
    | .outcome o => atSource w t fun s => require (s.outcome? o).isSome [(.transition, t.source), (.outcome, o)]
    | _ => []) w.transitions

def errorAsOutcome : Check Workflow where
  code := 915
  run w := each (fun t => match t.trigger with
    | .outcome o => atSource w t fun s => require (!(any (fun c => has o c.errorNames) s.commands))
        [(.transition, t.source), (.error, o)]
    | _ => []) w.transitions

/-- A transition to a step or out of the workflow handles an outcome. -/
def outcomeUnhandled : Check Workflow where
  code := 916
  run w := each (fun s => each (fun o =>
    require (!o.external || any (fun t => s.slug.same t.source && (match t.trigger with
      | .outcome x => o.label.same x
      | _ => false)) w.transitions) [(.step, s.slug), (.outcome, o.label)]) s.outcomes) w.slices

def noEnd : Check Workflow where
  code := 917
  run w :=
    let reached := w.reached
    require (any (fun s => has s.slug reached && w.rests s) w.slices) []

/-! ## Arrival -/

private def sameState : Lifecycle → Lifecycle → Bool
  | .fresh, .fresh | .unauthenticated, .unauthenticated | .authenticated, .authenticated
  | .partlyConfigured, .partlyConfigured | .configured, .configured => true
  | _, _ => false

private def arrives (w : Workflow) (st : Lifecycle) (name : Ident) : List Place :=
  require (any (fun a => sameState st a.state) w.arrivals) [(.arrival, name)]

def arrivals : Check Workflow where
  code := 918
  run w := cat
    (when w.arrivalsNeeded <|
      cat (arrives w .fresh id!"fresh_uninitialized") <|
      cat (arrives w .unauthenticated id!"initialized_unauthenticated") <|
      cat (arrives w .authenticated id!"initialized_authenticated") <|
      cat (arrives w .partlyConfigured id!"partially_configured")
        (arrives w .configured id!"fully_configured"))
    (each (fun a => require (has a.step w.slugs) [(.step, a.step)]) w.arrivals)

/-! ## What the workflow says about its slices once more -/

/-- The slice has what the workflow says it owns. -/
private def ownsIt (s : Slice) (n : Ident) : Owned → Bool
  | .command => (s.command? n).isSome
  | .view => (s.view? n).isSome
  | .control => (s.control? n).isSome
  | .readModel => (s.readModel? n).isSome
  | .outcome => (s.outcome? n).isSome
  | .error => any (fun c => has n c.errorNames) s.commands
  | .automation => (s.automation? n).isSome
  | .translation => (s.translation? n).isSome
  | .payload _ => (s.payload? n).isSome
  | .emitted _ | .observed _ | .event _ => s.knows n

private def onStream (s : Slice) (n : Ident) : Option Ident → Bool
  | none => true
  | some st => match s.streamOf n with
    | some x => st.same x
    | none => true

/-- It has it in the way the workflow says. -/
private def agrees (s : Slice) (n : Ident) : Owned → Bool
  | .emitted st => (s.event? n).isSome && onStream s n st
  | .observed st => (s.seen? n).isSome && onStream s n st
  | .event st => onStream s n st
  | _ => true

private def at? (w : Workflow) (s name : Ident) (f : Slice → List Place) : List Place :=
  match w.slice? s with
  | some x => f x
  | none => [[(.claim, name), (.owner, s)]]

private def sameTarget : Target → Target → Bool
  | .step a, .step b => a.same b
  | .exit a, .exit b => a.same b
  | _, _ => false

private def sameTrigger : Trigger → Trigger → Bool
  | .command a, .command b | .event a, .event b | .outcome a, .outcome b => a.same b
  | .navigation a _ _, .navigation b _ _ => a.same b
  | .external a _, .external b _ => a.same b
  | _, _ => false

private def Trigger.ident : Trigger → Ident
  | .command n | .event n | .outcome n | .navigation n _ _ | .external n _ => n

def strayClaim : Check Workflow where
  code := 002
  run w := cat
    (each (fun c => match c with
      | .owns s what n => at? w s n fun x => require (ownsIt x n what) [(.claim, n), (.owner, s)]
      | .outcome s l _ => at? w s l fun x => require (x.outcome? l).isSome [(.outcome, l), (.owner, s)]
      | .error s c e => at? w s e fun x => match x.command? c with
        | some d => require (has e d.errorNames) [(.error, e), (.command, c), (.owner, s)]
        | none => [[(.error, e), (.command, c), (.owner, s)]]) w.claims) <|
    each (fun e => require (any (fun t => e.source.same t.source
        && (sameTarget e.target t.target && sameTrigger e.trigger t.trigger)) w.transitions)
      [(.evidence, e.source), (.trigger, Trigger.ident e.trigger)]) w.evidences

def claimDiffers : Check Workflow where
  code := 004
  run w := each (fun c => match c with
    | .owns s what n => match w.slice? s with
      | some x => require (!(ownsIt x n what) || agrees x n what) [(.claim, n), (.slice, s)]
      | none => []
    | .outcome s l ext => match w.slice? s with
      | some x => match x.outcome? l with
        | some o => require (bif ext then o.external else !o.external) [(.outcome, l), (.slice, s)]
        | none => []
      | none => []
    | .error _ _ _ => []) w.claims

/-! ## What one slice uses of another -/

private def payloadField? (w : Workflow) (p f : Ident) : Option PayloadField :=
  match w.payload? p with
  | some pl => pl.field? f
  | none => none

def inputPayload : Check Workflow where
  code := 307
  run w := each (fun s => each (fun c => each (fun i => match i.source with
    | .payload p f => require (match payloadField? w p f with
        | some pf => agree i.via i.enc pf.enc
        | none => false) [(.slice, s.slug), (.command, c.name), (.input, i.name), (.payload, p), (.field, f)]
    | _ => []) c.inputs) s.commands) w.slices

def attrPayload : Check Workflow where
  code := 206
  run w := each (fun s => cat
    (each (fun e => each (fun a => match a.source with
      | .payload p f => require (match payloadField? w p f with
          | some pf => agree a.via a.enc pf.enc
          | none => false) [(.slice, s.slug), (.event, e.name), (.attribute, a.name), (.payload, p), (.field, f)]
      | _ => []) e.attrs) s.events)
    (each (fun e => each (fun a => match a.from_ with
      | some (p, f) => require (match payloadField? w p f with
          | some pf => agree .keep a.enc pf.enc
          | none => false) [(.slice, s.slug), (.event, e.name), (.attribute, a.name), (.payload, p), (.field, f)]
      | none => []) e.attrs) s.observed)) w.slices

def untriggered : Check Workflow where
  code := 308
  run w :=
    let ss := w.slices
    each (fun s => each (fun c => require
      (any (fun x => issues x c.name) ss
        || any (fun i => match i.source with | .argument _ => true | _ => false) c.inputs)
      [(.slice, s.slug), (.command, c.name)]) s.commands) ss

private def controls (w : Workflow) (f : Slice → View → Control → List Place) : List Place :=
  each (fun s => each (fun v => each (fun k => f s v k) v.controls) s.views) w.slices

private def issued (w : Workflow) (f : Slice → View → Control → Command → List Place) : List Place :=
  controls w fun s v k => match w.command? k.command with
    | some c => f s v k c
    | none => []

def controlCommand : Check Workflow where
  code := 521
  run w := controls w fun s v k => require ((w.command? k.command).isSome || k.navigates)
    [(.slice, s.slug), (.view, v.name), (.control, k.name), (.command, k.command)]

/-- Values that must come with the invocation; the system supplies the others. -/
def Input.invoked (i : Input) : Bool :=
  match i.source with
  | .actor | .session _ | .argument _ => true
  | _ => false

def controlMisses : Check Workflow where
  code := 522
  run w := issued w fun s v k c => each (fun i =>
    require (!(Input.invoked i) || any (fun p => i.name.same p.input) k.provides)
      [(.slice, s.slug), (.view, v.name), (.control, k.name), (.input, i.name)]) c.inputs

private def kindAgrees : ProvideSource → InputSource → Bool
  | .actor, .actor => true
  | .session, .session _ => true
  | .argument, .argument _ => true
  | .generated, .generated _ => true
  | .payload, .payload _ _ => true
  | .state, .state _ _ => true
  | _, _ => false

def controlProvides : Check Workflow where
  code := 523
  run w := issued w fun s v k c => each (fun p =>
    require (match c.input? p.input with
      | some i => kindAgrees p.source i.source
      | none => false)
      [(.slice, s.slug), (.view, v.name), (.control, k.name), (.input, p.input)]) k.provides

private def automated (w : Workflow) (f : Slice → Automation → Command → List Place) : List Place :=
  each (fun s => each (fun a => match w.command? a.command with
    | some c => f s a c
    | none => []) s.automations) w.slices

def errorUnhandled : Check Workflow where
  code := 524
  run w := cat
    (issued w fun s v k c => each (fun e => require (any (fun h => e.same h.error) k.handles)
      [(.slice, s.slug), (.view, v.name), (.control, k.name), (.error, e)]) c.errorNames)
    (automated w fun s a c => each (fun e => require (has e a.handles)
      [(.slice, s.slug), (.automation, a.name), (.error, e)]) c.errorNames)

def errorUnknown : Check Workflow where
  code := 525
  run w := cat
    (issued w fun s v k c => each (fun h => require (has h.error c.errorNames)
      [(.slice, s.slug), (.view, v.name), (.control, k.name), (.error, h.error)]) k.handles)
    (automated w fun s a c => each (fun h => require (has h c.errorNames)
      [(.slice, s.slug), (.automation, a.name), (.error, h)]) a.handles)

def viewUnknown : Check Workflow where
  code := 526
  run w := controls w fun s v k => match k.goes with
    | .view n => require (w.view? n).isSome [(.slice, s.slug), (.view, v.name), (.control, k.name), (.view, n)]
    | _ => []

def reactionCommand : Check Workflow where
  code := 624
  run w := each (fun s => cat
    (each (fun a => require (w.command? a.command).isSome [(.slice, s.slug), (.automation, a.name), (.command, a.command)]) s.automations)
    (each (fun t => require (w.command? t.command).isSome [(.slice, s.slug), (.translation, t.name), (.command, t.command)]) s.translations))
    w.slices

def all_ : List (Check Workflow) := [
  stepTwice, entryCount, unreachable,
  sourceUnknown, targetUnknown, commandIssuer, commandOwner, eventEnds,
  navigationControl, navigationView, externalPayload, outcomeUnknown, errorAsOutcome, outcomeUnhandled, noEnd,
  arrivals, strayClaim, claimDiffers, inputPayload, attrPayload, untriggered,
  controlCommand, controlMisses, controlProvides, errorUnhandled, errorUnknown, viewUnknown, reactionCommand]

end WorkflowRules

/-- Every workflow rule holds. -/
def Workflow.Clean (w : Workflow) : Prop := passes WorkflowRules.all_ w = true

instance (w : Workflow) : Decidable w.Clean := inferInstanceAs (Decidable (_ = _))

end
end Emc
