//! Signpost: tells patients whether to come, and tells everyone at once.
//!
//! `docs/ARCHITECTURE.md` walks through the code twice: an update is posted, a
//! patient loads the page. Imports run one way:
//! `cli → app → web, workers → desk, page, channels → store → domain`.

pub mod app;
pub mod assets;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod domain;
pub mod page;
pub mod secrets;
pub mod signals;
pub mod store;
pub mod web;
pub mod words;
pub mod workers;
