//! Free text, as it lies in its two columns: the English text, and an object
//! of the same in other languages.

use serde_json::{Value, json};
use sqlx::types::Json;

use super::{Result, StoreError};
use crate::domain::written::Written;

/// The column of the other languages.
pub type Others = Option<Json<Value>>;

pub fn read(english: String, others: Others) -> Result<Written> {
    let others = others.map(|Json(value)| serde_json::from_value(value)).transpose();
    let others = others.map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(Written { english, others: others.unwrap_or_default() })
}

pub fn read_any(english: Option<String>, others: Others) -> Result<Option<Written>> {
    english.map(|text| read(text, others)).transpose()
}

/// What the two columns take.
pub fn columns(text: &Written) -> (&str, Others) {
    let others = (!text.others.is_empty()).then(|| Json(json!(text.others)));
    (&text.english, others)
}

pub fn columns_of_any(text: Option<&Written>) -> (Option<&str>, Others) {
    text.map(columns).map_or((None, None), |(english, others)| (Some(english), others))
}
