import Emc.ProjectRules
/-!
# Advice

Warnings are printed, never proved: a model with warnings is still certified.
They may therefore look at texts, and use ordinary string functions.
-/
namespace Emc

/-! ## Slices -/
namespace SliceAdvice

/-- Past participles that do not end in "ed". -/
private def irregular : List String :=
  ["sent", "paid", "made", "sold", "lost", "found", "begun", "chosen", "taken", "given", "shown", "done",
   "gone", "built", "left", "met", "kept", "held", "won", "set", "put", "cut", "shut", "split", "drawn",
   "written", "bought", "brought", "caught", "taught", "thought", "known", "grown", "thrown", "broken",
   "spoken", "stolen", "hidden", "driven", "risen", "fallen", "seen", "read", "reset", "bound", "wound"]

/-- The words of a name in lower case, last one first: `TicketCaptured` and
`ticket-captured` have two. -/
private def words (s : String) : List String :=
  let close (l : List String) (w : String) : List String := if w.isEmpty then l else w :: l
  let (l, w, _) := s.foldl (fun (l, w, low) c =>
    if c.isUpper && low then (close l w, "".push c.toLower, false)
    else if c.isAlphanum then (l, w.push c.toLower, c.isLower || c.isDigit)
    else (close l w, "", false)) (([] : List String), "", false)
  close l w

private def past (w : String) : Bool := w.endsWith "ed" || any (fun x => w.endsWith x) irregular

/-- Names with letters of other scripts are not judged. -/
private def plain (s : String) : Bool := s.foldl (fun ok c => ok && c.toNat < 128) true

/-- The last word, or the one before it (`ParcelTakenIn`), is a past participle. -/
def eventTense : Check Slice where
  code := 010
  run s := each (fun e => require (!(plain e.name.text) || any past ((words e.name.text).take 2)) [(.event, e.name)]) s.events

def commandTense : Check Slice where
  code := 011
  run s := each (fun c => require (!(any (fun w => w.endsWith "ed") ((words c.name.text).take 1))) [(.command, c.name)]) s.commands

def wide : Check Slice where
  code := 110
  run s := match s.kind with
    | .stateChange => require (Nat.ble (size s.commands) 1) []
    | .stateView => require (Nat.ble (size s.views) 1) []
    | _ => []

def noAcceptance : Check Slice where
  code := 111
  run s := match s.kind with
    | .stateChange | .stateView => require (!(empty s.acceptance)) []
    | _ => []

def inputUnused : Check Slice where
  code := 309
  run s := each (fun c => each (fun i =>
    require (any (fun e => has e.name c.emits && any (fun a => has i.name (SliceRules.Attr.needs a)) e.attrs) s.events)
      [(.command, c.name), (.input, i.name)]) c.inputs) s.commands

def readModelUnused : Check Slice where
  code := 410
  run s := each (fun r => require (any (fun v => any (fun d => d.readModel.same r.name) v.shows) s.views || !(empty s.automations))
    [(.readModel, r.name)]) s.readModels

def fieldUnused : Check Slice where
  code := 411
  run s := each (fun r => each (fun f =>
    require (any (fun v => any (fun d => d.readModel.same r.name && d.field.same f.name) v.shows) s.views
      || any (fun g => match g.source with
        | .derived srcs _ _ => any (fun x => match x with | .field n => n.same f.name | _ => false) srcs
        | _ => false) r.fields
      || !(empty s.automations))
      [(.readModel, r.name), (.field, f.name)]) r.fields) s.readModels

def eventNoOutcome : Check Slice where
  code := 614
  run s := match s.kind with
    | .stateChange => each (fun e => require (any (fun o => has e.name o.events) s.outcomes) [(.event, e.name)]) s.events
    | _ => []

def offBoard : Check Slice where
  code := 807
  run s := when (!(empty s.cards)) <|
    cat (each (fun c => require (any (fun k => k.kind.same .command && k.of.same c.name) s.cards) [(.command, c.name)]) s.commands) <|
    cat (each (fun c => require (any (fun k => k.kind.same .event && k.of.same c.name) s.cards) [(.event, c.name)]) s.events) <|
    cat (each (fun c => require (any (fun k => k.kind.same .readModel && k.of.same c.name) s.cards) [(.readModel, c.name)]) s.readModels)
      (each (fun c => require (any (fun k => k.kind.same .view && k.of.same c.name) s.cards) [(.view, c.name)]) s.views)

def all_ : List (Check Slice) := [eventTense, commandTense, wide, noAcceptance, inputUnused,
  readModelUnused, fieldUnused, eventNoOutcome, offBoard]
end SliceAdvice

/-! ## Workflows -/
namespace WorkflowAdvice

