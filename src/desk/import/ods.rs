//! Reading ODS reports: the 27-column layout in its legacy and its newer
//! dialect, and the list of integrated care boards.
//!
//! The reports do not say what kind of organisation a row is; the shape of its
//! code and its roles do (NHS facts, part 2). Columns are counted from 1 as in
//! the ODS documentation.

use chrono::NaiveDate;

use crate::domain::org::{OrgCode, OrgKind, OrgStatus, display_name};

/// One line that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub file: String,
    pub line: u64,
    pub reason: String,
}

/// A file that is none of the layouts, in one sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BadFile {
    pub file: String,
    pub reason: String,
}

/// One organisation as a report has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// Newer reports beat legacy ones about the same organisation.
    pub newer: bool,
    pub code: OrgCode,
    pub name: String,
    pub kind: OrgKind,
    pub status: OrgStatus,
    pub region: Option<OrgCode>,
    pub board: Option<OrgCode>,
    pub address: String,
    pub town: String,
    pub postcode: String,
    pub phone: String,
    pub opened: Option<NaiveDate>,
    pub closed: Option<NaiveDate>,
    pub parent: Option<OrgCode>,
    pub joined: Option<NaiveDate>,
    pub left: Option<NaiveDate>,
}

const COLUMNS: usize = 27;

/// Reads one file.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Vec<Record>, Vec<Reject>), BadFile> {
    let bad = |reason: &str| BadFile { file: file.to_owned(), reason: reason.to_owned() };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(bad("This is not a CSV file. Give an ODS report as it was downloaded."));
    }
    let text = String::from_utf8_lossy(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let first = match rows.next() {
        None => return Err(bad("The file is empty.")),
        Some(Err(_)) => return Err(bad("This is not a CSV file. Give an ODS report as it was downloaded.")),
        Some(Ok(first)) => first,
    };
    let boards = first.get(0) == Some("icb_code");
    if !boards && first.len() != COLUMNS {
        let reason = format!(
            "This is not an ODS report: the first line has {} columns and not {COLUMNS}. \
             Give a report such as epraccur, edispensary, etr or ebranchs, or a list of boards with the header \
             icb_code,icb_name,region_code,region_name.",
            first.len()
        );
        return Err(bad(&reason));
    }
    let header = boards || OrgCode::parse(field(&first, 1)).is_none();
    let mut out = (Vec::new(), Vec::new());
    let kept = if header { None } else { Some(Ok(first)) };
    for row in kept.into_iter().chain(rows) {
        let (line, result) = match &row {
            Ok(row) => {
                let line = line_of(&text, row.position());
                (line, if boards { board(row) } else { report(row).map(|r| vec![r]) })
            }
            Err(e) => (line_of(&text, e.position()), Err("the line is not CSV".to_owned())),
        };
        match result {
            Ok(records) => out.0.extend(records),
            Err(reason) => out.1.push(Reject { file: file.to_owned(), line, reason }),
        }
    }
    Ok(out)
}

/// The line on which a record begins: the reader's place is before the empty lines
/// that it passes over.
pub fn line_of(text: &str, place: Option<&csv::Position>) -> u64 {
    let Some(place) = place else { return 0 };
    let from = usize::try_from(place.byte()).unwrap_or_default();
    let rest = text.as_bytes().get(from..).unwrap_or_default().iter();
    let passed = rest.take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count();
    place.line() + u64::try_from(passed).unwrap_or_default()
}

/// Column `n`, counted from 1; empty when it is not there.
fn field(row: &csv::StringRecord, n: usize) -> &str {
    row.get(n - 1).unwrap_or_default().trim()
}

fn report(row: &csv::StringRecord) -> Result<Record, String> {
    if row.len() != COLUMNS {
        return Err(format!("the line has {} columns and not {COLUMNS}", row.len()));
    }
    let code = OrgCode::parse(field(row, 1)).ok_or_else(|| format!("\"{}\" is not a code", field(row, 1)))?;
    let closed = date(field(row, 12), "close date")?;
    let (status, newer) = status(field(row, 13), closed)?;
    let role = field(row, 26);
    let parent = code_or_none(field(row, 15));
    if parent.as_ref() == Some(&code) {
        return Err(format!("{code} is given as its own parent"));
    }
    let lines: Vec<&str> = (5..=9).map(|n| field(row, n)).filter(|l| !l.is_empty()).collect();
    let (address, town) = split_address(&lines);
    let name = field(row, 2);
    if name.is_empty() {
        return Err("the name is missing".into());
    }
    Ok(Record {
        newer,
        name: display_name(name),
        kind: kind(&code, parent.as_ref(), role),
        status,
        region: code_or_none(field(row, 3)).filter(is_region),
        board: code_or_none(field(row, 4)).filter(|_| is_region_text(field(row, 3))),
        address,
        town,
        postcode: field(row, 10).to_uppercase(),
        phone: field(row, 18).to_owned(),
        opened: date(field(row, 11), "open date")?,
        closed,
        parent,
        joined: date(field(row, 16), "date of joining the parent")?,
        left: date(field(row, 17), "date of leaving the parent")?,
        code,
    })
}

