//! What the tests of the screens are fed is what the desk really says.
//!
//! `HABEAS_WRITE_TYPES=1 cargo test -p house-tests --test window views` writes the file anew.

use serde_json::Value;

#[test]
fn the_requests_that_the_screens_are_tested_with_are_those_of_the_desk() {
    let (_org, desk) = crate::three_requests();
    let said = desk.done(&["request", "list"]).view["requests"].clone();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/api/views/requests.json");
    if std::env::var_os("HABEAS_WRITE_TYPES").is_some() {
        std::fs::write(file, format!("{said:#}\n")).expect("the views folder can be written");
    }
    let kept: Value =
        serde_json::from_slice(&std::fs::read(file).expect("the view is there")).expect("the view is JSON");
    assert_eq!(kept, said, "requests.json is stale; write it anew as the head of this file says");
}
