import Emc.Sound
/-!
# Where every value comes from

What a clean project with clean slices guarantees: each attribute of an event
and each field that a person sees has a way back to original sources.
-/
namespace Emc

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
