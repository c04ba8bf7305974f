import Lean.Elab.Command
import Emc.Warnings
/-!
# Saying what is wrong

`emc_report slice` tells every finding in a line of its own.
`emc_certify` is the proof: the kernel evaluates the rules and finds nothing.
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

def Part.text : Part → String
  | .project => "project" | .workflow => "workflow" | .slice => "slice" | .step => "step"
  | .transition => "transition from" | .stream => "stream" | .payload => "payload" | .event => "event"
  | .attribute => "attribute" | .command => "command" | .input => "input" | .error => "error"
  | .automation => "automation" | .translation => "translation" | .readModel => "read model"
  | .field => "field" | .view => "view" | .control => "control" | .token => "token" | .state => "state"
  | .outcome => "outcome" | .scenario => "scenario" | .card => "card" | .source => "from"
  | .target => "to" | .trigger => "trigger" | .fact => "fact" | .owner => "under" | .datum => "datum"
  | .lane => "lane" | .arrival => "state" | .claim => "claim" | .evidence => "evidence from" | .external => "message"

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

private def placeText : Place → String
  | [] => ""
  | [(p, n)] => p.text ++ " " ++ visible n.text
  | (p, n) :: rest => p.text ++ " " ++ visible n.text ++ ", " ++ placeText rest

private def line (code : Nat) (p : Place) : String :=
  let (name, fix) := lookup code catalogue
  pad code ++ " " ++ name ++ ": " ++ placeText p ++ " (" ++ fix ++ ")"

private def lines (rules : List (Check α)) (a : α) (ctx : Place) : List String :=
  each (fun c => mapL (fun p => line c.code (cat ctx p)) (c.run a)) rules

/-- What can be reported on. -/
class Subject (α : Type) where
  context : α → Place
  rules : List (Check α)
  advice : List (Check α)

instance : Subject Slice := ⟨fun s => [(.slice, s.slug)], SliceRules.all_, SliceAdvice.all_⟩
instance : Subject Workflow := ⟨fun w => [(.workflow, w.slug)], WorkflowRules.all_, WorkflowAdvice.all_⟩
instance : Subject Project := ⟨fun p => [(.project, p.name)], ProjectRules.all_, ProjectAdvice.all_⟩

def errorsOf [Subject α] (a : α) : List String := lines Subject.rules a (Subject.context a)
def warningsOf [Subject α] (a : α) : List String := lines Subject.advice a (Subject.context a)

open Lean Elab Command in
/-- One warning for each piece of advice, and one error for each broken rule. -/
def report [Subject α] (a : α) : CommandElabM Unit := do
  for text in warningsOf a do logWarning text
  for text in errorsOf a do logError text

open Lean Elab Command in
/-- The same, but broken rules are warnings too: nothing is proved. -/
def advise [Subject α] (a : α) : CommandElabM Unit := do
  for text in errorsOf a do logWarning text
  for text in warningsOf a do logWarning text

end Emc

/-- Say what is wrong with a slice, workflow or project; broken rules are errors. -/
macro "emc_report " x:ident : command => `(#eval Emc.report $x)

/-- Say what is wrong with a slice, workflow or project; nothing is an error. -/
macro "emc_advise " x:ident : command => `(#eval Emc.advise $x)

/-- The kernel evaluates every rule and finds nothing wrong. -/
macro "emc_certify" : tactic =>
  `(tactic| first | decide +kernel | fail "not certified: see the rules reported above")
