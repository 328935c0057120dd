//! The figures of a report as CSV.

use crate::domain::report::Content;
use crate::domain::time;
use crate::web::csv::table;
use crate::web::views::reports as view;

/// The figures as a table of their own, a number on each line.
pub(super) fn rows(content: &Content, told: &view::Told) -> String {
    let whose = &content.organisation.name;
    let row = |section: &str, area: &str, what: &str, value: String| {
        [section, area, what, value.as_str()].map(str::to_owned).to_vec()
    };
    let mut out = vec![row("report", whose, "as_at", time::rfc3339(content.as_at))];
    out.push(row("report", whose, "kind", content.incident.kind.to_string()));
    out.push(row("report", whose, "title", told.title.clone()));
    out.extend(told.counts.iter().map(|(what, n)| row("organisations", whose, what, n.to_string())));
    for area in &content.areas {
        let named = area.counts.named().into_iter();
        out.extend(named.map(|(what, n)| row("organisations", &area.place.name, what, n.to_string())));
    }
    out.extend(content.lines.iter().map(|l| row("lines", whose, &l.label(), l.organisations.to_string())));
    let not_known = content.not_known.iter();
    out.extend(not_known.map(|l| row("lines", whose, &l.label_not_known(), l.organisations.to_string())));
    let later = content.later.iter();
    out.extend(later.map(|l| row("later_lines", whose, &l.label(), l.organisations.to_string())));
    out.extend(content.messages.iter().map(|(s, n)| row("messages", whose, s.api_name(), n.to_string())));
    let to_staff = content.messages_to_staff.iter().flatten();
    out.extend(to_staff.map(|(s, n)| row("messages_to_staff", whose, s.api_name(), n.to_string())));
    for counter in &content.counters {
        out.push(row("recovery", &counter.name, "done", counter.done.to_string()));
        out.push(row("recovery", &counter.name, "in_all", counter.total.to_string()));
        out.push(row("recovery", &counter.name, "outlook", counter.outlook.clone()));
    }
    out.extend(told.changes.iter().map(|text| row("changes", whose, "since_last", text.clone())));
    out.extend(told.methane.iter().map(|(head, text)| row("methane", whose, head, text.clone())));
    out.push(row("commentary", whose, "summary", told.summary.clone()));
    out.push(row("commentary", whose, "supplier", told.supplier.clone()));
    table(&["section", "area", "what", "value"], &out)
}
