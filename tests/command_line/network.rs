//! A network that vanishes in the middle of a deed: what is said, what stays, and that nothing is done twice.

use std::collections::BTreeMap;

use house_tests::{Desk, Lost, Network, PracticeOrg, Said};
use serde_json::Value;

use crate::requests::{ana, ids, rehearsed, small};

const QUESTIONS: &str = "POST /services/data/v68.0/composite ";
const DELETION: &str = "DELETE /services/data/v68.0/composite/sobjects";
const SOAP: &str = "POST /services/Soap/";
/// Her lead, which somebody put into the bin before.
const IN_THE_BIN: &str = "00Q5g00000ANA01EAH";

fn through_a_network() -> (PracticeOrg, Network, Desk) {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let network = Network::to(&org);
    let desk = Desk::new();
    desk.connect_through(&org, &network.url(), 0);
    (org, network, desk)
}

fn sentence(said: &Said) -> String {
    said.view["problem"]["message"].as_str().unwrap_or_default().to_owned()
}

/// Record → how often each deed was done to it, as the org itself counts.
fn done_to(org: &PracticeOrg) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::<String, Vec<String>>::new();
    for change in org.calls().iter().flat_map(|it| it["changes"].as_array().cloned().unwrap_or_default()) {
        let text = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
        all.entry(text("id")).or_default().push(format!("{} {}", text("deed"), text("outcome")));
    }
    all
}

/// All seven records are in the bin, six of them by this request.
fn assert_in_the_bin(carried_out: &Value) {
    let outcomes = carried_out["outcomes"].as_array().expect("outcomes");
    assert_eq!(outcomes.len(), 7);
    for it in outcomes {
        let wanted = if it["id"] == IN_THE_BIN { "in_bin" } else { "deleted" };
        assert_eq!(it["outcome"], wanted, "{it}");
    }
}

fn packages(org: &PracticeOrg) -> usize {
    let path = |it: &Value| it["path"].as_str().unwrap_or_default().ends_with("/composite");
    org.calls().iter().filter(|it| path(it)).count()
}

#[test]
fn a_locate_keeps_what_it_read_when_the_network_vanishes_and_goes_on_when_it_is_back() {
    let straight = PracticeOrg::serve(&["--org", &small()]);
    let beside = Desk::at(&straight);
    let whole = beside.done(&["request", "locate", &beside.open("delete", &ana())]).view;

    let (org, network, desk) = through_a_network();
    let request = desk.open("delete", &ana());
    let before = packages(&straight) / 2;
    network.breaks_at(QUESTIONS, before, Lost::Answer);
    let said = desk.run(&["request", "locate", &request]);
    assert_eq!((said.code, said.problem()), (1, "org_unreachable"), "{said:?}");
    assert_eq!(
        sentence(&said),
        "The org could not be reached: no connection to its host could be made. Nothing was changed in Salesforce; \
         what was read so far is kept."
    );
    assert_eq!(
        said.view["problem"]["next_step"],
        "Check the network connection, then run the command again. Locating goes on where it stopped."
    );
    assert!(network.is_gone());
    let again = desk.run(&["request", "locate", &request]);
    assert_eq!((again.code, again.problem()), (1, "org_unreachable"), "it is still gone: {again:?}");
    let journal = desk.done(&["ledger", "show"]).view.to_string();
    assert!(journal.contains("request.locate_paused") && !journal.contains("request.located"), "{journal}");

    network.comes_back();
    let located = desk.done(&["request", "locate", &request]).view;
    assert_eq!(ids(&located["matches"]), ids(&whole["matches"]));
    assert_eq!(located["coverage"], whole["coverage"]);
    // What was answered before is not asked again: only the packages under way, four at most, may have come twice.
    let (asked, needed) = (packages(&org), packages(&straight));
    assert!((needed..=needed + 4).contains(&asked), "{asked} packages, {needed} without a break");
}

