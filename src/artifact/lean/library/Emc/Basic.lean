import Lean.Elab.Term
/-!
# Names, texts, and the few list functions the checker is built from

Everything the kernel has to compare is a natural number.  A readable string
such as `id!"ticket-captured"` is turned into the number made of its UTF-8 bytes
while the file is being elaborated, so that the kernel compares
two machine-accelerated naturals instead of two lists of characters.
-/
namespace Emc

/-- The name of a model element.  Two idents are equal iff their texts are. -/
structure Ident where
  code : Nat

/-- Prose.  It is carried for the reader; no rule ever looks into it. -/
structure Text where
  code : Nat

/-- How a value is represented, e.g. `enc!"utf8"`.  Code 0 stands for "no data
flow recorded" (see `noFlow`). -/
structure Encoding where
  code : Nat

def noFlow : Encoding := ⟨nat_lit 0⟩

/-! ## Strings to numbers and back -/

/-- The bytes 1, then those of the string, read as one big-endian number.  The
leading 1 keeps strings apart that begin with zero bytes. -/
def encode (s : String) : Nat :=
  let a := s.toUTF8
  -- Eight bytes at a time, then the rest.
  let n := (List.range (a.size / 8)).foldl (fun n i =>
    n * 0x10000000000000000 + (a.extract (8 * i) (8 * i + 8)).toUInt64BE!.toNat) 1
  a.foldl (fun n b => n * 256 + b.toNat) n (a.size / 8 * 8)

private def bytesOf : Nat → Nat → List UInt8 → List UInt8
  | 0, _, acc => acc
  | fuel + 1, n, acc =>
    if n = 0 then acc else bytesOf fuel (n / 256) (UInt8.ofNat (n % 256) :: acc)

private def pushAll : List UInt8 → ByteArray → ByteArray
  | [], a => a
  | b :: bs, a => pushAll bs (a.push b)

/-- Inverse of `encode`, used for messages only. -/
def decode (n : Nat) : String :=
  let a := pushAll ((bytesOf (n.log2 / 8 + 1) n []).drop 1) ByteArray.empty
  match String.fromUTF8? a with
  | some s => s
  | none => toString n

def Ident.text (i : Ident) : String := decode i.code

section
open Lean Meta Elab Term

