//! Integration tests: what people and programs see from outside, and the
//! channels against servers that nobody here wrote (`scripts/test` starts
//! them).

mod channels;
mod components;
mod pages;
mod preview;
mod samples;
mod screens;
mod support;
