//! Integration tests: what people and programs see from outside, and the
//! channels against servers that nobody here wrote (`scripts/test` starts
//! them).

mod accounts;
mod architecture;
mod bad_input;
mod calendar;
mod cascade;
mod channels;
mod command_line;
mod components;
mod crowds;
mod delivery;
mod forms;
mod harness;
mod history;
mod imports;
mod outages;
mod pages;
mod planned;
mod posting;
mod preview;
mod region;
mod safety;
mod samples;
mod screens;
mod screens_planned;
mod screens_post;
mod serving;
mod staff;
mod staff_planned;
mod staff_post;
mod subscribing;
mod support;
mod webhooks;
mod welsh;
mod words;
