import Emc.Check
/-!
# Rules about the board of a slice

Cards stand for definitions of the slice, wires for relations between them.
-/
namespace Emc
noncomputable section
namespace SliceRules

def cardUnknown : Check Slice where
  code := 801
  run s := each (fun c => require (match c.kind with
    | .view => (s.view? c.of).isSome
    | .automation => (s.automation? c.of).isSome
    | .external => any (fun t => c.of.same t.externalEvent) s.translations
    | .trigger => true
    | .command => (s.command? c.of).isSome
        || any (fun v => any (fun k => c.of.same k.command) v.controls) s.views
        || any (fun a => c.of.same a.command) s.automations
        || any (fun t => c.of.same t.command) s.translations
    | .readModel => (s.readModel? c.of).isSome
    | .event => s.knows c.of) [(.card, c.name)]) s.cards

/-- A card by its name, or by what it stands for. -/
private def card? (s : Slice) (k : CardKind) (n : Ident) : Option Card :=
  match find (fun c => n.same c.name && k.same c.kind) s.cards with
  | some c => some c
  | none => find (fun c => n.same c.of && k.same c.kind) s.cards

/-- What is connected: the card, or a stand-in for the workflow, whose code is
that of no text. -/
private def end? (s : Slice) (k : CardKind) (n : Ident) : Option Card :=
  match k with
  | .trigger => some ⟨⟨Nat.mul n.code 2⟩, .trigger, n, true, none⟩
  | _ => card? s k n

private def source? (s : Slice) (w : Wire) : Option Card := end? s w.sourceKind w.source
private def target? (s : Slice) (w : Wire) : Option Card := end? s w.targetKind w.target

def wireEnd : Check Slice where
  code := 802
  run s := each (fun w => require ((source? s w).isSome && (target? s w).isSome)
    [(.source, w.source), (.target, w.target)]) s.wires

/-- What a wire claims, checked against the model. -/
private def claim (s : Slice) (a b : Card) : Option Bool :=
  match a.kind, b.kind with
  | .view, .command => some (any (fun v => a.of.same v.name && any (fun k => b.of.same k.command) v.controls) s.views)
  | .automation, .command => some (any (fun x => a.of.same x.name && b.of.same x.command) s.automations)
  | .external, .command => some (any (fun t => a.of.same t.externalEvent && b.of.same t.command) s.translations)
  | .trigger, .command => some true
  | .command, .event => some (any (fun c => a.of.same c.name && has b.of c.emits) s.commands)
  | .event, .automation => some (any (fun x => b.of.same x.name && a.of.same x.trigger) s.automations)
  | .event, .readModel => some (any (fun r => b.of.same r.name && any (fun f =>
      match f.source with
      | .attr e _ => a.of.same e
      | .absent e _ => a.of.same e
      | .derived srcs _ _ => any (fun x => match x with | .attr e _ => a.of.same e | .field _ => false) srcs)
      r.fields) s.readModels)
  | .readModel, .view => some (any (fun v => b.of.same v.name && any (fun d => a.of.same d.readModel) v.shows) s.views)
  | _, _ => none

private def wired (s : Slice) (f : Wire → Card → Card → List α) : List α :=
  each (fun w => match source? s w, target? s w with
    | some a, some b => f w a b
    | _, _ => []) s.wires

def wireShape : Check Slice where
  code := 803
  run s := wired s fun w a b => require (claim s a b).isSome [(.source, w.source), (.target, w.target)]

def wireFalse : Check Slice where
  code := 804
  run s := wired s fun w a b => match claim s a b with
    | some ok => require ok [(.source, w.source), (.target, w.target)]
    | none => []

/-- The wires between cards that exist, by the names of the cards. -/
private def links (s : Slice) : List (Ident × Ident) := wired s fun _ a b => [(a.name, b.name)]

def cardUnfed : Check Slice where
  code := 805
  run s :=
    let ls := links s
    each (fun c => match c.kind with
      | .command | .readModel => require (any (fun l => c.name.same l.2) ls) [(.card, c.name)]
      | _ => []) s.cards

/-- Cards connected with the ones in `seen`, in either direction. -/
private def grow (ls : List (Ident × Ident)) : Nat → List Ident → List Ident
  | 0, seen => seen
  | fuel + 1, seen =>
    let step := each (fun l =>
      bif has l.1 seen then (bif has l.2 seen then [] else [l.2])
      else (bif has l.2 seen then [l.1] else [])) ls
    match step with
    | [] => seen
    | _ :: _ => grow ls fuel (cat step seen)

def island : Check Slice where
  code := 806
  run s := match keep Card.main s.cards with
    | [] => []
    | c :: cs =>
      let reach := grow (links s) (Nat.succ (size s.wires)) [c.name]
      each (fun d => require (has d.name reach) [(.card, d.name)]) cs

def wrongLane : Check Slice where
  code := 808
  run s := each (fun c => require (!c.strayed.isSome) [(.card, c.name)]) s.cards

end SliceRules
end
end Emc
