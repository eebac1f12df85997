//! A leak of which only the free logs are left, by the window: nothing is proved, and the window says so.

use house_tests::{Desk, PracticeOrg};

use crate::incident::{choose, confirm_all};
use crate::steps::{step, unlocked};

#[test]
fn with_free_logs_alone_nothing_is_proved_and_the_window_says_why() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let opened = desk.done(&[
        "incident",
        "open",
        "--title",
        "A token was stolen",
        "--discovered-at",
        "2026-10-28T16:00:00Z",
        "--org",
        "practice",
    ]);
    let incident = opened.view["incident"].as_str().expect("a number").to_owned();
    let window = unlocked(&desk, true);

    window.press("Incidents");
    window.press(&incident);
    window.press("Take its free logs only");
    window.sees("kinds of log");
    window.sees("The ids of the records that each query over the API returned");
    window.picture("84-free-gather.png");

    step(&window, "Find");
    choose(&window, "How much is shown", "Balanced");
    window.press("Examine the logs");
    window.find("//button[normalize-space()='Examine again']");
    confirm_all(&window);
    window.sees("What these logs cannot show");
    window.picture("85-free-find.png");

    step(&window, "Timeline");
    window.sees("Free logs tell that something was read, not how much.");

    // A count that is stopped says so and keeps nothing; the next one is whole.
    step(&window, "Scope");
    window.sees("Nobody was counted yet.");
    window.press("Count, asking the org");
    window.press("Stop");
    window.find("//*[@role='alert']");
    window.sees("Nobody was counted yet.");
    window.picture("86-free-stopped.png");
    window.press("Count, asking the org");
    window.find("//button[normalize-space()='Count again, asking the org']");
    let numbers = [1, 2, 3].map(|n| {
        let cell = window.find(&format!("//tr[th[normalize-space()='All people']]/td[{n}]"));
        window.text(&cell).replace(',', "").parse::<u64>().expect("a number")
    });
    assert_eq!(numbers[0], 0, "free logs prove nobody: {numbers:?}");
    window.sees("Nobody is proved:");
    assert!(numbers[2] > 0, "what was within reach is counted: {numbers:?}");
    window.picture("86-free-scope.png");

    step(&window, "Assess");
    window.press("Ask the law book");
    window.sees("Assessment 1 (preliminary)");
    window.sees("Still open");
    window.picture("87-free-assess.png");
}
