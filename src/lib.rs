//! Signpost: tells patients whether to come, and tells everyone at once.

pub mod assets;
pub mod domain;
pub mod page;
pub mod web;
