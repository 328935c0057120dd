//! What the screens show, as plain data with a template each. No handler and
//! no rule lives here; handlers fill these structs and render them.
