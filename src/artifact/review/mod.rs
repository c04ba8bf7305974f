//! Pages that people read in a code review.
