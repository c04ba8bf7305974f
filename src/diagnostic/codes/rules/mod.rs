//! 001–999: the rules of the catalogue, an area a file. What each looks for, and
//! an example, stands in [`crate::rules`].

pub mod board;
pub mod commands;
pub mod controls;
pub mod events;
pub mod information;
pub mod journey;
pub mod kinds;
pub mod names;
pub mod project;
pub mod read_models;
pub mod scenarios;
pub mod views;
pub mod workflow;
