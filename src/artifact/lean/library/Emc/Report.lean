import Lean.Elab.Command
import Std.Data.HashMap
import Emc.Warnings
/-!
# Saying what is wrong

`emc_report slice` tells every finding in a line of its own; what is found is what
the kernel evaluates the rules to.  `emc_certify` is the proof: it finds nothing.
-/
namespace Emc

/-- Code, name, and hint of every rule. -/
def catalogue : List (Nat × String × String) := [
  (001, "duplicate-definition", "rename or remove one of the two"),
  (002, "stray-fact", "the owner of this fact is gone: remove the fact or restore its owner"),
  (003, "owned-by-two-slices", "only events may be shared: rename one, or let one slice own it"),
  (004, "claim-contradicts-slice", "make the workflow say what the slice says, or remove the claim"),
  (010, "event-not-in-past-tense", "name the event after what has happened"),
  (011, "command-named-like-event", "name the command after what shall be done"),
  (012, "names-almost-equal", "use one spelling"),
  (101, "element-not-allowed-in-slice-kind", "move the element to a slice of the matching kind"),
  (102, "state-change-without-command", "add the command that makes the decision"),
  (103, "state-change-without-event", "add the event that records the change"),
  (104, "state-change-without-outcome", "name the business result of the change"),
  (105, "state-view-without-view", "add the view, or change the kind of the slice"),
  (106, "state-view-without-read-model", "add the read model the view is fed from"),
  (107, "automation-slice-needs-one-automation", "an automation slice owns exactly one automation"),
  (108, "translation-slice-without-translation", "add the translation, or change the kind of the slice"),
  (110, "slice-too-wide", "consider one slice per command or view"),
  (111, "slice-without-acceptance-scenario", "tell what an actor sees"),
  (201, "event-stream-unknown", "declare the stream or correct its name"),
  (202, "event-without-command", "let a command of this slice emit it, or declare it as observed"),
  (203, "emitted-event-undeclared", "declare the event in the slice of the command"),
  (204, "attribute-input-unknown", "every command that emits the event needs the input"),
  (205, "attribute-derived-from-nothing", "name the inputs it is computed from"),
  (206, "attribute-payload-unknown", "name a field of a declared payload, with the same encoding"),
  (207, "observed-event-never-emitted", "let a slice of this project emit it, or translate it from a payload"),
  (208, "observed-event-differs", "rely on the stream, attributes and encodings its slice declares"),
  (209, "event-defined-differently", "make the definitions identical, or use two events"),
  (211, "event-never-consumed", "project it, react to it, or drop it"),
  (212, "attribute-never-read", "use the attribute or drop it"),
  (301, "command-emits-nothing", "add the event the command records"),
  (302, "input-state-unknown", "observe the event and attribute the input is read from"),
  (303, "input-stream-not-observed", "add the stream to the streams the command observes"),
  (304, "observed-stream-unknown", "declare the stream or correct its name"),
  (305, "repeat-error-undeclared", "add the error to the command, or make the command idempotent"),
  (306, "error-without-scenario", "add a contract scenario of the command that ends in this error"),
  (307, "input-payload-unknown", "name a field of a declared payload, with the same encoding"),
  (308, "command-without-trigger", "let a control, automation or translation issue it"),
  (309, "input-unused", "record the input in an event or drop it"),
  (401, "read-model-without-fields", "add the fields it projects"),
  (402, "field-source-unknown", "project it from an attribute of an event this slice emits or observes"),
  (403, "field-rule-without-scenario", "add the contract scenario that shows the derivation or absence"),
  (404, "transitive-read-model-incomplete", "name relationship fields and an example scenario"),
  (405, "read-model-without-projector-scenario", "add a contract scenario that covers the projection"),
  (406, "field-derivation-circular", "derive it from attributes or independent fields"),
  (410, "read-model-never-viewed", "show it or drop it"),
  (411, "field-never-shown", "show it or drop it"),
  (502, "view-read-model-unknown", "a view reads the read models of its own slice"),
  (503, "displayed-field-without-source", "display a field of a read model the view reads"),
  (507, "decision-not-visible", "show the value, or do not call it the actor's decision"),
  (508, "local-state-unknown", "declare the state or filter in the view"),
  (521, "control-command-unknown", "name a command of a slice in this workflow"),
  (522, "control-misses-input", "provide the input in the control"),
  (523, "control-provision-mismatch", "provide an input the command has, from the source it declares"),
  (524, "error-unhandled", "say how the issuer recovers from the error"),
  (525, "handled-error-unknown", "remove the handler or declare the error"),
  (526, "navigation-view-unknown", "name a view of this workflow"),
  (527, "navigation-workflow-unknown", "name a workflow of this project"),
  (601, "scenario-covers-unknown", "name a definition of this slice"),
  (602, "scenario-stream-unknown", "declare the stream or correct its name"),
  (603, "scenario-without-streams", "name the streams it writes; an error scenario at least those it reads"),
  (604, "scenario-error-undeclared", "declare the error in the command it covers"),
  (605, "behaviour-without-scenario", "add a contract scenario that covers it and ends without error"),
  (611, "outcome-without-events", "name the events that make up the outcome"),
  (612, "outcome-event-unknown", "use events this slice emits or observes"),
  (613, "outcomes-not-distinguishable", "two outcomes must differ in at least one event"),
  (614, "event-in-no-outcome", "say which business result the event belongs to"),
  (621, "automation-trigger-unknown", "observe the event that triggers it"),
  (622, "translation-payload-unknown", "declare the payload contract in the translation slice"),
  (623, "payload-without-fields", "list the fields of the contract"),
  (624, "reaction-command-unknown", "name a command of a slice in this workflow"),
  (701, "datum-without-flow", "record the data flow of this datum with its representation"),
  (702, "representation-changes-silently", "use one encoding, or state the conversion"),
  (703, "provenance-circular", "at least one way must start at an actor, session, generator or payload"),
  (801, "card-without-definition", "remove the card or define what it stands for"),
  (802, "wire-end-unknown", "connect two cards of this board"),
  (803, "wire-not-causal", "wires run trigger, command, event, read model, view"),
  (804, "wire-contradicts-model", "remove the wire or add the relation to the model"),
  (805, "card-without-cause", "connect what triggers the command or feeds the read model"),
  (806, "board-island", "connect the card to the main path or take it off"),
  (807, "definition-not-on-board", "add a card"),
  (808, "card-in-wrong-lane", "move the card to the lane of its kind"),
  (901, "step-twice", "name every slice once"),
  (902, "entry-count", "exactly one step is the entry"),
  (903, "step-unreachable", "add a transition that leads here"),
  (906, "transition-source-unknown", "name a step of this workflow"),
  (907, "transition-target-unknown", "name a step of this workflow"),
  (908, "transition-command-not-issued", "let a control, automation or translation of the source issue it"),
  (909, "transition-command-not-owned", "lead to the slice that owns the command"),
  (910, "transition-event-unknown", "both ends must emit or observe the event"),
  (911, "transition-control-does-not-navigate", "name a control of the source that leads to this view"),
  (912, "transition-view-not-entry", "lead to a view of the target that is marked as entry"),
  (913, "transition-payload-unknown", "declare the payload contract at one end"),
  (914, "transition-outcome-unknown", "name an outcome of the source"),
  (915, "error-as-outcome", "an error is handled where it is returned; name a business outcome"),
  (916, "outcome-unhandled", "add a transition for the outcome, or mark it internal"),
  (917, "workflow-without-end", "add a reachable exit or end"),
  (918, "arrival-incomplete", "name a step for every state the application can be in"),
  (920, "step-never-ends", "give the step a way to an end"),
  (921, "automation-loop", "make sure the loop stops"),
  (922, "control-without-transition", "add the transition this control stands for"),
  (951, "slug-twice", "slugs are unique in the project"),
  (952, "exit-workflow-unknown", "name a workflow of this project")]

