//! Many in one statement whose text is the same for however many there are: a
//! database prepares it once. They go in as one text or one list.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sqlx::{Database, Encode, Postgres, QueryBuilder, Sqlite, Type};
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
pub(super) trait Many: Database
where
    String: for<'q> Encode<'q, Self> + Type<Self>,
{
    /// What stands around one text, so that each of its parts is a row's `value`.
    const EACH: (&'static str, &'static str);

    /// Adds the condition that what stands before is one of `ids`.
    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]);

    /// What a part of a row holds, by its place.
    fn part(n: usize, holds: Holds) -> String;

    /// Adds a `select` that gives `rows`, each a list of what `columns` hold.
    ///
    /// # Errors
    /// Rows that are no lists.
    fn push_rows<T: Serialize>(
        q: &mut QueryBuilder<Self>,
        columns: &[(&str, Holds)],
        rows: &[T],
    ) -> Result<()> {
        let text = serde_json::to_string(rows).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let column =
            |(n, (name, holds)): (usize, &(&str, Holds))| format!("{} as {name}", Self::part(n, *holds));
        let columns: Vec<String> = columns.iter().enumerate().map(column).collect();
        q.push("select ").push(columns.join(", ")).push(" from ");
        q.push(Self::EACH.0).push_bind(text).push(Self::EACH.1);
        Ok(())
    }
}

impl Many for Sqlite {
    const EACH: (&'static str, &'static str) = ("json_each(", ")");

    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]) {
        let ids: Vec<String> = ids.iter().map(|id| self::id(*id)).collect();
        q.push(" in (select unhex(value) from json_each(")
            .push_bind(serde_json::json!(ids).to_string())
            .push("))");
    }

    fn part(n: usize, holds: Holds) -> String {
        match holds {
            Holds::Id => format!("unhex(value ->> {n})"),
            _ => format!("value ->> {n}"),
        }
    }
}

impl Many for Postgres {
    const EACH: (&'static str, &'static str) = ("jsonb_array_elements(cast(", " as jsonb)) as each (value)");

    fn push_among(q: &mut QueryBuilder<Self>, ids: &[Uuid]) {
        q.push(" = any(").push_bind(ids.to_vec()).push(")");
    }

    fn part(n: usize, holds: Holds) -> String {
        match holds {
            Holds::Id => format!("cast(value ->> {n} as uuid)"),
            Holds::Int => format!("cast(value ->> {n} as integer)"),
            Holds::Text => format!("value ->> {n}"),
            Holds::Time => format!("cast(value ->> {n} as timestamptz)"),
        }
    }
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
