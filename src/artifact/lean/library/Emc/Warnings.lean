import Emc.ProjectRules
/-!
# Advice

Warnings are printed, never proved: a model with warnings is still certified.
What they look for is listed by the kernel, as for the rules.  Only the wording
of names is judged by programs, at the end.
-/
namespace Emc
noncomputable section

/-! ## Slices -/
namespace SliceAdvice

/-- The names whose wording is judged. -/
def events (s : Slice) : List Place := mapL (fun e => [(.event, e.name)]) s.events
def commands (s : Slice) : List Place := mapL (fun c => [(.command, c.name)]) s.commands

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

def all_ : List (Check Slice) := [wide, noAcceptance, inputUnused,
  readModelUnused, fieldUnused, eventNoOutcome, offBoard]
end SliceAdvice

/-! ## Workflows -/
namespace WorkflowAdvice

/-- The steps from which one comes to those in `seen`. -/
private def back (ts : List Transition) (known : List Ident) : Nat → List Ident → List Ident
  | 0, seen => seen
  | fuel + 1, seen =>
    match each (fun t => match t.target with
      | .step b => bif has b seen && (has t.source known && !(has t.source seen)) then [t.source] else []
      | _ => []) ts with
    | [] => seen
    | x :: xs => back ts known fuel (cat (x :: xs) seen)

def trapped : Check Workflow where
  code := 920
  run w :=
    let good := back w.transitions w.slugs (size w.steps) (mapL Slice.slug (keep w.rests w.slices))
    each (fun n => require (has n good) [(.step, n)]) w.slugs

/-- Events that can follow an event through automations alone. -/
private def follow (w : Workflow) (e : Ident) : List Ident :=
  each (fun s => each (fun a => bif e.same a.trigger then (match w.command? a.command with
      | some c => c.emits
      | none => []) else []) s.automations) w.slices

/-- Each event once. -/
private def once (es : List Ident) : List Ident :=
  es.rec [] fun e rest found => (has e rest).rec (e :: found) found

/-- Whether `goal` comes again.  Each event on the way sets an automation off. -/
private def loops (w : Workflow) (goal : Ident) : Nat → List Ident → Bool
  | 0, _ => false
  | fuel + 1, es =>
    let next := once (each (follow w) es)
    has goal next || (!(empty next) && loops w goal fuel next)

def automationLoop : Check Workflow where
  code := 921
  run w := each (fun s => each (fun a =>
    require (!(loops w a.trigger (size (each Slice.automations w.slices)) [a.trigger])) [(.automation, a.name), (.event, a.trigger)])
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

/-- The attributes of events that the slice reads. -/
private def readAttrs (s : Slice) : List (Ident × Ident) :=
  cat (each (fun r => each (fun f => match f.source with
    | .attr x y => [(x, y)]
    | .derived srcs _ _ => each (fun x => match x with | .attr x y => [(x, y)] | .field _ => []) srcs
    | .absent _ _ => []) r.fields) s.readModels)
    (each (fun c => each (fun i => match i.source with | .state x y => [(x, y)] | _ => []) c.inputs) s.commands)

/-- The events that the slice does something with. -/
private def usedEvents (s : Slice) : List Ident :=
  cat (mapL Seen.name s.observed) <|
  cat (mapL Automation.trigger s.automations) <|
  cat (each (fun r => each (fun f => match f.source with | .absent x _ => [x] | _ => []) r.fields) s.readModels)
    (mapL Prod.fst (readAttrs s))

private def indexed (rows : List (Ident × α)) : Index α := Index.build 12 1 rows

def unconsumed : Check Project where
  code := 211
  run p :=
    let used := indexed (cat (each (fun s => mapL (fun e => (e, ())) (usedEvents s)) p.slices)
      (each (fun w => each (fun t => match t.trigger with | .event e => [(e, ())] | _ => []) w.transitions) p.workflows))
    each (fun s => each (fun e => require (Index.lookup e.name used 1).isSome
      [(.slice, s.slug), (.event, e.name)]) s.events) p.slices

def attrUnread : Check Project where
  code := 212
  run p :=
    let read := indexed (each readAttrs p.slices)
    each (fun s => each (fun e => let names := Index.every e.name read 1
      each (fun a => require (has a.name names)
        [(.slice, s.slug), (.event, e.name), (.attribute, a.name)]) e.attrs) s.events) p.slices

/-- The names that are compared. -/
def events (p : Project) : List Place := mapL (fun r => [(.event, r.1)]) (emittedRows p.slices)

def all_ : List (Check Project) := [unconsumed, attrUnread]
end ProjectAdvice

end

/-! ## Wording

Names of the three lists above, judged by programs. -/
namespace Wording

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

private def past (w : String) : Bool := w.endsWith "ed" || irregular.any fun x => w.endsWith x

/-- Names with letters of other scripts are not judged. -/
private def plain (s : String) : Bool := s.foldl (fun ok c => ok && c.toNat < 128) true

/-- The last word, or the one before it (`ParcelTakenIn`), is a past participle. -/
def eventTense (name : String) : Bool := plain name && !((words name).take 2).any past

def commandTense (name : String) : Bool := ((words name).take 1).any fun w => w.endsWith "ed"

/-- Letters and digits only, in lower case. -/
def squash (s : String) : String :=
  s.foldl (fun t c => if c.isAlphanum then t.push c.toLower else if c.toNat < 128 then t else t.push c) ""

end Wording
end Emc
