//! Lean modules that prove the rules of the model.
