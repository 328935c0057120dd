//! Many in one statement whose text is the same for however many there are: a
//! database prepares it once. They go in as one text or one list.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sqlx::{Database, Postgres, QueryBuilder, Sqlite};
use uuid::Uuid;

use super::{Result, StoreError};

/// What a column of many rows holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    Id,
    Int,
    Text,
    /// Made by [`time`].
    Time,
}

/// What each database calls its way of taking many.
pub(super) trait Many: Database {
    /// Adds the condition that what stands before is one of `ids`.
    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]);

    /// Adds a `select` that gives `rows`, each a list of what `columns` hold.
    ///
    /// # Errors
    /// Rows that are no lists.
    fn push_rows<T: Serialize>(
        q: &mut QueryBuilder<Self>,
        columns: &[(&str, Holds)],
        rows: &[T],
    ) -> Result<()>;
}

impl Many for Sqlite {
    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]) {
        let ids: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
        q.push(" in (select unhex(value) from json_each(")
            .push_bind(serde_json::json!(ids).to_string())
            .push("))");
    }

    fn push_rows<T: Serialize>(
        q: &mut QueryBuilder<Self>,
        columns: &[(&str, Holds)],
        rows: &[T],
    ) -> Result<()> {
        push_columns(q, columns, |n, holds| match holds {
            Holds::Id => format!("unhex(value ->> {n})"),
            _ => format!("value ->> {n}"),
        });
        q.push(" from json_each(").push_bind(text(rows)?).push(")");
        Ok(())
    }
}

impl Many for Postgres {
    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]) {
        q.push(" = any(").push_bind(ids.to_vec()).push(")");
    }

    fn push_rows<T: Serialize>(
        q: &mut QueryBuilder<Self>,
        columns: &[(&str, Holds)],
        rows: &[T],
    ) -> Result<()> {
        push_columns(q, columns, |n, holds| match holds {
            Holds::Id => format!("cast(value ->> {n} as uuid)"),
            Holds::Int => format!("cast(value ->> {n} as integer)"),
            Holds::Text => format!("value ->> {n}"),
            Holds::Time => format!("cast(value ->> {n} as timestamptz)"),
        });
        q.push(" from jsonb_array_elements(cast(").push_bind(text(rows)?).push(" as jsonb)) as each (value)");
        Ok(())
    }
}

fn push_columns<DB: Database>(
    q: &mut QueryBuilder<DB>,
    columns: &[(&str, Holds)],
    read: impl Fn(usize, Holds) -> String,
) {
    let columns =
        columns.iter().enumerate().map(|(n, (name, holds))| format!("{} as {name}", read(n, *holds)));
    q.push("select ").push(columns.collect::<Vec<_>>().join(", "));
}

fn text<T: Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// An id as [`Many::push_rows`] takes it.
pub(super) fn id(id: Uuid) -> String {
    id.simple().to_string()
}

/// A moment as [`Many::push_rows`] takes it, and as SQLite keeps it: it compares
/// moments as texts.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}
