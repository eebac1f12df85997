use super::*;

#[test]
fn what_a_user_may_not_read_is_not_there() {
    let world = Folder::new().load().unwrap();
    let (officer, narrow) = (officer(&world), narrow(&world));
    assert!(world.visible_object(&officer, "secret__C").is_some());
    assert!(world.visible_object(&narrow, "Secret__c").is_none());
    assert!(world.describe(&narrow, "Secret__c", "68.0").is_none());
    let names = |user: &User| -> Vec<String> {
        let it = world.describe(user, "Contact", "68.0").unwrap();
        it["fields"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(names(&officer).contains(&"Birthdate".to_owned()));
    assert!(!names(&narrow).contains(&"Birthdate".to_owned()));
    let contact = world.describe(&narrow, "Contact", "68.0").unwrap();
    let children = contact["childRelationships"].as_array().unwrap();
    assert!(!children.iter().any(|it| it["childSObject"] == "Secret__c"), "its children vanish too");
    assert!(
        children.iter().any(|it| it["childSObject"] == "Nowhere"),
        "a captured child that is not in the org stays"
    );
}

#[test]
fn a_read_only_object_says_that_nothing_can_be_written() {
    let world = Folder::new().load().unwrap();
    let narrow = narrow(&world);
    let case = world.describe(&narrow, "Case", "68.0").unwrap();
    assert_eq!(case["updateable"], false);
    assert_eq!(case["deletable"], false);
    assert!(
        case["fields"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["updateable"] == false && it["createable"] == false)
    );
    assert_eq!(case["urls"]["describe"], "/services/data/v68.0/sobjects/Case/describe");
}

#[test]
fn the_global_describe_lists_what_the_user_sees() {
    let world = Folder::new().load().unwrap();
    let all = world.global_describe(&narrow(&world), "60.0");
    let names: Vec<&str> =
        all["sobjects"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"Contact") && !names.contains(&"Secret__c") && !names.contains(&"PermissionSet"));
    let history =
        all["sobjects"].as_array().unwrap().iter().find(|it| it["name"] == "ContactHistory").unwrap();
    assert_eq!(history["associateEntityType"], "History");
    assert_eq!(history["associateParentEntity"], "Contact");
}

#[test]
fn taking_a_permission_away_changes_the_describe_and_its_stamp() {
    let mut world = Folder::new().load().unwrap();
    world.clock = Clock::fixed(noon() + chrono::TimeDelta::minutes(5));
    let before = world.describe_changed_at(&officer(&world));
    world.take_away("officer@alder.example", "Contact.Email").unwrap();
    let user = officer(&world);
    assert!(world.describe_changed_at(&user) > before);
    let contact = world.object("Contact").unwrap();
    assert!(!world.readable(&user, contact, contact.field_ix("Email").unwrap()));
    assert!(world.take_away("nobody@example.org", "Contact.Email").is_err());
}
