/-!
# Names, texts, and the few list functions the checker is built from

Everything the kernel has to compare is a natural number.  A readable string
such as `id!"ticket-captured"` is turned into the number made of its UTF-8 bytes
while the file is being elaborated, so that the kernel compares
two machine-accelerated naturals instead of two lists of characters.

The module needs nothing beyond the default `Init` import.
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
  s.toUTF8.foldl (fun n b => n * 256 + b.toNat) 1

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
def Text.text (t : Text) : String := decode t.code

section
open Lean

/-- The number of a non-empty string, or an error at the place it was written. -/
private def codeLit (s : TSyntax `str) : MacroM (TSyntax `num) := fun _ st =>
  if s.getString.isEmpty then
    .error (.error s "a name or text must not be empty") st
  else .ok (Syntax.mkNumLit (toString (encode s.getString))) st

/-- `id!"ticket-captured"` : a name. -/
macro:max "id!" s:str : term => do `(Ident.mk (nat_lit $(← codeLit s)))

/-- `txt!"why this happens"` : prose. -/
macro:max "txt!" s:str : term => do `(Text.mk (nat_lit $(← codeLit s)))

/-- `enc!"utf8"` : a representation. -/
macro:max "enc!" s:str : term => do `(Encoding.mk (nat_lit $(← codeLit s)))
end

/-! ## Comparison -/

def Ident.same (a b : Ident) : Bool := Nat.beq a.code b.code
def Encoding.same (a b : Encoding) : Bool := Nat.beq a.code b.code
def Encoding.known (a : Encoding) : Bool := !(Nat.beq a.code (nat_lit 0))

theorem Ident.eq_of_same {a b : Ident} (h : a.same b = true) : a = b := by
  cases a; cases b; exact congrArg Ident.mk (Nat.eq_of_beq_eq_true h)

theorem Ident.same_self (a : Ident) : a.same a = true := Nat.beq_refl a.code

/-! ## List functions

Own copies of a handful of list functions: the kernel unfolds these, so they
must not change between Lean releases, and their lemmas must not be renamed. -/

def any (p : α → Bool) : List α → Bool
  | [] => false
  | x :: xs => bif p x then true else any p xs

def all (p : α → Bool) : List α → Bool
  | [] => true
  | x :: xs => bif p x then all p xs else false

def cat : List α → List α → List α
  | [], ys => ys
  | x :: xs, ys => x :: cat xs ys

def each (f : α → List β) : List α → List β
  | [] => []
  | x :: xs => cat (f x) (each f xs)

def find (p : α → Bool) : List α → Option α
  | [] => none
  | x :: xs => bif p x then some x else find p xs

def keep (p : α → Bool) : List α → List α
  | [] => []
  | x :: xs => bif p x then x :: keep p xs else keep p xs

def mapL (f : α → β) : List α → List β
  | [] => []
  | x :: xs => f x :: mapL f xs

def size : List α → Nat
  | [] => 0
  | _ :: xs => Nat.succ (size xs)

def empty : List α → Bool
  | [] => true
  | _ :: _ => false

def has (k : Ident) : List Ident → Bool
  | [] => false
  | x :: xs => bif Nat.beq k.code x.code then true else has k xs

/-- The elements that occur again later in the list. -/
def repeated : List Ident → List Ident
  | [] => []
  | x :: xs => bif has x xs then x :: repeated xs else repeated xs

/-- One finding unless the condition holds. -/
def require (ok : Bool) (f : α) : List α := bif ok then [] else [f]

/-- The findings of `f`, if there is something to look at. -/
def when (b : Bool) (l : List α) : List α := bif b then l else []

theorem any_sound {p : α → Bool} : {l : List α} → any p l = true → ∃ x, x ∈ l ∧ p x = true
  | x :: xs, h => by
    cases hx : p x with
    | true => exact ⟨x, .head xs, hx⟩
    | false =>
      rw [any, hx] at h
      exact (any_sound (l := xs) h).elim fun y hy => ⟨y, .tail x hy.1, hy.2⟩

theorem all_sound {p : α → Bool} : {l : List α} → all p l = true → ∀ x, x ∈ l → p x = true
  | x :: xs, h, y, m => by
    cases hx : p x with
    | false => rw [all, hx] at h; cases h
    | true =>
      rw [all, hx] at h
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
      rw [find, hy] at h
      injection h with h
      subst h
      exact ⟨.head ys, hy⟩
    | false =>
      rw [find, hy] at h
      have ih := find_sound (l := ys) h
      exact ⟨.tail y ih.1, ih.2⟩

theorem has_sound {k : Ident} : {l : List Ident} → has k l = true → k ∈ l
  | x :: xs, h => by
    cases hx : Nat.beq k.code x.code with
    | true => rw [Ident.eq_of_same hx]; exact .head xs
    | false =>
      rw [has, hx] at h
      exact .tail x (has_sound (l := xs) h)

theorem has_complete {k : Ident} : {l : List Ident} → k ∈ l → has k l = true
  | x :: xs, m => by
    cases hx : Nat.beq k.code x.code with
    | true => rw [has, hx]; rfl
    | false =>
      rw [has, hx]
      cases m with
      | head => rw [Nat.beq_refl] at hx; cases hx
      | tail _ m => exact has_complete (l := xs) m

theorem repeated_sound : {l : List Ident} → repeated l = [] → l.Nodup
  | [], _ => .nil
  | x :: xs, h => by
    cases hx : has x xs with
    | true => rw [repeated, hx] at h; cases h
    | false =>
      rw [repeated, hx] at h
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

end Emc
