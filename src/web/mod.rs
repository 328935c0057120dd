//! The web server: routes, extractors and the screens' templates.

pub mod views;
