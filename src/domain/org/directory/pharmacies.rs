//! Which pharmacies make up the prescriptions of which surgery: beside the tree,
//! for neither stands above the other.

use super::{Directory, OrgCode};

impl Directory {
    /// The same with these links, each from a surgery to a pharmacy. Those that
    /// name an organisation which is not there are left out.
    #[must_use]
    pub fn with_pharmacies(mut self, links: Vec<(OrgCode, OrgCode)>) -> Self {
        // A country has very many: they share the text of their codes.
        let own = |code: &OrgCode| self.orgs.get_key_value(code).map(|(own, _)| own.clone());
        let links: Vec<_> = links.iter().filter_map(|(a, b)| Some((own(a)?, own(b)?))).collect();
        for (surgery, pharmacy) in links {
            self.surgeries.entry(pharmacy.clone()).or_default().push(surgery.clone());
            self.pharmacies.entry(surgery).or_default().push(pharmacy);
        }
        self
    }

    /// The pharmacies that make up the prescriptions of a surgery.
    pub fn pharmacies_of(&self, surgery: &OrgCode) -> &[OrgCode] {
        self.pharmacies.get(surgery).map_or(&[], Vec::as_slice)
    }

    /// The surgeries whose prescriptions a pharmacy makes up.
    pub fn surgeries_of(&self, pharmacy: &OrgCode) -> &[OrgCode] {
        self.surgeries.get(pharmacy).map_or(&[], Vec::as_slice)
    }

    /// Every surgery that has such pharmacies, with them; in order of code.
    pub fn dispensed(&self) -> impl Iterator<Item = (&OrgCode, &[OrgCode])> {
        self.pharmacies.iter().map(|(surgery, pharmacies)| (surgery, pharmacies.as_slice()))
    }
}
