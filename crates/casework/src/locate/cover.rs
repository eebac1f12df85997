//! The fewest questions that read every child of every parent.
//!
//! A question to the parent reads twenty kinds of children at once; a question to the child reads it under all
//! its parents. Choosing the fewest is the smallest vertex cover of a bipartite graph (Kőnig's theorem).

use std::collections::{BTreeMap, BTreeSet};

/// Parents and children to be asked, so that each edge has an end among them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cover {
    pub parents: BTreeSet<String>,
    pub children: BTreeSet<String>,
}

pub fn smallest(edges: &BTreeSet<(String, String)>) -> Cover {
    let mut beside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (parent, child) in edges {
        beside.entry(parent).or_default().push(child);
    }
    let mut matched: BTreeMap<&str, &str> = BTreeMap::new();
    for parent in beside.keys() {
        augment(parent, &beside, &mut matched, &mut BTreeSet::new());
    }
    // From every unmatched parent along alternating paths: parents not reached and children reached are the cover.
    let taken: BTreeSet<&str> = matched.values().copied().collect();
    let mut open: Vec<&str> = beside.keys().copied().filter(|parent| !taken.contains(parent)).collect();
    let (mut parents, mut children): (BTreeSet<&str>, BTreeSet<&str>) =
        (open.iter().copied().collect(), BTreeSet::new());
    while let Some(parent) = open.pop() {
        for child in beside.get(parent).into_iter().flatten() {
            if children.insert(child)
                && let Some(next) = matched.get(child)
                && parents.insert(next)
            {
                open.push(next);
            }
        }
    }
    Cover {
        parents: beside
            .keys()
            .filter(|parent| !parents.contains(*parent))
            .map(|parent| (*parent).to_owned())
            .collect(),
        children: children.into_iter().map(str::to_owned).collect(),
    }
}

fn augment<'a>(
    parent: &'a str,
    beside: &BTreeMap<&'a str, Vec<&'a str>>,
    matched: &mut BTreeMap<&'a str, &'a str>,
    tried: &mut BTreeSet<&'a str>,
) -> bool {
    for child in beside.get(parent).into_iter().flatten() {
        if !tried.insert(child) {
            continue;
        }
        let holder = matched.get(child).copied();
        if holder.is_none_or(|holder| augment(holder, beside, matched, tried)) {
            matched.insert(child, parent);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(&str, &str)]) -> BTreeSet<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn one_parent_with_many_children_is_asked_once() {
        let cover = smallest(&edges(&[("Contact", "Note"), ("Contact", "Task"), ("Contact", "ContactFeed")]));
        assert_eq!((cover.parents.len(), cover.children.len()), (1, 0));
    }

    #[test]
    fn one_child_of_many_parents_is_asked_once() {
        let cover = smallest(&edges(&[("Case", "Note"), ("Lead", "Note"), ("Contact", "Note")]));
        assert_eq!((cover.parents.len(), cover.children.len()), (0, 1));
    }

    proptest::proptest! {
        #[test]
        fn every_edge_has_an_end_in_the_cover(pairs in proptest::collection::btree_set((0_u8..6, 0_u8..6), 0..20)) {
            let edges: BTreeSet<_> = pairs.iter().map(|(a, b)| (format!("p{a}"), format!("c{b}"))).collect();
            let cover = smallest(&edges);
            for (parent, child) in &edges {
                assert!(cover.parents.contains(parent) || cover.children.contains(child));
            }
        }
    }
}
