//! Signpost: tells patients whether to come, and tells everyone at once.

pub mod assets;
pub mod clock;
pub mod desk;
pub mod domain;
pub mod page;
pub mod secrets;
pub mod signals;
pub mod store;
pub mod web;