/-- How a finding names a kind of element: by its constructor, but for these. -/
private def partText : String → String
  | "transition" => "transition from" | "readModel" => "read model" | "source" => "from" | "target" => "to"
  | "owner" => "under" | "arrival" => "state" | "evidence" => "evidence from" | "external" => "message"
  | part => part

private def pad (n : Nat) : String :=
  let s := toString n
  if n < 10 then "EMC00" ++ s else if n < 100 then "EMC0" ++ s else "EMC" ++ s

private def lookup (n : Nat) : List (Nat × String × String) → String × String
  | [] => ("unknown-rule", "")
  | (m, t) :: rest => if n = m then t else lookup n rest

private def hexDigits (n : Nat) : String := (Nat.toDigits 16 n).foldl String.push ""

/-- A finding stays on its line and shows what it holds. -/
private def visible (s : String) : String :=
  s.foldl (fun t c =>
    if c = '\n' then t ++ "\\n" else if c = '\r' then t ++ "\\r" else if c = '\t' then t ++ "\\t"
    else if c.toNat < 32 || (127 ≤ c.toNat && c.toNat < 160) || c.toNat = 0x61c || c.toNat = 0xfeff
        || (0x200b ≤ c.toNat && c.toNat < 0x2010) || (0x2028 ≤ c.toNat && c.toNat < 0x2030)
        || (0x2060 ≤ c.toNat && c.toNat < 0x2070)
      then t ++ "\\u{" ++ hexDigits c.toNat ++ "}"
    else t.push c) ""