/// A board and its region, from `icb_code,icb_name,region_code,region_name`.
fn board(row: &csv::StringRecord) -> Result<Vec<Record>, String> {
    let code = OrgCode::parse(field(row, 1)).ok_or_else(|| format!("\"{}\" is not a code", field(row, 1)))?;
    let region =
        OrgCode::parse(field(row, 3)).ok_or_else(|| format!("\"{}\" is not a code", field(row, 3)))?;
    if code == region {
        return Err(format!("{code} is given as its own region"));
    }
    if field(row, 2).is_empty() || field(row, 4).is_empty() {
        return Err("the name is missing".into());
    }
    let record = |code: &OrgCode, name: &str, kind, parent: Option<OrgCode>| Record {
        newer: true,
        code: code.clone(),
        name: display_name(name),
        kind,
        status: OrgStatus::Active,
        region: None,
        board: None,
        address: String::new(),
        town: String::new(),
        postcode: String::new(),
        phone: String::new(),
        opened: None,
        closed: None,
        parent,
        joined: None,
        left: None,
    };
    let of_region = record(&region, field(row, 4), OrgKind::Region, Some(OrgCode::root()));
    Ok(vec![record(&code, field(row, 2), OrgKind::Icb, Some(region)), of_region])
}

fn code_or_none(text: &str) -> Option<OrgCode> {
    OrgCode::parse(text)
}

/// English regions are Y and two digits; Y99 and the Welsh W00 are fillers.
fn is_region(code: &OrgCode) -> bool {
    is_region_text(code.as_str())
}

fn is_region_text(text: &str) -> bool {
    text != "Y99" && shape(text) == "A99" && text.starts_with('Y')
}

fn date(text: &str, what: &str) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let parsed =
        ["%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|f| NaiveDate::parse_from_str(text, f).ok());
    parsed.map(Some).ok_or_else(|| format!("the {what} \"{text}\" is not a date"))
}

/// Legacy reports have one letter or nothing, newer ones a word.
fn status(text: &str, closed: Option<NaiveDate>) -> Result<(OrgStatus, bool), String> {
    Ok(match text.to_ascii_uppercase().as_str() {
        "A" => (OrgStatus::Active, false),
        "C" => (OrgStatus::Closed, false),
        "D" => (OrgStatus::Dormant, false),
        "P" => (OrgStatus::Proposed, false),
        "" if closed.is_some() => (OrgStatus::Closed, false),
        "" => (OrgStatus::Active, false),
        "ACTIVE" => (OrgStatus::Active, true),
        "INACTIVE" | "CLOSED" => (OrgStatus::Closed, true),
        "DORMANT" => (OrgStatus::Dormant, true),
        "PROPOSED" => (OrgStatus::Proposed, true),
        _ => return Err(format!("\"{text}\" is not a status")),
    })
}

/// Letters become A, digits 9.
fn shape(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect()
}

/// What a row is, from its role where the report has one, else from its code.
fn kind(code: &OrgCode, parent: Option<&OrgCode>, role: &str) -> OrgKind {
    match role {
        "RO181" => return OrgKind::PharmacyHq,
        "RO182" | "RO280" => return OrgKind::Pharmacy,
        "RO197" | "RO57" => return OrgKind::Trust,
        "RO198" => return OrgKind::TrustSite,
        "RO96" => return OrgKind::Branch,
        "RO76" => return OrgKind::Practice,
        "RO209" => return OrgKind::Region,
        "RO261" | "RO318" => return OrgKind::Icb,
        "RO272" => return OrgKind::Pcn,
        _ => {}
    }
    let text = code.as_str();
    match (shape(text).as_str(), text.len()) {
        ("A99999", _) if role == "4" => OrgKind::Practice,
        ("A99999" | "AAA999", _) => OrgKind::Other,
        ("A99999999", _) => OrgKind::Branch,
        (_, 5) if parent.is_some_and(|p| p.as_str().len() == 3 && text.starts_with(p.as_str())) => {
            OrgKind::TrustSite
        }
        (_, 5)
            if text.starts_with('F')
                && parent.is_none_or(|p| p.as_str().len() == 4 || p.as_str().len() == 5) =>
        {
            OrgKind::Pharmacy
        }
        (_, 3 | 5) if parent.is_none() => OrgKind::Trust,
        _ => OrgKind::Other,
    }
}

