//! One file for each operation.

pub mod build;
pub mod check;
pub mod clean;
pub mod explain;
pub mod export;
pub mod project;
pub mod reading;
pub mod status;
