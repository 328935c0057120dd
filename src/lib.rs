//! Signpost: tells patients whether to come, and tells everyone at once.

pub mod channels;
pub mod domain;
