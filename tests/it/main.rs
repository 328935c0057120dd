//! Signpost against servers that nobody here wrote; `scripts/test` starts them.

mod channels;
mod support;
