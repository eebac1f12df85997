//! What can be seen while a long deed goes on, on the practice org over HTTP.

#![allow(clippy::expect_used, reason = "a test says what must be so")]

mod office;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use desk::views::{CarriedOutView, LocatingView};
use desk::{Desk, Progress};

use crate::office::{Office, office};

/// Each line of progress with what was seen when it was said.
type Seen<T> = Arc<Mutex<Vec<(String, T)>>>;

impl Office {
    /// Looks at every line of progress, in the middle of the deed that says it.
    fn watching<T: Send + 'static>(
        &self,
        look: impl Fn(&Desk, &str) -> T + Send + Sync + 'static,
    ) -> (Progress, Seen<T>) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (desk, request, kept) = (Arc::clone(&self.desk), self.request.clone(), Arc::clone(&seen));
        let progress = Progress::new(move |line| {
            kept.lock().expect("nobody panicked").push((line.to_owned(), look(&desk, &request)));
        });
        (progress, seen)
    }

    async fn approved(&self) -> String {
        let (desk, request) = (&self.desk, self.request.as_str());
        desk.locate(request, None, &Progress::silent()).await.expect("located");
        desk.accept(request, &["exact".to_owned(), "strong".to_owned()]).expect("accepted");
        let plan = desk.rehearse(request, &Progress::silent()).await.expect("rehearsed").plan.digest;
        desk.approve(request, &plan, None).expect("approved");
        plan
    }
}

fn words(view: &CarriedOutView) -> BTreeSet<&str> {
    view.outcomes.iter().map(|it| it.outcome.as_str()).collect()
}

#[tokio::test]
async fn each_record_says_what_the_org_answered_while_the_deletion_goes_on() {
    let office = office("small", "delete").await;
    let plan = office.approved().await;
    let (progress, seen) =
        office.watching(|desk, request| desk.outcomes(request).expect("it can be read meanwhile"));
    let done = office.desk.carry_out(&office.request, &plan, true, &progress).await.expect("carried out");
    assert!(done.complete && done.so_far.is_none());

    let seen = seen.lock().expect("nobody panicked");
    let at = |line: &str| -> Vec<&CarriedOutView> {
        seen.iter().filter(|(said, _)| said.starts_with(line)).filter_map(|(_, view)| view.as_ref()).collect()
    };
    let deleting = at("Deleting:");
    let first = deleting.first().expect("a batch went out");
    let so_far = first.so_far.as_ref().expect("it is not settled");
    assert_eq!((so_far.doing, so_far.answered), ("carrying_out", 0));
    assert!(words(first).contains("sent"), "{:?}", words(first));
    assert_eq!(
        first.outcomes.len(),
        done.outcomes.len(),
        "every record of the plan stands there from the start"
    );

    let emptying = at("Emptying the bin:");
    let begun = emptying.first().expect("the bin is emptied");
    assert_eq!(begun.so_far.as_ref().map(|it| (it.doing, it.answered)), Some(("purging", 0)));
    assert!(words(begun).contains("deleted"), "what is in the bin by now says so: {:?}", words(begun));
    let last = emptying.last().expect("the bin is emptied");
    assert!(words(last).contains("purged"), "what is gone for good by now says so: {:?}", words(last));
    for (one, next) in deleting.iter().chain(&emptying).zip(deleting.iter().chain(&emptying).skip(1)) {
        let count = |view: &CarriedOutView| view.so_far.as_ref().map(|it| (it.doing, it.answered));
        assert!(count(one) != count(next), "each batch moves the count: {:?}", count(one));
    }

    let settled = office.desk.outcomes(&office.request).expect("read").expect("there are outcomes");
    assert!(settled.so_far.is_none() && settled.complete);
    assert_eq!(words(&settled), words(&done));
}

#[tokio::test]
async fn a_deletion_that_was_stopped_shows_how_far_it_came_when_the_vault_is_opened_again() {
    let office = office("small", "delete").await;
    let plan = office.approved().await;
    let stop: Arc<Mutex<Option<Progress>>> = Arc::default();
    let brake = Arc::clone(&stop);
    let progress = Progress::new(move |line| {
        if line.starts_with("Emptying the bin:")
            && let Some(progress) = brake.lock().expect("nobody panicked").as_ref()
        {
            progress.stop_flag().stop();
        }
    });
    *stop.lock().expect("nobody panicked") = Some(progress.clone());
    let stopped = office.desk.carry_out(&office.request, &plan, true, &progress).await;
    assert_eq!(stopped.expect_err("it was stopped").code, "stopped");
    let half = office.desk.outcomes(&office.request).expect("read").expect("it began");
    let so_far = half.so_far.as_ref().expect("it is not settled");
    assert_eq!((so_far.doing, so_far.answered), ("purging", 0));
    assert!(words(&half).contains("sent") && !half.complete, "{:?}", words(&half));

    let whole = office.desk.carry_out(&office.request, &plan, true, &Progress::silent()).await.expect("done");
    assert!(whole.complete);
    let settled = office.desk.outcomes(&office.request).expect("read").expect("there are outcomes");
    assert!(settled.so_far.is_none() && !words(&settled).contains("sent"));
}

fn states(view: &LocatingView) -> BTreeSet<&str> {
    view.objects.iter().map(|it| it.state).collect()
}

#[tokio::test]
async fn a_search_shows_each_object_while_it_goes_on_and_after_it_was_stopped() {
    let office = office("small", "delete").await;
    let (desk, request) = (&office.desk, office.request.as_str());
    assert!(desk.locating(request).expect("read").is_none(), "nothing began");
    let stop: Arc<Mutex<Option<Progress>>> = Arc::default();
    let seen: Arc<Mutex<Vec<LocatingView>>> = Arc::default();
    let (brake, kept, inside, number) =
        (Arc::clone(&stop), Arc::clone(&seen), Arc::clone(desk), office.request.clone());
    let progress = Progress::new(move |line| {
        if !line.starts_with("Locating:") {
            return;
        }
        let mut kept = kept.lock().expect("nobody panicked");
        kept.push(inside.locating(&number).expect("it can be read meanwhile").expect("it goes on"));
        if kept.len() == 2
            && let Some(progress) = brake.lock().expect("nobody panicked").as_ref()
        {
            progress.stop_flag().stop();
        }
    });
    *stop.lock().expect("nobody panicked") = Some(progress.clone());
    let stopped = desk.locate(request, None, &progress).await.expect_err("it was stopped");
    assert_eq!(stopped.code, "stopped");

    let seen = std::mem::take(&mut *seen.lock().expect("nobody panicked"));
    let [first, second] = seen.as_slice() else { panic!("two rounds were begun") };
    assert!(first.running && first.api_calls.forecast.is_some());
    let contact = |view: &LocatingView| {
        view.objects.iter().find(|it| it.object == "Contact").map(|it| (it.state, it.records))
    };
    assert_eq!(contact(first), Some(("looking", 0)), "people come first");
    assert!(contact(second).is_some_and(|(_, records)| records > 0), "{:?}", contact(second));
    assert!(states(second).contains("looked"), "{:?}", states(second));
    assert!(second.api_calls.spent > first.api_calls.spent);

    let kept = desk.locating(request).expect("read").expect("what was read is kept");
    assert!(!kept.running);
    assert_eq!(contact(&kept).map(|it| it.1), contact(second).map(|it| it.1));

    let found = desk.locate(request, None, &Progress::silent()).await.expect("it goes on");
    assert!(!found.matches.is_empty());
    assert!(desk.locating(request).expect("read").is_none(), "nothing is left to look at");
}