/-- The number of a non-empty string, or an error at the place it was written. -/
private def codeOf (type : Name) (s : TSyntax `str) : TermElabM Expr := do
  if s.getString.isEmpty then throwErrorAt s "a name or text must not be empty"
  return mkApp (mkConst type) (mkRawNatLit (encode s.getString))

/-- `id!"ticket-captured"` : a name. -/
elab:max "id!" s:str : term => codeOf ``Ident.mk s

/-- `txt!"why this happens"` : prose. -/
elab:max "txt!" s:str : term => codeOf ``Text.mk s

/-- `enc!"utf8"` : a representation. -/
elab:max "enc!" s:str : term => codeOf ``Encoding.mk s

/-- A list, element by element. -/
syntax (name := listOf) "list_of% " term,* : term

/-- Where the type is known, as in data, this is some five times faster than the
general way. -/
@[term_elab listOf] private def elabListOf : TermElab := fun stx type? => do
  let `(list_of% $xs,*) := stx | throwUnsupportedSyntax
  let some (``List, #[α]) ← type?.mapM fun type => return (← whnfR type).getAppFnArgs
    | elabTerm (← `(%[ $xs,* | List.nil ])) type?
  let u ← getDecLevel α
  xs.getElems.foldrM (init := mkApp (mkConst ``List.nil [u]) α) fun x rest =>
    return mkApp3 (mkConst ``List.cons [u]) α (← elabTermEnsuringType x α) rest

namespace Data
scoped macro_rules | `([$xs,*]) => `(list_of% $xs,*)
end Data
end

/-! ## Comparison

From here on nothing is a program: the kernel evaluates it, for the report as
for the proof. -/
noncomputable section

def Ident.same (a b : Ident) : Bool := Nat.beq a.code b.code
def Encoding.same (a b : Encoding) : Bool := Nat.beq a.code b.code
def Encoding.known (a : Encoding) : Bool := !(Nat.beq a.code (nat_lit 0))

theorem Ident.eq_of_same {a b : Ident} (h : a.same b = true) : a = b := by
  cases a; cases b; exact congrArg Ident.mk (Nat.eq_of_beq_eq_true h)

theorem Ident.same_self (a : Ident) : a.same a = true := Nat.beq_refl a.code

/-! ## List functions

Own copies of a handful of list functions: the kernel unfolds these, so they
must not change between Lean releases, and their lemmas must not be renamed.
They are written with recursors: the kernel takes one step for a recursor and
some four for what pattern matching is compiled to. -/

def any (p : α → Bool) (l : List α) : Bool :=
  l.rec false fun x _ rest => (p x).rec rest true

def all (p : α → Bool) (l : List α) : Bool :=
  l.rec true fun x _ rest => (p x).rec false rest

def cat (xs ys : List α) : List α :=
  xs.rec ys fun x _ rest => x :: rest

def each (f : α → List β) (l : List α) : List β :=
  l.rec [] fun x _ rest => cat (f x) rest

def find (p : α → Bool) (l : List α) : Option α :=
  l.rec none fun x _ rest => (p x).rec rest (some x)

def keep (p : α → Bool) (l : List α) : List α :=
  l.rec [] fun x _ rest => (p x).rec rest (x :: rest)

def mapL (f : α → β) (l : List α) : List β :=
  l.rec [] fun x _ rest => f x :: rest

def size (l : List α) : Nat :=
  l.rec (nat_lit 0) fun _ _ rest => Nat.succ rest

def empty (l : List α) : Bool :=
  l.rec true fun _ _ _ => false

def has (k : Ident) (l : List Ident) : Bool :=
  l.rec false fun x _ rest => (Nat.beq k.code x.code).rec rest true

/-- The elements that occur again later in the list. -/
def repeated (l : List Ident) : List Ident :=
  l.rec [] fun x xs rest => (has x xs).rec rest (x :: rest)

/-- One finding unless the condition holds. -/
def require (ok : Bool) (f : α) : List α := ok.rec [f] []

/-- The findings of `f`, if there is something to look at. -/
def when (b : Bool) (l : List α) : List α := b.rec [] l

theorem any_cons {p : α → Bool} {x : α} {xs : List α} :
    any p (x :: xs) = (p x).rec (any p xs) true := rfl
theorem all_cons {p : α → Bool} {x : α} {xs : List α} :
    all p (x :: xs) = (p x).rec false (all p xs) := rfl
theorem find_cons {p : α → Bool} {x : α} {xs : List α} :
    find p (x :: xs) = (p x).rec (find p xs) (some x) := rfl
theorem keep_cons {p : α → Bool} {x : α} {xs : List α} :
    keep p (x :: xs) = (p x).rec (keep p xs) (x :: keep p xs) := rfl
theorem has_cons {k x : Ident} {xs : List Ident} :
    has k (x :: xs) = (Nat.beq k.code x.code).rec (has k xs) true := rfl
theorem repeated_cons {x : Ident} {xs : List Ident} :
    repeated (x :: xs) = (has x xs).rec (repeated xs) (x :: repeated xs) := rfl

theorem any_sound {p : α → Bool} : {l : List α} → any p l = true → ∃ x, x ∈ l ∧ p x = true
  | x :: xs, h => by
    cases hx : p x with
    | true => exact ⟨x, .head xs, hx⟩
    | false =>
      rw [any_cons, hx] at h
      exact (any_sound (l := xs) h).elim fun y hy => ⟨y, .tail x hy.1, hy.2⟩

theorem all_sound {p : α → Bool} : {l : List α} → all p l = true → ∀ x, x ∈ l → p x = true
  | x :: xs, h, y, m => by
    cases hx : p x with
    | false => rw [all_cons, hx] at h; cases h
    | true =>
      rw [all_cons, hx] at h
      cases m with
      | head => exact hx
      | tail _ m => exact all_sound (l := xs) h y m

theorem cat_nil : {a b : List α} → cat a b = [] → a = [] ∧ b = []
  | [], _, h => ⟨rfl, h⟩
  | _ :: _, _, h => by cases h

theorem each_sound {f : α → List β} : {l : List α} → each f l = [] → ∀ x, x ∈ l → f x = []
  | x :: xs, h, y, m => by
    have h' := cat_nil (a := f x) (b := each f xs) h
    cases m with
    | head => exact h'.1
    | tail _ m => exact each_sound (l := xs) h'.2 y m

theorem find_sound {p : α → Bool} {x : α} : {l : List α} → find p l = some x → x ∈ l ∧ p x = true
  | y :: ys, h => by
    cases hy : p y with
    | true =>
      rw [find_cons, hy] at h
      injection h with h
      subst h
      exact ⟨.head ys, hy⟩
    | false =>
      rw [find_cons, hy] at h
      have ih := find_sound (l := ys) h
      exact ⟨.tail y ih.1, ih.2⟩

theorem has_sound {k : Ident} : {l : List Ident} → has k l = true → k ∈ l
  | x :: xs, h => by
    cases hx : Nat.beq k.code x.code with
    | true => rw [Ident.eq_of_same hx]; exact .head xs
    | false =>
      rw [has_cons, hx] at h
      exact .tail x (has_sound (l := xs) h)

theorem has_complete {k : Ident} : {l : List Ident} → k ∈ l → has k l = true
  | x :: xs, m => by
    cases hx : Nat.beq k.code x.code with
    | true => rw [has_cons, hx]
    | false =>
      rw [has_cons, hx]
      cases m with
      | head => rw [Nat.beq_refl] at hx; cases hx
      | tail _ m => exact has_complete (l := xs) m

theorem repeated_sound : {l : List Ident} → repeated l = [] → l.Nodup
  | [], _ => .nil
  | x :: xs, h => by
    cases hx : has x xs with
    | true => rw [repeated_cons, hx] at h; cases h
    | false =>
      rw [repeated_cons, hx] at h
      refine .cons (fun y m e => ?_) (repeated_sound (l := xs) h)
      subst e
      rw [has_complete m] at hx
      cases hx

theorem require_sound {b : Bool} {f : α} (h : require b f = []) : b = true := by
  cases b with
  | true => rfl
  | false => cases h

theorem when_sound {b : Bool} {l : List α} (h : when b l = []) (hb : b = true) : l = [] := by
  subst hb; exact h

theorem and_sound : {a b : Bool} → (a && b) = true → a = true ∧ b = true
  | true, true, _ => ⟨rfl, rfl⟩

theorem or_sound : {a b : Bool} → (a || b) = true → a = true ∨ b = true
  | true, _, _ => .inl rfl
  | false, true, _ => .inr rfl

theorem isSome_sound {o : Option α} (h : o.isSome = true) : ∃ x, o = some x := by
  cases o with
  | none => cases h
  | some x => exact ⟨x, rfl⟩

end
end Emc
