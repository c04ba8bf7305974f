import Emc.ProjectRules
/-!
# What a clean model guarantees

The rules are Boolean functions.  The theorems below say, for the central ones,
what their success means in terms of plain propositions over the model.
-/
namespace Emc

theorem keep_sound {p : α → Bool} {x : α} : {l : List α} → x ∈ keep p l → x ∈ l ∧ p x = true
  | y :: ys, m => by
    cases hy : p y with
    | true =>
      rw [keep_cons, hy] at m
      cases m with
      | head => exact ⟨.head ys, hy⟩
      | tail _ m => have ih := keep_sound (l := ys) m; exact ⟨.tail y ih.1, ih.2⟩
    | false =>
      rw [keep_cons, hy] at m
      have ih := keep_sound (l := ys) m
      exact ⟨.tail y ih.1, ih.2⟩

theorem keep_complete {p : α → Bool} {x : α} : {l : List α} → x ∈ l → p x = true → x ∈ keep p l
  | y :: ys, m, h => by
    cases hy : p y with
    | true =>
      rw [keep_cons, hy]
      cases m with
      | head => exact .head _
      | tail _ m => exact .tail y (keep_complete (l := ys) m h)
    | false =>
      rw [keep_cons, hy]
      cases m with
      | head => rw [hy] at h; cases h
      | tail _ m => exact keep_complete (l := ys) m h

theorem mem_mapL {f : α → β} {y : β} : {l : List α} → y ∈ mapL f l → ∃ x, x ∈ l ∧ f x = y
  | x :: xs, m => by
    cases m with
    | head => exact ⟨x, .head xs, rfl⟩
    | tail _ m => exact (mem_mapL (l := xs) m).elim fun z hz => ⟨z, .tail x hz.1, hz.2⟩

theorem mem_cat {x : α} : {a b : List α} → x ∈ cat a b → x ∈ a ∨ x ∈ b
  | [], _, m => .inr m
  | y :: ys, b, m => by
    cases m with
    | head => exact .inl (.head ys)
    | tail _ m => exact (mem_cat (a := ys) (b := b) m).elim (fun h => .inl (.tail y h)) .inr

theorem mem_each {f : α → List β} {y : β} : {l : List α} → y ∈ each f l → ∃ x, x ∈ l ∧ y ∈ f x
  | x :: xs, m => (mem_cat (a := f x) (b := each f xs) m).elim
      (fun h => ⟨x, .head xs, h⟩)
      (fun h => (mem_each (l := xs) h).elim fun z hz => ⟨z, .tail x hz.1, hz.2⟩)

/-! ## Slices -/