private def back (ts : List Transition) : Nat → List Ident → List Ident
  | 0, seen => seen
  | fuel + 1, seen =>
    match each (fun t => match t.target with
      | .step b => bif has b seen && !(has t.source seen) then [t.source] else []
      | _ => []) ts with
    | [] => seen
    | x :: xs => back ts fuel (cat (x :: xs) seen)

def trapped : Check Workflow where
  code := 920
  run w :=
    let good := back w.transitions (size w.steps) (mapL Slice.slug (keep w.rests w.slices))
    each (fun n => require (has n good) [(.step, n)]) w.slugs

/-- Events that can follow an event through automations alone. -/
private def follow (w : Workflow) (e : Ident) : List Ident :=
  each (fun s => each (fun a => bif e.same a.trigger then (match w.command? a.command with
      | some c => c.emits
      | none => []) else []) s.automations) w.slices

private def loops (w : Workflow) (goal : Ident) : Nat → List Ident → Bool
  | 0, _ => false
  | fuel + 1, es =>
    let next := each (follow w) es
    has goal next || (!(empty next) && loops w goal fuel next)

def automationLoop : Check Workflow where
  code := 921
  run w := each (fun s => each (fun a =>
    require (!(loops w a.trigger (size w.steps) [a.trigger])) [(.automation, a.name), (.event, a.trigger)])
    s.automations) w.slices

private def models (w : Workflow) (s : Slice) (f : Transition → Bool) : Bool :=
  any (fun t => s.slug.same t.source && f t) w.transitions

def controlUnmodelled : Check Workflow where
  code := 922
  run w := each (fun s => each (fun v => each (fun k => cat
    (when (w.command? k.command).isSome <|
      require ((s.command? k.command).isSome
          || models w s fun t => match t.trigger with | .command n => k.command.same n | _ => false)
        [(.slice, s.slug), (.control, k.name), (.command, k.command)])
    (match k.goes with
      | .view n => require ((s.view? n).isSome || (models w s fun t => match t.trigger with
          | .navigation n c _ => (match c with | some c => k.name.same c | none => k.name.same n) | _ => false)) [(.slice, s.slug), (.control, k.name), (.view, n)]
      | _ => [])) v.controls) s.views) w.slices

def all_ : List (Check Workflow) := [trapped, automationLoop, controlUnmodelled]
end WorkflowAdvice

/-! ## Project -/
namespace ProjectAdvice

private def triggers (e : Ident) (w : Workflow) : Bool :=
  any (fun t => match t.trigger with | .event n => e.same n | _ => false) w.transitions

private def usesAttr (s : Slice) (e a : Ident) : Bool :=
  any (fun r => any (fun f => match f.source with
    | .attr x y => e.same x && a.same y
    | .derived srcs _ _ => any (fun x => match x with | .attr x y => e.same x && a.same y | _ => false) srcs
    | .absent _ _ => false) r.fields) s.readModels
  || any (fun c => any (fun i => match i.source with | .state x y => e.same x && a.same y | _ => false) c.inputs) s.commands

private def usesEvent (s : Slice) (e : Ident) : Bool :=
  any (fun o => e.same o.name) s.observed
  || any (fun r => any (fun f => match f.source with
    | .attr x _ => e.same x
    | .derived srcs _ _ => any (fun x => match x with | .attr x _ => e.same x | _ => false) srcs
    | .absent x _ => e.same x) r.fields) s.readModels
  || any (fun c => any (fun i => match i.source with | .state x _ => e.same x | _ => false) c.inputs) s.commands
  || any (fun a => e.same a.trigger) s.automations

def unconsumed : Check Project where
  code := 211
  run p := each (fun s => each (fun e =>
    require (any (fun t => usesEvent t e.name) p.slices || any (triggers e.name) p.workflows)
      [(.slice, s.slug), (.event, e.name)]) s.events) p.slices

def attrUnread : Check Project where
  code := 212
  run p := each (fun s => each (fun e => each (fun a =>
    require (any (fun t => usesAttr t e.name a.name) p.slices)
      [(.slice, s.slug), (.event, e.name), (.attribute, a.name)]) e.attrs) s.events) p.slices

private def squash (s : String) : String :=
  s.foldl (fun t c => if c.isAlphanum then t.push c.toLower else if c.toNat < 128 then t else t.push c) ""

private def distinct : List Ident → List Ident
  | [] => []
  | x :: xs => bif has x xs then distinct xs else x :: distinct xs

private def pairs : List (Ident × String) → List Place
  | [] => []
  | x :: xs => cat (mapL (fun y => [(.event, x.1), (.event, y.1)])
      (keep (fun y => x.2 == y.2 && !(x.1.same y.1)) xs)) (pairs xs)

def nearDuplicate : Check Project where
  code := 012
  run p := pairs (mapL (fun n => (n, squash n.text)) (distinct (mapL Prod.fst (emittedRows p.slices))))

def all_ : List (Check Project) := [unconsumed, attrUnread, nearDuplicate]
end ProjectAdvice

end Emc
