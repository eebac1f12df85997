//! Published indicators of earlier thefts. They age fast: each has its source and date, and they only raise a level.

use std::collections::HashMap;

/// `assets/detection/indicators.csv`, by what is compared.
#[derive(Debug, Default)]
pub(super) struct Indicators {
    addresses: HashMap<&'static str, String>,
    agents: Vec<(&'static str, String)>,
}

impl Indicators {
    /// Columns: kind, value, source, published.
    pub fn shipped() -> Self {
        let mut all = Self::default();
        for line in include_str!("../../../../../assets/detection/indicators.csv").lines().skip(1) {
            let [kind, value, source, published] = line.split(',').collect::<Vec<_>>()[..] else { continue };
            let told = format!("{value} was published by {source} on {published}");
            match kind {
                "address" => drop(all.addresses.insert(value, told)),
                _ => all.agents.push((value, told)),
            }
        }
        all
    }

    pub fn address(&self, address: &str) -> Option<&str> {
        self.addresses.get(address).map(String::as_str)
    }

    pub fn agent(&self, agent: &str) -> Option<&str> {
        self.agents.iter().find(|(known, _)| agent.starts_with(known)).map(|(_, told)| told.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_has_its_source_and_its_day() {
        let all = Indicators::shipped();
        assert!(all.addresses.len() >= 3 && all.agents.len() >= 3);
        let told = all.agent("Salesforce-Multi-Org-Fetcher/1.0").unwrap();
        assert!(told.contains(" on 2025-"), "{told}");
        assert_eq!(all.agent("Alder Sync/2.1"), None);
    }
}