/// What an organisation is that only its children name.
pub fn kind_of_parent(code: &OrgCode, child: OrgKind) -> OrgKind {
    match child {
        OrgKind::Branch => OrgKind::Practice,
        OrgKind::Pharmacy => OrgKind::PharmacyHq,
        OrgKind::TrustSite => OrgKind::Trust,
        OrgKind::Practice | OrgKind::Other if shape(code.as_str()) == "9A9" => OrgKind::HealthBoard,
        OrgKind::Practice => OrgKind::SubIcb,
        _ => OrgKind::Other,
    }
}

/// The address without its town, and the town: the last line that is not a
/// county. ODS has no column for either.
fn split_address(lines: &[&str]) -> (String, String) {
    let nice: Vec<String> = lines.iter().map(|l| display_name(l)).collect();
    let county = |line: &String| COUNTIES.contains(&line.to_uppercase().as_str());
    let town_at = match nice.len() {
        0 => return (String::new(), String::new()),
        1 => 0,
        n if county(&nice[n - 1]) => n - 2,
        n => n - 1,
    };
    let address = nice[..town_at].join(", ");
    (address, nice[town_at].clone())
}

const COUNTIES: &[&str] = &[
    "AVON",
    "BEDFORDSHIRE",
    "BERKSHIRE",
    "BUCKINGHAMSHIRE",
    "CAMBRIDGESHIRE",
    "CHESHIRE",
    "CLEVELAND",
    "CLWYD",
    "CORNWALL",
    "COUNTY DURHAM",
    "CO DURHAM",
    "CUMBRIA",
    "DERBYSHIRE",
    "DEVON",
    "DORSET",
    "DYFED",
    "EAST SUSSEX",
    "EAST YORKSHIRE",
    "ESSEX",
    "GLOUCESTERSHIRE",
    "GREATER LONDON",
    "GREATER MANCHESTER",
    "GWENT",
    "GWYNEDD",
    "HAMPSHIRE",
    "HEREFORDSHIRE",
    "HERTFORDSHIRE",
    "HUMBERSIDE",
    "ISLE OF WIGHT",
    "KENT",
    "LANCASHIRE",
    "LANCS",
    "LEICESTERSHIRE",
    "LINCOLNSHIRE",
    "MERSEYSIDE",
    "MIDDLESEX",
    "MID GLAMORGAN",
    "NORFOLK",
    "NORTH HUMBERSIDE",
    "NORTH YORKSHIRE",
    "NORTHAMPTONSHIRE",
    "NORTHUMBERLAND",
    "NOTTINGHAMSHIRE",
    "OXFORDSHIRE",
    "POWYS",
    "RUTLAND",
    "SHROPSHIRE",
    "SOMERSET",
    "SOUTH GLAMORGAN",
    "SOUTH HUMBERSIDE",
    "SOUTH YORKSHIRE",
    "STAFFORDSHIRE",
    "SUFFOLK",
    "SURREY",
    "SUSSEX",
    "TYNE & WEAR",
    "TYNE AND WEAR",
    "WARWICKSHIRE",
    "WEST GLAMORGAN",
    "WEST MIDLANDS",
    "WEST SUSSEX",
    "WEST YORKSHIRE",
    "WILTSHIRE",
    "WORCESTERSHIRE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_from_codes_and_roles() {
        let code = |t: &str| OrgCode::parse(t).unwrap();
        let parent = code("RZ1");
        assert_eq!(kind(&code("Z80001"), None, "4"), OrgKind::Practice);
        assert_eq!(kind(&code("Z80001"), None, "9"), OrgKind::Other);
        assert_eq!(kind(&code("Z80001"), None, "RO76"), OrgKind::Practice);
        assert_eq!(kind(&code("FZ001"), Some(&code("P0ZZ")), ""), OrgKind::Pharmacy);
        assert_eq!(kind(&code("RZ101"), Some(&parent), ""), OrgKind::TrustSite);
        assert_eq!(kind(&code("RZ1"), None, ""), OrgKind::Trust);
        assert_eq!(kind(&code("Z6V2S"), None, ""), OrgKind::Trust);
    }

    #[test]
    fn the_town_is_found_before_the_county() {
        assert_eq!(
            split_address(&["THE HEALTH CENTRE", "LAWSON STREET", "OAKFORD", "CLEVELAND"]),
            ("The Health Centre, Lawson Street".into(), "Oakford".into())
        );
        assert_eq!(split_address(&["1 HIGH STREET", "OAKFORD"]), ("1 High Street".into(), "Oakford".into()));
        assert_eq!(split_address(&[]), (String::new(), String::new()));
    }
}
