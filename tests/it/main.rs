//! Integration tests: what people and programs see from outside.

mod components;
mod forms;
mod pages;
mod preview;
mod region;
mod samples;
mod screens;
mod screens_post;
