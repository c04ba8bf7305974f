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
      rw [keep, hy] at m
      cases m with
      | head => exact ⟨.head ys, hy⟩
      | tail _ m => have ih := keep_sound (l := ys) m; exact ⟨.tail y ih.1, ih.2⟩
    | false =>
      rw [keep, hy] at m
      have ih := keep_sound (l := ys) m
      exact ⟨.tail y ih.1, ih.2⟩

theorem keep_complete {p : α → Bool} {x : α} : {l : List α} → x ∈ l → p x = true → x ∈ keep p l
  | y :: ys, m, h => by
    cases hy : p y with
    | true =>
      rw [keep, hy]
      cases m with
      | head => exact .head _
      | tail _ m => exact .tail y (keep_complete (l := ys) m h)
    | false =>
      rw [keep, hy]
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
local macro "in_table" : tactic =>
  `(tactic| (delta SliceRules.all_ WorkflowRules.all_ ProjectRules.all_
             repeat (first | exact List.Mem.head _ | apply List.Mem.tail)))

/-- Every slice of the list is certified; generated files give one proof per slice. -/
def AllClean : List Slice → Prop
  | [] => True
  | s :: ss => s.Clean ∧ AllClean ss

theorem AllClean.sound : {ss : List Slice} → AllClean ss → ∀ s, s ∈ ss → s.Clean
  | x :: xs, h, s, m => by
    cases m with
    | head => exact h.1
    | tail _ m => exact AllClean.sound (ss := xs) h.2 s m

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

/-- A control provides every input that has to come with the invocation, and
handles every error, of the command it issues, in whatever slice that is. -/
theorem Workflow.Clean.control_complete {w : Workflow} (h : w.Clean) :
    ∀ s, s ∈ w.slices → ∀ v, v ∈ s.views → ∀ k, k ∈ v.controls → k.navigates = false →
    ∃ c, w.command? k.command = some c ∧
      (∀ i, i ∈ c.inputs → WorkflowRules.Input.invoked i = true → ∃ p, p ∈ k.provides ∧ i.name = p.input) ∧
      (∀ e, e ∈ c.errorNames → ∃ x, x ∈ k.handles ∧ e = x.error) := by
  intro s hs v hv k hk hn
  have r1 := h.rule (c := WorkflowRules.controlCommand) (by in_table)
  have r1 := require_sound (each_sound (each_sound (each_sound r1 s hs) v hv) k hk)
  rw [hn, Bool.or_false] at r1
  obtain ⟨c, hc⟩ := isSome_sound r1
  have r2 := h.rule (c := WorkflowRules.controlMisses) (by in_table)
  have r2 := each_sound (each_sound (each_sound r2 s hs) v hv) k hk
  simp only [hc] at r2
  have r3 := h.rule (c := WorkflowRules.errorUnhandled) (by in_table)
  have r3 := each_sound (each_sound (each_sound (cat_nil r3).1 s hs) v hv) k hk
  simp only [hc] at r3
  refine ⟨c, hc, ?_, ?_⟩
  · intro i hi inv
    have ok := require_sound (each_sound r2 i hi)
    rw [inv] at ok
    obtain ⟨p, hp, same⟩ := any_sound ok
    exact ⟨p, hp, Ident.eq_of_same same⟩
  · intro e he
    obtain ⟨x, hx, same⟩ := any_sound (require_sound (each_sound r3 e he))
    exact ⟨x, hx, Ident.eq_of_same same⟩

/-! ## Projects -/

theorem Project.Clean.rule {p : Project} (h : p.Clean) {c : Check Project} (m : c ∈ ProjectRules.all_) :
    c.run p = [] := passes_sound h m

/-- The kinds of datum a value passes through. -/
inductive Datum
  | input (s : Slice) (c : Command) (i : Input)
  | attr (s : Slice) (e : Event) (a : Attr)
  /-- An attribute of an event, by name. -/
  | named (event attr : Ident)
  | field (s : Slice) (r : ReadModel) (f : Field)

/-- The event is emitted by a slice, or is a message from outside that a slice
translates. -/
def Happens (ss : List Slice) (n : Ident) : Prop :=
  (∃ s, s ∈ ss ∧ ∃ e, e ∈ s.events ∧ e.name = n) ∨ n ∈ arriving ss

/-- The datum has a complete, finite way back to where its value comes from:
an actor, a session, a generator, an argument, an external payload or message,
or the absence of an event that happens in the model. -/
inductive Traced (ss : List Slice) : Datum → Prop
  | given {s c i} : i.original = true → Traced ss (.input s c i)
  | read {s c i n m} : i.source = .state n m → Traced ss (.named n m) → Traced ss (.input s c i)
  | made {s e a} : a.original = true → Traced ss (.attr s e a)
  | recorded {s e a c} : c ∈ s.commands → has e.name c.emits = true →
      (∀ d, d ∈ s.commands → has e.name d.emits = true →
        ∀ n, n ∈ a.needs → (d.input? n).isSome = true) →
      (∀ d, d ∈ s.commands → has e.name d.emits = true →
        ∀ n, n ∈ a.needs → ∀ i, d.input? n = some i → Traced ss (.input s d i)) →
      Traced ss (.attr s e a)
  | named {s e a} : s ∈ ss → e ∈ s.events → a ∈ e.attrs → Traced ss (.attr s e a) →
      Traced ss (.named e.name a.name)
  | projected {s r f n m} : f.source = .attr n m → Traced ss (.named n m) → Traced ss (.field s r f)
  | derived {s r f srcs rule sc} : f.source = .derived srcs rule sc → empty srcs = false →
      (∀ n m, FieldInput.attr n m ∈ srcs → Traced ss (.named n m)) →
      (∀ g, FieldInput.field g ∈ srcs → (r.field? g).isSome = true) →
      (∀ g fd, FieldInput.field g ∈ srcs → r.field? g = some fd → Traced ss (.field s r fd)) →
      Traced ss (.field s r f)
  | received {n m} : n ∈ arriving ss → Traced ss (.named n m)
  | absent {s r f n sc} : f.source = .absent n sc → Happens ss n → Traced ss (.field s r f)

theorem lookup_sound {α : Type} {k : Ident} {x : α} : ∀ depth level level' rows,
    Index.lookup k (Index.build depth level rows) level' = some x → ∃ n, (n, x) ∈ rows ∧ k = n := by
  intro depth
  induction depth with
  | zero =>
    intro level level' rows h
    rw [Index.build, Index.lookup] at h
    cases hf : find (fun r => Nat.beq k.code r.1.code) rows with
    | none => rw [hf] at h; cases h
    | some r =>
      rw [hf] at h
      have f := find_sound hf
      injection h with h
      exact ⟨r.1, by rw [← h]; exact f.1, Ident.eq_of_same f.2⟩
  | succ d ih =>
    intro level level' rows h
    match rows, h with
    | [], h => rw [Index.build, Index.lookup] at h; cases h
    | [r], h =>
      rw [Index.build, Index.lookup] at h
      cases hf : find (fun r => Nat.beq k.code r.1.code) [r] with
      | none => rw [hf] at h; cases h
      | some r' =>
        rw [hf] at h
        have f := find_sound hf
        injection h with h
        exact ⟨r'.1, by rw [← h]; exact f.1, Ident.eq_of_same f.2⟩
    | r :: r' :: rs, h =>
      rw [Index.build, Index.lookup] at h
      · cases hb : Index.bit level' k.code with
        | true =>
          rw [hb] at h
          obtain ⟨n, hn, e⟩ := ih _ _ _ h
          exact ⟨n, (keep_sound hn).1, e⟩
        | false =>
          rw [hb] at h
          obtain ⟨n, hn, e⟩ := ih _ _ _ h
          exact ⟨n, (keep_sound hn).1, e⟩
      all_goals (intros; rename_i hne; cases hne)

theorem producers_sound {ss : List Slice} {n : Ident} {m : Emitted}
    (h : (producers ss).find n = some m) : m.slice ∈ ss ∧ m.event ∈ m.slice.events ∧ m.event.name = n := by
  obtain ⟨n', hm, e⟩ := lookup_sound _ _ _ _ h
  obtain ⟨s, hs, hm⟩ := mem_each hm
  obtain ⟨ev, he, hm⟩ := mem_mapL hm
  injection hm with h1 h2
  subst h2
  exact ⟨hs, he, by rw [e]; exact h1⟩

theorem attrTraced_sound {ss : List Slice} (clean : ∀ s, s ∈ ss → s.Clean) :
    ∀ fuel s e a, s ∈ ss → e ∈ s.events → attrTraced (arriving ss) (producers ss) fuel s e a = true →
      Traced ss (.attr s e a)
  | 0, _, _, _, _, _, h => by cases h
  | fuel + 1, s, e, a, hs, he, h => by
    rw [attrTraced] at h
    cases ho : a.original with
    | true => exact .made ho
    | false =>
      rw [ho] at h
      have h : all _ (s.emitters e.name) = true := h
      obtain ⟨c, hc, emits⟩ := (clean s hs).emitted_by_command e he
      have way : ∀ d, d ∈ s.commands → has e.name d.emits = true → ∀ n, n ∈ a.needs → ∃ i,
          d.input? n = some i ∧ Traced ss (.input s d i) := by
        intro d hd de n hn
        have ok := all_sound (all_sound h d (keep_complete hd de)) n hn
        cases hi : d.input? n with
        | none => simp only [hi] at ok; cases ok
        | some i =>
          refine ⟨i, rfl, ?_⟩
          simp only [hi] at ok
          cases src : i.source with
          | state e' a' =>
            simp only [src] at ok
            cases hm : (producers ss).find e' with
            | none =>
              simp only [hm] at ok
              exact .read src (.received (has_sound ok))
            | some m =>
              simp only [hm] at ok
              cases hb : m.event.attr? a' with
              | none => simp only [hb] at ok; cases ok
              | some b =>
                simp only [hb] at ok
                have pm := producers_sound hm
                have fb := find_sound hb
                have t := attrTraced_sound clean fuel m.slice m.event b pm.1 pm.2.1 ok
                have nt := Traced.named pm.1 pm.2.1 fb.1 t
                rw [pm.2.2, ← Ident.eq_of_same fb.2] at nt
                exact .read src nt
          | actor => exact .given (by rw [Input.original, src])
          | session _ => exact .given (by rw [Input.original, src])
          | generated _ => exact .given (by rw [Input.original, src])
          | argument _ => exact .given (by rw [Input.original, src])
          | payload _ _ => exact .given (by rw [Input.original, src])
      refine .recorded hc emits ?_ ?_
      · intro d hd de n hn
        obtain ⟨i, hi, _⟩ := way d hd de n hn
        rw [hi]; rfl
      · intro d hd de n hn i hi
        obtain ⟨j, hj, t⟩ := way d hd de n hn
        rw [hi] at hj
        injection hj with hj
        rw [hj]; exact t

/-- Every attribute of every event of the project can be traced. -/
theorem Project.Clean.attr_traced {p : Project} (h : p.Clean) (clean : ∀ s, s ∈ p.slices → s.Clean) :
    ∀ s, s ∈ p.slices → ∀ e, e ∈ s.events → ∀ a, a ∈ e.attrs → Traced p.slices (.attr s e a) := by
  intro s hs e he a ha
  have r := h.rule (c := ProjectRules.circular) (by in_table)
  exact attrTraced_sound clean 64 s e a hs he (require_sound (each_sound (each_sound (each_sound r s hs) e he) a ha))

/-- An attribute that a slice emits or observes can be traced. -/
theorem Project.Clean.named_traced {p : Project} (h : p.Clean) (clean : ∀ s, s ∈ p.slices → s.Clean)
    {s : Slice} (hs : s ∈ p.slices) {n m : Ident} (k : (s.attrEnc? n m).isSome = true) :
    Traced p.slices (.named n m) := by
  rw [Slice.attrEnc?] at k
  cases he : s.event? n with
  | some e =>
    simp only [he] at k
    cases ha : e.attr? m with
    | none => simp only [ha] at k; cases k
    | some a =>
      have fe := find_sound he
      have fa := find_sound ha
      have t := Traced.named hs fe.1 fa.1 (h.attr_traced clean s hs e fe.1 a fa.1)
      rw [← Ident.eq_of_same fe.2, ← Ident.eq_of_same fa.2] at t
      exact t
  | none =>
    simp only [he] at k
    cases ho : s.seen? n with
    | none => simp only [ho] at k; cases k
    | some o =>
      simp only [ho] at k
      cases ha : o.attr? m with
      | none => simp only [ha] at k; cases k
      | some b =>
        have fo := find_sound ho
        have fb := find_sound ha
        have r1 := h.rule (c := ProjectRules.observed) (by in_table)
        have r1 := each_sound (each_sound r1 s hs) o fo.1
        have r2 := h.rule (c := ProjectRules.observedDiffers) (by in_table)
        have r2 := each_sound (each_sound r2 s hs) o fo.1
        cases hm : (producers p.slices).find o.name with
        | none =>
          simp only [hm] at r1
          have t := Traced.received (m := m) (has_sound (require_sound r1))
          rw [← Ident.eq_of_same fo.2] at t
          exact t
        | some x =>
          simp only [hm] at r2
          have ok := all_sound (and_sound (require_sound r2)).2 b fb.1
          have px := producers_sound hm
          cases hq : x.event.attr? b.name with
          | none => simp only [hq] at ok; cases ok
          | some q =>
            have fq := find_sound hq
            have t := Traced.named px.1 px.2.1 fq.1 (h.attr_traced clean x.slice px.1 x.event px.2.1 q fq.1)
            rw [px.2.2, ← Ident.eq_of_same fo.2, ← Ident.eq_of_same fq.2, ← Ident.eq_of_same fb.2] at t
            exact t

/-- An event that a slice emits or observes happens. -/
theorem Project.Clean.known_happens {p : Project} (h : p.Clean) {s : Slice} (hs : s ∈ p.slices)
    {n : Ident} (k : s.knows n = true) : Happens p.slices n := by
  cases or_sound k with
  | inl k =>
    obtain ⟨e, he⟩ := isSome_sound k
    have f := find_sound he
    exact .inl ⟨s, hs, e, f.1, (Ident.eq_of_same f.2).symm⟩
  | inr k =>
    obtain ⟨o, ho⟩ := isSome_sound k
    have f := find_sound ho
    have r1 := h.rule (c := ProjectRules.observed) (by in_table)
    have r1 := each_sound (each_sound r1 s hs) o f.1
    cases hm : (producers p.slices).find o.name with
    | none =>
      simp only [hm] at r1
      have t := has_sound (require_sound r1)
      rw [← Ident.eq_of_same f.2] at t
      exact .inr t
    | some x =>
      have px := producers_sound hm
      exact .inl ⟨x.slice, px.1, x.event, px.2.1, px.2.2.trans (Ident.eq_of_same f.2).symm⟩

theorem fieldGrounded_traced {p : Project} (h : p.Clean) (clean : ∀ s, s ∈ p.slices → s.Clean)
    {s : Slice} (hs : s ∈ p.slices) {r : ReadModel} (hr : r ∈ s.readModels) :
    ∀ fuel g f, SliceRules.fieldGrounded r fuel g = true → r.field? g = some f → Traced p.slices (.field s r f)
  | 0, _, _, k, _ => by cases k
  | fuel + 1, g, f, k, hf => by
    have known := (clean s hs).rule (c := SliceRules.fieldSource) (by in_table)
    have known := each_sound (each_sound known r hr) f (find_sound hf).1
    rw [SliceRules.fieldGrounded] at k
    simp only [hf] at k
    cases src : f.source with
    | attr n m =>
      simp only [src] at known
      exact .projected src (h.named_traced clean hs (require_sound known))
    | absent n sc =>
      simp only [src] at known
      exact .absent src (h.known_happens hs (require_sound known))
    | derived srcs rule sc =>
      simp only [src] at known k
      have ok := and_sound (require_sound known)
      refine .derived src ?_ ?_ ?_ ?_
      · cases he : empty srcs with
        | false => rfl
        | true => have := ok.1; rw [he] at this; cases this
      · intro n m mem
        exact h.named_traced clean hs (all_sound ok.2 _ mem)
      · intro g' mem
        exact all_sound ok.2 _ mem
      · intro g' fd mem hfd
        exact fieldGrounded_traced h clean hs hr fuel g' fd (all_sound k _ mem) hfd

/-- Every field shown to a person has a complete way back to original sources. -/
theorem Project.Clean.displayed_traced {p : Project} (h : p.Clean) (clean : ∀ s, s ∈ p.slices → s.Clean) :
    ∀ s, s ∈ p.slices → ∀ v, v ∈ s.views → ∀ d, d ∈ v.shows →
      ∃ r, r ∈ s.readModels ∧ d.readModel = r.name ∧
        ∃ f, f ∈ r.fields ∧ d.field = f.name ∧ Traced p.slices (.field s r f) := by
  intro s hs v hv d hd
  have known := (clean s hs).rule (c := SliceRules.readsUnknown) (by in_table)
  obtain ⟨r, hr⟩ := isSome_sound (require_sound (each_sound (each_sound known v hv) d hd))
  have u := (clean s hs).rule (c := SliceRules.shownUnknown) (by in_table)
  have u := require_sound (each_sound (each_sound u v hv) d hd)
  rw [SliceRules.shownField?] at u
  simp only [hr, Option.isNone_some, Bool.false_or] at u
  obtain ⟨f, hf⟩ := isSome_sound u
  have fr := find_sound hr
  have ff := find_sound hf
  refine ⟨r, fr.1, Ident.eq_of_same fr.2, f, ff.1, Ident.eq_of_same ff.2, ?_⟩
  have known := (clean s hs).rule (c := SliceRules.fieldSource) (by in_table)
  have known := each_sound (each_sound known r fr.1) f ff.1
  cases src : f.source with
  | attr n m =>
    simp only [src] at known
    exact .projected src (h.named_traced clean hs (require_sound known))
  | absent n sc =>
    simp only [src] at known
    exact .absent src (h.known_happens hs (require_sound known))
  | derived srcs rule sc =>
    have g := (clean s hs).rule (c := SliceRules.circularField) (by in_table)
    have g := each_sound (each_sound g r fr.1) f ff.1
    simp only [src] at g
    have name := Ident.eq_of_same ff.2
    rw [← name] at g
    exact fieldGrounded_traced h clean hs fr.1 _ _ _ (require_sound g) hf

end Emc
