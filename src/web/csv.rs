//! Tables as spreadsheets read them.

use crate::desk::sending::cell;

/// A table with its heads, as CSV.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = heads.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}
