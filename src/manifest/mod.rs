//! `emc.toml`: what a project says about its model and its artifacts.