/-- Picks a rule out of a rule table. -/
macro "in_table" : tactic =>
  `(tactic| (delta SliceRules.all_ WorkflowRules.all_ ProjectRules.all_
             repeat (first | exact List.Mem.head _ | apply List.Mem.tail)))

theorem Slice.Clean.rule {s : Slice} (h : s.Clean) {c : Check Slice} (m : c ∈ SliceRules.all_) :
    c.run s = [] := passes_sound h m

/-- Every event a command emits is declared in the slice of the command. -/
theorem Slice.Clean.emitted_declared {s : Slice} (h : s.Clean) :
    ∀ c, c ∈ s.commands → ∀ n, n ∈ c.emits → ∃ e, e ∈ s.events ∧ e.name = n := by
  intro c hc n hn
  have r := h.rule (c := SliceRules.emitsUndeclared) (by in_table)
  have r := require_sound (each_sound (each_sound r c hc) n hn)
  obtain ⟨e, he⟩ := isSome_sound r
  have f := find_sound he
  exact ⟨e, f.1, (Ident.eq_of_same f.2).symm⟩

/-- Every event the slice emits is emitted by one of its commands. -/
theorem Slice.Clean.emitted_by_command {s : Slice} (h : s.Clean) :
    ∀ e, e ∈ s.events → ∃ c, c ∈ s.commands ∧ has e.name c.emits = true := by
  intro e he
  have r := h.rule (c := SliceRules.emitterless) (by in_table)
  exact any_sound (require_sound (each_sound r e he))

/-- Every error of a command has a scenario of that command that ends in it. -/
theorem Slice.Clean.error_has_scenario {s : Slice} (h : s.Clean) :
    ∀ c, c ∈ s.commands → ∀ e, e ∈ c.errors →
      ∃ k, k ∈ s.contracts ∧ e.scenario = k.scenario.name ∧
        k.covers.isCommand c.name = true ∧ e.name ∈ k.scenario.errors := by
  intro c hc e he
  have r := h.rule (c := SliceRules.errorScenario) (by in_table)
  obtain ⟨k, hk, ok⟩ := any_sound (require_sound (each_sound (each_sound r c hc) e he))
  have both := and_sound (and_sound ok).2
  exact ⟨k, hk, Ident.eq_of_same (and_sound ok).1, both.1, has_sound both.2⟩

/-- Every slice of the list is certified; generated files give one proof per slice. -/
def AllClean : List Slice → Prop
  | [] => True
  | s :: ss => s.Clean ∧ AllClean ss

theorem AllClean.sound : {ss : List Slice} → AllClean ss → ∀ s, s ∈ ss → s.Clean
  | x :: xs, h, s, m => by
    cases m with
    | head => exact h.1
    | tail _ m => exact AllClean.sound (ss := xs) h.2 s m

/-- Every event a command emits is declared in the slice of the command. -/
theorem AllClean.emitted_declared {ss : List Slice} (h : AllClean ss) :
    ∀ s, s ∈ ss → ∀ c, c ∈ s.commands → ∀ n, n ∈ c.emits → ∃ e, e ∈ s.events ∧ e.name = n :=
  fun s m => (h.sound s m).emitted_declared

/-- Every slice of every workflow is certified. -/
def AllWorkflows : List Workflow → Prop
  | [] => True
  | w :: ws => AllClean w.slices ∧ AllWorkflows ws

theorem AllWorkflows.sound : {ws : List Workflow} → AllWorkflows ws →
    ∀ s, s ∈ each Workflow.slices ws → s.Clean
  | w :: ws, h, s, m => by
    cases mem_cat (a := w.slices) (b := each Workflow.slices ws) m with
    | inl m => exact h.1.sound s m
    | inr m => exact AllWorkflows.sound (ws := ws) h.2 s m

/-! ## Workflows -/

theorem Workflow.Clean.rule {w : Workflow} (h : w.Clean) {c : Check Workflow} (m : c ∈ WorkflowRules.all_) :
    c.run w = [] := passes_sound h m

/-- A step can be reached when it is an entry, or when a transition leads to it
from a step that can be reached. -/
inductive Reachable (w : Workflow) : Ident → Prop
  | entry {st} : st ∈ w.steps → st.entry = true → Reachable w st.slice.slug
  | go {t b} : t ∈ w.transitions → t.target = .step b → Reachable w t.source → Reachable w b

theorem frontier_sound {w : Workflow} {known seen : List Ident}
    (hs : ∀ x, x ∈ seen → Reachable w x) :
    ∀ x, x ∈ Workflow.frontier w.transitions known seen → Reachable w x := by
  intro x hx
  obtain ⟨t, ht, hx⟩ := mem_each hx
  cases hb : t.target with
  | step b =>
    rw [hb] at hx
    cases hk : has t.source seen && (has b known && !(has b seen)) with
    | false => simp only [hk, cond_false] at hx; cases hx
    | true =>
      simp only [hk, cond_true] at hx
      cases hx with
      | head => exact .go ht hb (hs _ (has_sound (and_sound hk).1))
      | tail _ m => cases m
  | exit _ => rw [hb] at hx; cases hx

theorem reach_sound {w : Workflow} {known : List Ident} : ∀ fuel seen,
    (∀ x, x ∈ seen → Reachable w x) →
    ∀ x, x ∈ Workflow.reach w.transitions known fuel seen → Reachable w x
  | 0, _, hs, x, hx => hs x hx
  | fuel + 1, seen, hs, x, hx => by
    rw [Workflow.reach] at hx
    cases hf : Workflow.frontier w.transitions known seen with
    | nil => rw [hf] at hx; exact hs x hx
    | cons y ys =>
      rw [hf] at hx
      refine reach_sound fuel _ ?_ x hx
      intro z hz
      cases mem_cat hz with
      | inl h => exact frontier_sound hs z (by rw [hf]; exact h)
      | inr h => exact hs z h

theorem mapL_mem {f : α → β} {x : α} : {l : List α} → x ∈ l → f x ∈ mapL f l
  | _ :: _, m => by
    cases m with
    | head => exact .head _
    | tail _ m => exact .tail _ (mapL_mem m)

/-- Every step can be reached from the entry. -/
theorem Workflow.Clean.reachable {w : Workflow} (h : w.Clean) :
    ∀ st, st ∈ w.steps → Reachable w st.slice.slug := by
  intro st hst
  have r := h.rule (c := WorkflowRules.unreachable) (by in_table)
  have ok := require_sound (each_sound r st.slice.slug (mapL_mem (f := fun s : Step => s.slice.slug) hst))
  refine reach_sound _ _ ?_ _ (has_sound ok)
  intro x hx
  obtain ⟨e, he, hx⟩ := mem_mapL hx
  have k := keep_sound he
  subst hx
  exact .entry k.1 k.2

/-- Every error of a command is handled where the command is issued: by each
control and by each automation that issues it. -/
theorem Workflow.Clean.errors_handled {w : Workflow} (h : w.Clean) :
    ∀ s, s ∈ w.slices →
      (∀ v, v ∈ s.views → ∀ k, k ∈ v.controls → ∀ c, w.command? k.command = some c →
        ∀ e, e ∈ c.errorNames → ∃ x, x ∈ k.handles ∧ e = x.error) ∧
      (∀ a, a ∈ s.automations → ∀ c, w.command? a.command = some c →
        ∀ e, e ∈ c.errorNames → e ∈ a.handles) := by
  intro s hs
  have r := cat_nil (h.rule (c := WorkflowRules.errorUnhandled) (by in_table))
  constructor
  · intro v hv k hk c hc e he
    have ok := each_sound (each_sound (each_sound r.1 s hs) v hv) k hk
    simp only [hc] at ok
    obtain ⟨x, hx, same⟩ := any_sound (require_sound (each_sound ok e he))
    exact ⟨x, hx, Ident.eq_of_same same⟩
  · intro a ha c hc e he
    have ok := each_sound (each_sound r.2 s hs) a ha
    simp only [hc] at ok
    exact has_sound (require_sound (each_sound ok e he))

/-- A control that does more than to navigate issues a command of the workflow, and
provides every input that has to come with the invocation. -/
theorem Workflow.Clean.control_complete {w : Workflow} (h : w.Clean) :
    ∀ s, s ∈ w.slices → ∀ v, v ∈ s.views → ∀ k, k ∈ v.controls → k.navigates = false →
    ∃ c, w.command? k.command = some c ∧
      ∀ i, i ∈ c.inputs → WorkflowRules.Input.invoked i = true → ∃ p, p ∈ k.provides ∧ i.name = p.input := by
  intro s hs v hv k hk hn
  have r1 := h.rule (c := WorkflowRules.controlCommand) (by in_table)
  have r1 := require_sound (each_sound (each_sound (each_sound r1 s hs) v hv) k hk)
  rw [hn, Bool.or_false] at r1
  obtain ⟨c, hc⟩ := isSome_sound r1
  have r2 := h.rule (c := WorkflowRules.controlMisses) (by in_table)
  have r2 := each_sound (each_sound (each_sound r2 s hs) v hv) k hk
  simp only [hc] at r2
  refine ⟨c, hc, ?_⟩
  intro i hi inv
  have ok := require_sound (each_sound r2 i hi)
  rw [inv] at ok
  obtain ⟨p, hp, same⟩ := any_sound ok
  exact ⟨p, hp, Ident.eq_of_same same⟩

end Emc