#[test]
fn a_deletion_whose_answer_is_lost_is_not_done_twice() {
    let (org, network, desk) = through_a_network();
    let (request, plan) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    let carry_out = ["request", "carry-out", &request, "--plan", &plan, "--purge"];

    network.breaks_at(DELETION, 0, Lost::Answer);
    let said = desk.run(&carry_out);
    assert_eq!((said.code, said.problem()), (1, "outcome_unknown"), "{said:?}");
    assert!(sentence(&said).starts_with("No answer came to a write of "), "{said:?}");
    assert!(said.view["problem"]["next_step"].to_string().contains("asks the org about each record"));
    let gone = desk.run(&carry_out);
    assert_eq!((gone.code, gone.problem()), (1, "org_unreachable"), "{gone:?}");
    assert!(sentence(&gone).ends_with("what was written before stays, and the next run goes on from there."));

    // Back, and gone again when the bin is being emptied.
    network.comes_back();
    network.breaks_at(SOAP, 0, Lost::Answer);
    let said = desk.run(&carry_out);
    assert_eq!((said.code, said.problem()), (1, "outcome_unknown"), "{said:?}");
    network.comes_back();
    let done = desk.done(&carry_out).view;
    let words: Vec<&Value> =
        done["outcomes"].as_array().expect("outcomes").iter().map(|it| &it["outcome"]).collect();
    assert!(words.len() == 7 && words.iter().all(|it| **it == "purged"), "ours, not already gone: {done}");
    for (id, deeds) in done_to(&org) {
        let wanted: &[&str] = if id == IN_THE_BIN { &["purge ok"] } else { &["delete ok", "purge ok"] };
        assert_eq!(deeds, wanted, "{id}");
    }
    let certificate = desk.done(&["request", "prove", &request]).view["certificate"].clone();
    assert_eq!((&certificate["gone"], &certificate["still_there"]), (&7.into(), &0.into()), "{certificate}");
    assert_eq!(desk.done(&["ledger", "check"]).view["verdict"], "intact");
}

#[test]
fn a_deletion_that_the_org_never_heard_of_is_done_when_the_network_is_back() {
    let (org, network, desk) = through_a_network();
    let (request, plan) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    let carry_out = ["request", "carry-out", &request, "--plan", &plan];
    network.breaks_at(DELETION, 0, Lost::Call);
    let said = desk.run(&carry_out);
    assert_eq!((said.code, said.problem()), (1, "outcome_unknown"), "nobody can know yet: {said:?}");
    assert!(done_to(&org).is_empty(), "the org never heard of it");
    network.comes_back();
    let done = desk.done(&carry_out).view;
    assert_in_the_bin(&done);
}

#[test]
fn after_the_first_batch_nobody_says_that_nothing_was_changed() {
    let (org, network, desk) = through_a_network();
    let (request, plan) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    let carry_out = ["request", "carry-out", &request, "--plan", &plan];
    // The questions before the deletion pass; the one that looks at its result does not.
    let asked_before = {
        let other = PracticeOrg::serve(&["--org", &small()]);
        let beside = Desk::at(&other);
        let (request, plan) = rehearsed(&beside);
        beside.done(&["request", "approve", &request, "--plan", &plan]);
        let so_far = other.calls().len();
        beside.done(&["request", "carry-out", &request, "--plan", &plan]);
        let calls = other.calls();
        let of_the_run = calls.get(so_far..).unwrap_or_default();
        let package = |it: &&Value| it["path"].as_str().unwrap_or_default().ends_with("/composite");
        let last = of_the_run.iter().rposition(|it| it["method"] == "DELETE").expect("a deletion");
        of_the_run.iter().take(last).filter(package).count()
    };
    network.breaks_at(QUESTIONS, asked_before, Lost::Call);
    let said = desk.run(&carry_out);
    assert_eq!((said.code, said.problem()), (1, "org_unreachable"), "{said:?}");
    assert_eq!(done_to(&org).len(), 6, "everything is in the bin by then");
    assert!(
        sentence(&said).ends_with(
            "Nothing more was written; what was written before stays, and the next run goes on from there."
        ),
        "{said:?}"
    );
    network.comes_back();
    let done = desk.done(&carry_out).view;
    assert_in_the_bin(&done);
    assert!(done_to(&org).values().all(|it| it.len() == 1), "{:?}", done_to(&org));
}
