import Emc.Model
/-!
# Rules, findings, and the vocabulary the rules are written in
-/
namespace Emc
noncomputable section

/-- The kinds of element a finding can point at. -/
inductive Part
  | project | workflow | slice | step | transition | stream | payload | event | attribute
  | command | input | error | automation | translation | readModel | field | view | control
  | token | state | outcome | scenario | card | source | target | trigger | fact | owner | datum | lane
  | arrival | claim | evidence | external

/-- Where a rule is broken, outermost element first. -/
abbrev Place := List (Part × Ident)

/-- A rule over `α` (a slice, a workflow, or a project): `run` lists the places
where it is broken.  The rule's name and hint are kept in `Emc.Report`: what the
kernel evaluates contains no string. -/
structure Check (α : Type) where
  code : Nat
  run : α → List Place

/-- Everything that is wrong with `a`, as far as these rules go: codes and places. -/
def findings (rules : List (Check α)) (a : α) : List (Nat × Place) :=
  each (fun c => mapL (fun p => (c.code, p)) (c.run a)) rules

/-- Nothing is wrong with `a`, as far as these rules go. -/
def passes (rules : List (Check α)) (a : α) : Bool := all (fun c => empty (c.run a)) rules

theorem nil_of_empty {l : List α} (h : empty l = true) : l = [] := by
  cases l with
  | nil => rfl
  | cons x xs => cases h

theorem passes_sound {rules : List (Check α)} {a : α} (h : passes rules a = true)
    {c : Check α} (m : c ∈ rules) : c.run a = [] :=
  nil_of_empty (all_sound h c m)

/-! ## Looking things up -/

/-- Unless the copy is declared to convert, the representation must be the same.
A missing data flow is reported by its own rule. -/
def agree (via : Via) (a b : Encoding) : Bool :=
  match via with
  | .keep => a.same b || !a.known || !b.known
  | .convert _ => true

def Command.errorNames (c : Command) : List Ident := mapL Failure.name c.errors
def Command.input? (c : Command) (n : Ident) : Option Input := find (fun i => n.same i.name) c.inputs
def Event.attr? (e : Event) (n : Ident) : Option Attr := find (fun a => n.same a.name) e.attrs
def Seen.attr? (e : Seen) (n : Ident) : Option SeenAttr := find (fun a => n.same a.name) e.attrs
def ReadModel.field? (r : ReadModel) (n : Ident) : Option Field := find (fun f => n.same f.name) r.fields
def Payload.field? (p : Payload) (n : Ident) : Option PayloadField := find (fun f => n.same f.name) p.fields

namespace Slice
variable (s : Slice)

def event? (n : Ident) : Option Event := find (fun e => n.same e.name) s.events
def seen? (n : Ident) : Option Seen := find (fun e => n.same e.name) s.observed
def command? (n : Ident) : Option Command := find (fun c => n.same c.name) s.commands
def readModel? (n : Ident) : Option ReadModel := find (fun r => n.same r.name) s.readModels
def view? (n : Ident) : Option View := find (fun v => n.same v.name) s.views
def control? (n : Ident) : Option Control := find (fun c => n.same c.name) (each View.controls s.views)
def payload? (n : Ident) : Option Payload := find (fun p => n.same p.name) s.payloads
def outcome? (n : Ident) : Option Outcome := find (fun o => n.same o.label) s.outcomes
def automation? (n : Ident) : Option Automation := find (fun a => n.same a.name) s.automations
def translation? (n : Ident) : Option Translation := find (fun t => n.same t.name) s.translations

/-- The slice emits or observes the event. -/
def knows (n : Ident) : Bool := (s.event? n).isSome || (s.seen? n).isSome

/-- The stream of an event the slice emits or observes. -/
def streamOf (n : Ident) : Option Ident :=
  match s.event? n with
  | some e => some e.stream
  | none => match s.seen? n with
    | some e => some e.stream
    | none => none

/-- The representation of an attribute of an event the slice emits or observes. -/
def attrEnc? (e a : Ident) : Option Encoding :=
  match s.event? e with
  | some ev => match ev.attr? a with
    | some at_ => some at_.enc
    | none => none
  | none => match s.seen? e with
    | some ev => match ev.attr? a with
      | some at_ => some at_.enc
      | none => none
    | none => none

/-- The commands of this slice that emit the event. -/
def emitters (e : Ident) : List Command := keep (fun c => has e c.emits) s.commands

def scenarioNames : List Ident :=
  cat (mapL Scenario.name s.acceptance) (mapL (fun c => c.scenario.name) s.contracts)

def covered (p : Covers → Bool) : Bool := any (fun c => p c.covers) s.contracts

end Slice

namespace Covers
def isCommand (n : Ident) : Covers → Bool | .command m => n.same m | _ => false
def isProjector (n : Ident) : Covers → Bool | .projector m => n.same m | _ => false
def isAutomation (n : Ident) : Covers → Bool | .automation m => n.same m | _ => false
def isTranslation (n : Ident) : Covers → Bool | .translation m => n.same m | _ => false
def isDerivation (f : Ident) : Covers → Bool | .derivation x => f.same x | _ => false
def isAbsence (f : Ident) : Covers → Bool | .absence x => f.same x | _ => false
def isTransitive (r : Ident) : Covers → Bool | .transitive x => r.same x | _ => false
end Covers

def CardKind.same : CardKind → CardKind → Bool
  | .view, .view | .automation, .automation | .external, .external | .trigger, .trigger
  | .command, .command | .readModel, .readModel | .event, .event => true
  | _, _ => false

end
end Emc
