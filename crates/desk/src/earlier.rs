//! Requests of the same person, recognised by keyed hashes: duplicates, repeats, and our own records about somebody.

use std::collections::{BTreeMap, BTreeSet};

use casework::case::CaseNumber;
use casework::prove::{HashKind, keyed_hashes};
use casework::subject::Subject;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::asking::EarlierLine;
use vault::CaseFile;

impl Desk {
    /// The cases that know this person, oldest number first, and what is the same.
    ///
    /// An email or a whole customer number is enough; of names, phones and birthdates two must be the same.
    pub(crate) fn cases_of(&self, subject: &Subject) -> Result<Vec<(CaseFile, Vec<HashKind>)>, Problem> {
        let hashes = keyed_hashes(&self.hash_key(), subject, &[]);
        let mut same = BTreeMap::<CaseNumber, BTreeSet<HashKind>>::new();
        for (number, hash) in self.read(|vault| vault.cases_knowing(&hashes))? {
            same.entry(number).or_default().insert(hash.kind);
        }
        same.retain(|_, kinds| is_one_person(kinds));
        self.read(|vault| {
            same.into_iter()
                .map(|(number, kinds)| Ok((vault.case(&number)?, kinds.into_iter().collect())))
                .collect()
        })
    }

    pub(crate) fn earlier_line(&self, case: &CaseFile, same: &[HashKind]) -> Result<EarlierLine, Problem> {
        Ok(EarlierLine {
            request: case.number.to_string(),
            kind: case.kind.as_str().to_owned(),
            received_on: self.local_day(&case.received_at)?,
            stage: case.road.stage().as_str().to_owned(),
            outcome: case.outcome.map(|it| it.as_str().to_owned()),
            open: !case.road.closed,
            same: same.iter().map(|it| it.as_str()).collect(),
        })
    }
}

fn is_one_person(kinds: &BTreeSet<HashKind>) -> bool {
    let unique = [HashKind::Email, HashKind::AccountNumber].iter().any(|it| kinds.contains(it));
    let weak = [HashKind::Name, HashKind::Phone, HashKind::Birthdate];
    unique || weak.iter().filter(|it| kinds.contains(it)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unique_identifier_or_two_weak_ones_make_the_same_person() {
        let set = |kinds: &[HashKind]| kinds.iter().copied().collect::<BTreeSet<_>>();
        assert!(is_one_person(&set(&[HashKind::Email])));
        assert!(is_one_person(&set(&[HashKind::Name, HashKind::Birthdate])));
        assert!(!is_one_person(&set(&[HashKind::Name])), "a namesake is another person");
        assert!(!is_one_person(&set(&[HashKind::Phone])), "a telephone can be a household's");
        assert!(!is_one_person(&set(&[])));
    }
}
