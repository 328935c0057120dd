//! The wordings in which an update leaves: each kind of place has its own, and so has a place
//! of which something else is known.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Desk;
use crate::domain::cascade;
use crate::domain::facts::{Everywhere, Situation};
use crate::domain::incident::{Incident, Update};
use crate::domain::message::Message;
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};
use crate::words::Locale;

/// The most places whose words are compared, so that a preview takes no longer than a moment.
const COMPARED: usize = 2000;
/// The most wordings of one kind of place that somebody reads.
const SHOWN: usize = 5;

/// What places of one kind are told: the words of one of them, and how many there are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfKind {
    pub kind: OrgKind,
    pub places: usize,
    pub name: String,
    pub message: Message,
    /// So many more of this kind are told in still other words, which are not shown.
    #[serde(default)]
    pub others: usize,
}

impl OfKind {
    fn new(org: &Org, message: Message) -> Self {
        Self { kind: org.kind, places: 1, name: org.name.clone(), message, others: 0 }
    }
}

/// What a message says, but for what is each place's own: its name, its numbers, its address.
fn wording(message: &Message) -> String {
    let all = [&message.subject, &message.headline].into_iter().chain(&message.paragraphs);
    let texts = all.map(|text| text.replace(&message.organisation, "").replace(&message.page_url, ""));
    texts.collect::<Vec<_>>().join("\n").chars().filter(|c| !c.is_ascii_digit()).collect()
}

impl Desk {
    /// The exact words of an update, for each kind of place that it reaches and each wording
    /// of it; the most frequent first. `situation` holds the incident with the update.
    pub(super) fn words_of_kinds(
        &self,
        incident: &Incident,
        update: &Update,
        situation: &Situation,
        directory: &Directory,
    ) -> Vec<OfKind> {
        let everywhere = Everywhere::new(situation, directory, &self.catalogue);
        let told = cascade::audience(incident, &situation.responses, directory, &self.catalogue);
        // Whoever answered may be told otherwise than the others.
        let has_answered = |code: &OrgCode| situation.responses.contains_key(&(incident.id, code.clone()));
        let out = wordings(&told, directory, has_answered, |org| {
            self.write_from(&everywhere.facts(org), (incident, update, None), directory, Locale::En)
        });
        if out.is_empty() {
            // Where no page is reached, the speaker's accounts may still post.
            let by = &incident.declared_by;
            let written = self.write_message(incident, update, by, situation, directory, Locale::En);
            let none = directory.get(by).zip(written).map(|(org, message)| OfKind::new(org, message));
            return none.map(|kind| OfKind { places: 0, ..kind }).into_iter().collect();
        }
        out
    }
}

/// The words for each kind of place and each wording, as `write` gives them; the most frequent
/// first. Of very many places only the first, and those `apart`, are compared.
pub(super) fn wordings(
    told: &[OrgCode],
    directory: &Directory,
    apart: impl Fn(&OrgCode) -> bool,
    write: impl Fn(&Arc<Org>) -> Option<Message>,
) -> Vec<OfKind> {
    let mut out: Vec<(OfKind, String)> = Vec::new();
    for (n, code) in told.iter().enumerate() {
        let Some(org) = directory.get(code) else { continue };
        let of_kind = |known: &(OfKind, String)| known.0.kind == org.kind;
        let first = out.iter().position(of_kind);
        if let Some(first) = first.filter(|_| n >= COMPARED && !apart(code)) {
            out[first].0.places += 1;
            continue;
        }
        let Some(message) = write(org) else { continue };
        let words = wording(&message);
        let same = out.iter().position(|known| of_kind(known) && known.1 == words);
        let is_full = out.iter().filter(|known| of_kind(known)).count() >= SHOWN;
        match (same, first) {
            (Some(same), _) => out[same].0.places += 1,
            (None, Some(first)) if is_full => out[first].0.others += 1,
            _ => out.push((OfKind::new(org, message), words)),
        }
    }
    out.sort_by_key(|(kind, _)| std::cmp::Reverse(kind.places));
    out.into_iter().map(|(kind, _)| kind).collect()
}
