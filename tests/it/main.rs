//! Integration tests: what people and programs see from outside.

mod components;
mod pages;
mod preview;
mod samples;
mod screens;
