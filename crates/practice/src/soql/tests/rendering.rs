use super::*;

#[test]
fn a_row_has_attributes_parents_and_children() {
    let world = org();
    let row = rows(
        world,
        "SELECT Id, Name, Account.Name, Account.Parent.Name, Owner.Name, CreatedDate, Birthdate, DoNotCall, (SELECT Subject FROM Cases ORDER BY Subject LIMIT 1), (SELECT Id FROM Notes WHERE Title = 'none') FROM Contact WHERE Id = '003000000000001'",
    )
    .remove(0);
    let base = "/services/data/v60.0/sobjects";
    let owner = &row["Owner"];
    assert_eq!(row["attributes"]["type"], "Contact");
    assert!(
        row["attributes"]["url"]
            .as_str()
            .expect("a path")
            .starts_with(&format!("{base}/Contact/003000000000001AA"))
    );
    assert_eq!(
        row.as_object().expect("a record").keys().next().expect("a key"),
        "attributes",
        "attributes come first"
    );
    assert_eq!(row["Account"]["Name"], "Alder Supply");
    assert_eq!(row["Account"]["attributes"]["type"], "Account");
    assert_eq!(row["Account"]["Parent"], Value::Null);
    assert!(owner["attributes"]["url"].as_str().expect("a path").contains("/sobjects/User/0055g00000AAAAA"));
    assert_eq!(row["CreatedDate"], "2026-11-20T19:00:00.000+0000");
    assert_eq!(row["Birthdate"], "1980-02-03");
    assert_eq!(row["DoNotCall"], true);
    assert_eq!(row["Cases"]["totalSize"], 1);
    assert_eq!(row["Cases"]["done"], true);
    assert_eq!(row["Cases"]["records"][0]["Subject"], "Late parcel");
    assert_eq!(row["Notes"], Value::Null, "no child rows is null");
}

#[test]
fn numbers_and_nulls_are_shown_as_rest_shows_them() {
    let world = org();
    let pets = rows(world, "SELECT Name, Weight__c, Legs__c, Secret__c, Tags__c FROM Pet__c");
    assert!(pets[0].to_string().contains("\"Weight__c\":10.0"), "a double always has a point");
    assert_eq!(pets[0]["Legs__c"].to_string(), "4");
    assert_eq!(pets[0]["Secret__c"], "************1111", "masked without View Encrypted Data");
    assert_eq!(pets[2]["Weight__c"], Value::Null);
    let city =
        rows(world, "SELECT MailingAddress FROM Contact WHERE Id IN ('003000000000001', '003000000000004')");
    assert_eq!(city[0]["MailingAddress"]["city"], "Salem");
    assert_eq!(city[1]["MailingAddress"], Value::Null, "an address without parts is null");
}

#[test]
fn a_polymorphic_parent_shows_what_it_is() {
    let world = org();
    let tasks = rows(
        world,
        "SELECT Who.Name, Who.Type, TYPEOF What WHEN Account THEN Name, BillingCity WHEN Case THEN Subject ELSE Id END FROM Task",
    );
    assert_eq!(tasks[0]["Who"]["attributes"]["type"], "Name");
    assert_eq!(tasks[0]["Who"]["Type"], "Contact");
    assert_eq!(tasks[1]["Who"]["Name"], "Lee Park");
    assert_eq!(tasks[0]["What"]["attributes"]["type"], "Account");
    assert_eq!(tasks[0]["What"]["BillingCity"], "Portland");
    assert_eq!(tasks[1]["What"]["Subject"], "Late parcel");
    assert_eq!(tasks[1]["What"].get("BillingCity"), None);
}

#[test]
fn count_has_a_size_and_no_records() {
    let world = org();
    let outcome = ask(world, "SELECT COUNT() FROM Contact");
    assert_eq!((outcome.total_size(), outcome.len()), (4, 0));
    assert!(outcome.page(world, officer(world), 0, 10, "").is_empty());
}

#[test]
fn pages_cut_the_rows_and_keep_their_order() {
    let world = org();
    let outcome = ask(world, "SELECT Id FROM Contact ORDER BY Id");
    let first = outcome.page(world, officer(world), 0, 3, "");
    let second = outcome.page(world, officer(world), 3, 3, "");
    assert_eq!((first.len(), second.len(), outcome.total_size()), (3, 1, 4));
}

#[test]
fn bulk_rows_are_flat_and_quoted() {
    let world = org();
    let bulk = Options { bulk: true, ..Options::default() };
    let text = "SELECT Name, account.name, CreatedDate, DoNotCall, Birthdate FROM Contact WHERE Id IN ('003000000000001', '003000000000004')";
    let outcome = ask_with(world, text, bulk).expect("answers");
    let csv = outcome.csv(world, officer(world), 0, 10, ',', "\n");
    assert_eq!(
        csv,
        "\"Name\",\"Account.Name\",\"CreatedDate\",\"DoNotCall\",\"Birthdate\"\n\
         \"Ana Pereira\",\"Alder Supply\",\"2026-11-20T19:00:00.000Z\",\"true\",\"1980-02-03\"\n\
         \"Bo 100%_x\",\"\",\"2025-10-01T00:00:00.000Z\",\"false\",\"\"\n"
    );
}

#[test]
fn columns_are_described_for_the_command_line() {
    let world = org();
    let outcome = ask(world, "SELECT Id, Account.Name, (SELECT Subject FROM Cases) FROM Contact");
    let metadata = outcome.column_metadata();
    let columns = metadata["columnMetadata"].as_array().expect("columns");
    assert_eq!(metadata["entityName"], "Contact");
    assert_eq!(metadata["idSelected"], true);
    assert_eq!(columns[1]["columnName"], "Account");
    assert_eq!(columns[1]["joinColumns"][0]["columnName"], "Name");
    assert_eq!(columns[2]["aggregate"], true);
    let grouped = ask(world, "SELECT COUNT(Id), MAX(Name) top FROM Contact").column_metadata();
    assert_eq!(grouped["columnMetadata"][0]["columnName"], "expr0");
    assert_eq!(grouped["columnMetadata"][1]["columnName"], "top");
}

#[test]
fn the_plan_of_a_statement_is_explained() {
    let world = org();
    let explain = |text: &str| {
        super::super::explain(world, officer(world), text, Options::default()).expect("explains")
    };
    assert_eq!(
        explain("SELECT Id FROM Contact WHERE Email = 'ana@example.com'")["plans"][0]["leadingOperationType"],
        "Index"
    );
    assert_eq!(
        explain("SELECT Id FROM Contact WHERE Email LIKE '%x'")["plans"][0]["leadingOperationType"],
        "TableScan"
    );
}
