//! The catalogue of systems: what can fail, what patients notice, and what
//! depends on what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::line::Lines;
use super::org::OrgKind;
use super::written::Written;
use crate::words::Words;

/// A system's key in the catalogue, such as `emis-web`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SystemKey(Arc<str>);

impl SystemKey {
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_ascii_lowercase().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SystemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A family of systems, such as the GP record systems.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    pub key: String,
    pub name: String,
    /// Kinds of organisation that always have one of this group. When none is
    /// recorded, nobody knows which it is, and its page says "not confirmed".
    #[serde(default)]
    pub expected_of: Vec<OrgKind>,
}

/// One system of the catalogue (NHS facts, part 3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct System {
    pub key: SystemKey,
    pub name: String,
    /// The name is a plural, so that they "are" not working.
    #[serde(default)]
    pub plural: bool,
    /// What patients call it, where that differs.
    #[serde(default)]
    pub public_name: Option<String>,
    #[serde(default)]
    pub supplier: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub group: String,
    /// Kinds of organisation whose staff see it as a choice.
    #[serde(default)]
    pub used_by: Vec<OrgKind>,
    /// An incident on any of these reaches this one.
    #[serde(default)]
    pub depends_on: Vec<SystemKey>,
    /// It seldom fails and is often switched off: an incident on it stands for a
    /// decision, so its lines are chosen and do not just follow.
    #[serde(default)]
    pub is_a_choice: bool,
    /// What a patient notices.
    pub impact: String,
    /// What staff fall back to.
    pub fallback: String,
    /// The default lines of an incident on it.
    #[serde(default)]
    pub lines: Lines,
}

impl System {
    /// What an incident on it is called: "EMIS Web is not working".
    pub fn title(&self) -> Written {
        let id = if self.plural { "systems-are-not-working" } else { "system-is-not-working" };
        Written::built_in(id, "system", &self.name)
    }
}

/// The key of a supplier, from its name: "NHS England" is `nhs-england`.
pub fn supplier_key(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let name: String = name.chars().map(plain).collect();
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

/// What patients are told when a system fails, without the sentence on
/// attending; `None` for a system without words.
pub fn message(key: &SystemKey, words: &'static Words) -> Option<&'static str> {
    words.find(&format!("system-{key}"))
}

/// The same for a text message.
pub fn short(key: &SystemKey, words: &'static Words) -> Option<&'static str> {
    words.find(&format!("system-{key}.short"))
}

/// Why a catalogue could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CatalogueError {
    #[error("the system \"{0}\" is listed twice")]
    Twice(String),
    #[error("\"{0}\" depends on \"{1}\", which is not in the catalogue")]
    Unknown(String, String),
    #[error("\"{0}\" depends on itself through others")]
    Cycle(String),
    #[error("\"{0}\" is in the group \"{1}\", which is not in the catalogue")]
    NoGroup(String, String),
}

/// All systems, and who depends on whom.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    groups: Vec<Group>,
    systems: BTreeMap<SystemKey, Arc<System>>,
    /// In the order of the file, which is the order of the choices.
    order: Vec<SystemKey>,
    /// For each system, itself and everything that depends on it.
    dependents: BTreeMap<SystemKey, BTreeSet<SystemKey>>,
}

impl Catalogue {
    pub fn new(groups: Vec<Group>, systems: Vec<System>) -> Result<Self, CatalogueError> {
        let mut it = Self { groups, ..Self::default() };
        for system in systems {
            if !it.groups.iter().any(|g| g.key == system.group) {
                return Err(CatalogueError::NoGroup(system.key.to_string(), system.group));
            }
            it.order.push(system.key.clone());
            if let Some(old) = it.systems.insert(system.key.clone(), Arc::new(system)) {
                return Err(CatalogueError::Twice(old.key.to_string()));
            }
        }
        for system in it.systems.values() {
            for on in &system.depends_on {
                if !it.systems.contains_key(on) {
                    return Err(CatalogueError::Unknown(system.key.to_string(), on.to_string()));
                }
            }
        }
        for key in &it.order {
            let causes = it.causes_of(key)?;
            for cause in causes {
                it.dependents.entry(cause).or_default().insert(key.clone());
            }
        }
        Ok(it)
    }

    /// The system itself and all that it depends on.
    fn causes_of(&self, key: &SystemKey) -> Result<BTreeSet<SystemKey>, CatalogueError> {
        let mut seen = BTreeSet::from([key.clone()]);
        let mut stack = vec![key.clone()];
        while let Some(at) = stack.pop() {
            for on in self.systems.get(&at).map(|s| s.depends_on.as_slice()).unwrap_or_default() {
                if on == key {
                    return Err(CatalogueError::Cycle(key.to_string()));
                }
                if seen.insert(on.clone()) {
                    stack.push(on.clone());
                }
            }
        }
        Ok(seen)
    }

    pub fn get(&self, key: &SystemKey) -> Option<&Arc<System>> {
        self.systems.get(key)
    }

    /// Finds a system by key, name, public name or alias, in any case.
    pub fn find(&self, text: &str) -> Option<&Arc<System>> {
        let text = text.trim();
        self.systems.get(&SystemKey::new(text)).or_else(|| {
            self.systems.values().find(|s| {
                s.name.eq_ignore_ascii_case(text)
                    || s.public_name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(text))
                    || s.aliases.iter().any(|a| a.eq_ignore_ascii_case(text))
            })
        })
    }

    /// The name of the supplier with this key.
    pub fn supplier(&self, key: &str) -> Option<&str> {
        let key = supplier_key(key);
        self.systems.values().filter_map(|s| s.supplier.as_deref()).find(|name| supplier_key(name) == key)
    }

    /// The keys of all suppliers, in order.
    pub fn suppliers(&self) -> Vec<String> {
        let all: BTreeSet<_> = self.systems.values().filter_map(|s| s.supplier.as_deref()).collect();
        all.into_iter().map(supplier_key).collect()
    }

    /// In the order of the catalogue.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<System>> {
        self.order.iter().filter_map(|k| self.systems.get(k))
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The system and everything that stops when it stops.
    pub fn dependents(&self, key: &SystemKey) -> Option<&BTreeSet<SystemKey>> {
        self.dependents.get(key)
    }

    /// Whether an organisation of this kind, of which these systems are known,
    /// may be hit by `system` without anybody having recorded that it uses it.
    pub fn may_use(&self, system: &SystemKey, kind: OrgKind, known: &[SystemKey]) -> bool {
        let Some(stopped) = self.dependents(system) else { return false };
        self.groups.iter().filter(|g| g.expected_of.contains(&kind)).any(|group| {
            let in_group = |key: &SystemKey| self.get(key).is_some_and(|s| s.group == group.key);
            stopped.iter().any(in_group) && !known.iter().any(in_group)
        })
    }
}
