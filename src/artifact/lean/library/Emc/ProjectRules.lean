import Emc.WorkflowRules
import Emc.Index
/-!
# Rules about the whole project
-/
namespace Emc
noncomputable section

/-- The command inputs an attribute is made of. -/
abbrev Attr.needs (a : Attr) : List Ident := SliceRules.Attr.needs a

def Attr.original (a : Attr) : Bool :=
  match a.source with
  | .input _ | .derived _ _ => false
  | _ => true

def Input.original (i : Input) : Bool :=
  match i.source with
  | .state _ _ => false
  | _ => true

/-- An event together with the slice that emits it. -/
structure Emitted where
  slice : Slice
  event : Event

abbrev Producers := Index Emitted

def emittedRows (ss : List Slice) : List (Ident × Emitted) :=
  each (fun s => mapL (fun e => (e.name, ⟨s, e⟩)) s.events) ss

def producers (ss : List Slice) : Producers := Index.build 12 1 (emittedRows ss)

/-- The messages from outside that a slice translates. -/
def arriving (ss : List Slice) : List Ident :=
  each (fun s => mapL Translation.externalEvent s.translations) ss

def Producers.find (ix : Producers) (e : Ident) : Option Emitted := Index.lookup e ix 1

/-- Follow an attribute back to where its value comes from.  `fuel` bounds the
length of the way; a way that runs in a circle uses it up. -/
def attrTraced (outside : List Ident) (ix : Producers) : Nat → Slice → Event → Attr → Bool
  | 0, _, _, _ => false
  | fuel + 1, s, e, a =>
    a.original || all (fun c => all (fun n =>
      match c.input? n with
      | none => false
      | some i => match i.source with
        | .state e' a' => match ix.find e' with
          | none => has e' outside
          | some m => match m.event.attr? a' with
            | none => false
            | some b => attrTraced outside ix fuel m.slice m.event b
        | _ => true) a.needs) (s.emitters e.name)

namespace Project
def slices (p : Project) : List Slice := each Workflow.slices p.workflows
end Project

namespace ProjectRules

def slugTwice : Check Project where
  code := 951
  run p := cat (mapL (fun n => [(.workflow, n)]) (repeated (mapL Workflow.slug p.workflows)))
    (mapL (fun n => [(.slice, n)]) (Index.doubles (Index.build 12 1 (mapL (fun s => (s.slug, ())) p.slices))))

private def shared (part : Part) (names : List Ident) : List Place :=
  mapL (fun n => [(part, n)]) (Index.doubles (Index.build 12 1 (mapL (fun n => (n, ())) names)))

def ownedTwice : Check Project where
  code := 003
  run p :=
    let ss := p.slices
    cat (shared .command (mapL Command.name (each Slice.commands ss))) <|
    cat (shared .readModel (mapL ReadModel.name (each Slice.readModels ss))) <|
    cat (shared .view (mapL View.name (each Slice.views ss))) <|
    cat (shared .automation (mapL Automation.name (each Slice.automations ss))) <|
    cat (shared .translation (mapL Translation.name (each Slice.translations ss)))
      (shared .payload (mapL Payload.name (each Slice.payloads ss)))

/-- The producer's event has everything the observer relies on. -/
def provides (e : Event) (o : Seen) : Bool :=
  o.stream.same e.stream && all (fun a => match e.attr? a.name with
    | some b => a.enc.same b.enc || !a.enc.known || !b.enc.known
    | none => false) o.attrs

def observed : Check Project where
  code := 207
  run p :=
    let ix := producers p.slices
    let outside := arriving p.slices
    each (fun s => each (fun o => match ix.find o.name with
      | none => require (has o.name outside) [(.slice, s.slug), (.event, o.name)]
      | some _ => []) s.observed) p.slices

def observedDiffers : Check Project where
  code := 208
  run p :=
    let ix := producers p.slices
    let outside := arriving p.slices
    each (fun s => each (fun o => match ix.find o.name with
      | none => require (!(has o.name outside) || all (fun a => a.from_.isSome) o.attrs) [(.slice, s.slug), (.event, o.name)]
      | some m => require (provides m.event o)
          [(.slice, s.slug), (.event, o.name), (.source, m.slice.slug)]) s.observed) p.slices

/-- Same stream, same attributes in the same representation. -/
def sameDefinition (a b : Event) : Bool :=
  let covers (x y : Event) : Bool := all (fun p => match y.attr? p.name with
    | some q => p.enc.same q.enc
    | none => false) x.attrs
  a.stream.same b.stream && covers a b && covers b a

/-- Several slices may emit the same event, if they mean the same thing by it. -/
def emittedDiffers : Check Project where
  code := 209
  run p :=
    let rows := emittedRows p.slices
    let ix := producers p.slices
    match Index.doubles ix with
    | [] => []
    | ds => each (fun r => when (has r.1 ds) (match ix.find r.1 with
        | some m => require (sameDefinition m.event r.2.event)
            [(.event, r.1), (.slice, r.2.slice.slug), (.slice, m.slice.slug)]
        | none => [])) rows

def circular : Check Project where
  code := 703
  run p :=
    let ix := producers p.slices
    let outside := arriving p.slices
    each (fun s => each (fun e => each (fun a => require (attrTraced outside ix 64 s e a)
      [(.slice, s.slug), (.event, e.name), (.attribute, a.name)]) e.attrs) s.events) p.slices

def exitUnknown : Check Project where
  code := 952
  run p :=
    let known := mapL Workflow.slug p.workflows
    each (fun w => each (fun t => match t.target with
      | .exit x => require (has x known) [(.workflow, w.slug), (.transition, t.source), (.target, x)]
      | _ => []) w.transitions) p.workflows

def destinationUnknown : Check Project where
  code := 527
  run p :=
    let known := mapL Workflow.slug p.workflows
    each (fun s => each (fun v => each (fun k => match k.goes with
      | .workflow x => require (has x known) [(.slice, s.slug), (.view, v.name), (.control, k.name), (.workflow, x)]
      | _ => []) v.controls) s.views) p.slices

def all_ : List (Check Project) :=
  [slugTwice, ownedTwice, observed, observedDiffers, emittedDiffers, circular, exitUnknown, destinationUnknown]

end ProjectRules

/-- Every project rule holds. -/
def Project.Clean (p : Project) : Prop := passes ProjectRules.all_ p = true

instance (p : Project) : Decidable p.Clean := inferInstanceAs (Decidable (_ = _))

end
end Emc