/-- A place as it is read: kinds of element and their names. -/
private abbrev Names := List (String × String)

private def placeText (p : Names) : String :=
  ", ".intercalate (p.map fun (part, name) => partText part ++ " " ++ visible name)

private def line (code : Nat) (p : Names) : String :=
  let (name, fix) := lookup code catalogue
  pad code ++ " " ++ name ++ ": " ++ placeText p ++ " (" ++ fix ++ ")"

/-! ## What the kernel finds -/
section
open Lean Meta

/-- The kernel evaluates as far as the outermost constructor. -/
private def see (e : Expr) : MetaM Expr := do
  match Kernel.whnf (← getEnv) {} e with
  | .ok e => return e
  | .error _ => throwError "the kernel cannot evaluate the rules"

private partial def items (e : Expr) : MetaM (List Expr) := do
  match (← see e).getAppFnArgs with
  | (``List.cons, #[_, x, xs]) => return x :: (← items xs)
  | _ => return []

private def pair (e : Expr) : MetaM (Expr × Expr) := do
  match (← see e).getAppFnArgs with
  | (``Prod.mk, #[_, _, a, b]) => return (a, b)
  | _ => throwError "not a pair"

private def number (e : Expr) : MetaM Nat := do
  match ← see e with
  | .lit (.natVal n) => return n
  | .const ``Nat.zero _ => return 0
  | _ => throwError "not a number"

private def place (e : Expr) : MetaM Names := do
  (← items e).mapM fun e => do
    let (part, name) ← pair e
    let .const (.str _ part) _ ← see part | throwError "not a kind of element"
    return (part, decode (← number (mkApp (mkConst ``Ident.code) name)))

/-- The places that a function of `x` lists. -/
private def places (f : Name) (x : Expr) : MetaM (List Names) := do
  (← items (mkApp (mkConst f) x)).mapM place

/-- The places where a rule of the list is broken, with its code. -/
private def broken (rules : Name) (x : Expr) : MetaM (List (Nat × Names)) := do
  (← items (← mkAppM ``findings #[mkConst rules, x])).mapM fun e => do
    let (code, p) ← pair e
    return (← number code, ← place p)

/-- Names that have the given fault. -/
private def wording (code : Nat) (f : Name) (faulty : String → Bool) (x : Expr) : MetaM (List (Nat × Names)) := do
  return ((← places f x).filter fun p => p.any fun (_, name) => faulty name).map fun p => (code, p)

/-- Two names that differ in nothing that is said aloud, each pair once. -/
private def almostEqual (names : List String) : List (Nat × Names) :=
  let step := fun (found, seen) x =>
    let key := Wording.squash x
    let twins : List String := Std.HashMap.getD seen key []
    if twins.contains x then (found, seen)
    else (found ++ twins.map fun y => (012, [("event", y), ("event", x)]), seen.insert key (twins ++ [x]))
  (names.foldl step (([] : List (Nat × Names)), ({} : Std.HashMap String (List String)))).1

/-- Whether the kernel accepts the proof that `emc_certify` makes.  Lean keeps it
under its statement, so that it is not checked again there. -/
private def accepted (statement : Expr) : MetaM Bool := do
  let decision ← synthInstance (mkApp (mkConst ``Decidable) statement)
  let yes := mkApp2 (mkConst ``Eq.refl [levelOne]) (mkConst ``Bool) (mkConst ``Bool.true)
  let proof := mkApp3 (mkConst ``of_decide_eq_true) statement decision yes
  -- What the kernel says is needed now.
  try withOptions (Elab.async.set · false) do discard <| mkAuxLemma [] statement proof; return true
  catch _ => return false

/-- What is said of a slice, a workflow, or the project. -/
structure Report where
  errors : List String
  warnings : List String

/-- Where a certificate follows, the kernel is asked for that first. -/
private def report (x : Expr) (certified : Bool) : MetaM Report := do
  let say (kind : String) (name clean rules advice : Name) (before after : List (Nat × Names)) := do
    let here := (kind, decode (← number (mkApp (mkConst ``Ident.code) (mkApp (mkConst name) x))))
    let tell := List.map fun (code, p) => line code (here :: p)
    let errors ← if ← pure certified <&&> accepted (mkApp (mkConst clean) x) then pure [] else broken rules x
    return Report.mk (tell errors) (tell (before ++ (← broken advice x) ++ after))
  match ← whnfR (← inferType x) with
  | .const ``Slice _ =>
    let tense ← wording 010 ``SliceAdvice.events Wording.eventTense x
    let mood ← wording 011 ``SliceAdvice.commands Wording.commandTense x
    say "slice" ``Slice.slug ``Slice.Clean ``SliceRules.all_ ``SliceAdvice.all_ (tense ++ mood) []
  | .const ``Workflow _ =>
    say "workflow" ``Workflow.slug ``Workflow.Clean ``WorkflowRules.all_ ``WorkflowAdvice.all_ [] []
  | .const ``Project _ =>
    let events := (← places ``ProjectAdvice.events x).filterMap fun p => p.head?.map Prod.snd
    say "project" ``Project.name ``Project.Clean ``ProjectRules.all_ ``ProjectAdvice.all_ [] (almostEqual events)
  | type => throwError "no slice, workflow or project: {type}"

end

open Lean Elab Command in
private def told (x : TSyntax `ident) (certified : Bool) : CommandElabM Report :=
  liftTermElabM do report (← Term.elabTerm x none) certified

/-- Say what is wrong with a slice, workflow or project; broken rules are errors. -/
elab "emc_report " x:ident : command => do
  let r ← told x true
  for text in r.warnings do Lean.logWarning text
  for text in r.errors do Lean.logError text

/-- Say what is wrong with a slice, workflow or project; nothing is an error. -/
elab "emc_advise " x:ident : command => do
  let r ← told x false
  for text in r.errors ++ r.warnings do Lean.logWarning text

/-- The kernel evaluates every rule and finds nothing wrong. -/
macro "emc_certify" : tactic =>
  `(tactic| first | decide +kernel | fail "not certified: see the rules reported above")

end Emc
