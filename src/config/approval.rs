//! What needs two people.

use crate::domain::approval::Rules;

/// What one person may not say alone. What is said about 999 and 111 always
/// needs two.
#[derive(Debug, Clone, confique::Config)]
pub struct Approval {
    /// Messages to more people than this wait for a second person.
    #[config(default = 10000, env = "SIGNPOST_APPROVAL__PEOPLE_ABOVE")]
    pub people_above: usize,
    /// What changes the pages of more organisations than this does as well.
    #[config(default = 100, env = "SIGNPOST_APPROVAL__ORGANISATIONS_ABOVE")]
    pub organisations_above: usize,
    /// Whether everything that is said for a whole region or the nation does.
    #[config(default = true, env = "SIGNPOST_APPROVAL__REGION_WIDE")]
    pub region_wide: bool,
    /// Whether lines that somebody sets for the organisations below them do, however
    /// few these are. Their own page alone needs one person.
    #[config(default = true, env = "SIGNPOST_APPROVAL__LINES_BELOW")]
    pub lines_below: bool,
}

impl Approval {
    pub fn rules(&self) -> Rules {
        Rules {
            people: self.people_above,
            organisations: self.organisations_above,
            region_wide: self.region_wide,
            lines_below: self.lines_below,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Flags};
    use crate::domain::approval::Rules;

    #[test]
    fn what_needs_two_people_is_set_in_the_file() {
        let path = std::env::temp_dir().join(format!("signpost-{}.toml", uuid::Uuid::new_v4()));
        let text = "nhs_logo = true\n[approval]\npeople_above = 1\norganisations_above = 2\n\
                    region_wide = false\nlines_below = false\n";
        std::fs::write(&path, text).unwrap();
        let config = Config::load(&Flags { config: Some(path), ..Flags::default() }).unwrap();
        let set = Rules { people: 1, organisations: 2, region_wide: false, lines_below: false };
        assert_eq!(config.approval.rules(), set);
    }
}
