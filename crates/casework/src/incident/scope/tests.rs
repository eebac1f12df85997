use super::*;
use crate::schema::Field;
use serde_json::json;

fn contact() -> Object {
    let field = |(name, kind): &(&str, &str)| Field {
        name: (*name).into(),
        label: (*name).into(),
        field_type: (*kind).into(),
        ..Field::default()
    };
    let fields = [
        ("Id", "id"),
        ("FirstName", "string"),
        ("LastName", "string"),
        ("Email", "email"),
        ("SSN__c", "string"),
        ("Vault__c", "encryptedstring"),
        ("MailingState", "string"),
        ("CreatedDate", "datetime"),
        ("IsDeleted", "boolean"),
        ("SystemModstamp", "datetime"),
    ];
    Object {
        name: "Contact".into(),
        queryable: true,
        fields: fields.iter().map(field).collect(),
        ..Object::default()
    }
}

fn row(n: usize, state: &str, ssn: &str) -> Row {
    let values = json!({
        "FirstName": format!("Ana{n}"), "LastName": "Reyes", "Email": format!("a{n}@example.com"), "MailingState": state,
        "SSN__c": ssn, "CreatedDate": "2026-01-01T00:00:00Z",
    });
    let serde_json::Value::Object(map) = values else { unreachable!() };
    Row {
        object: "Contact".into(),
        id: RecordId::parse(&format!("00300000000{n:04}")).unwrap(),
        values: map.into_iter().collect(),
    }
}

fn fields(names: &[&str]) -> soql::Taken {
    soql::Taken::Fields(names.iter().map(|it| (*it).to_owned()).collect())
}

struct Case {
    touched: Touched,
    schema: Schema,
    reach: Reach,
}

impl Case {
    fn new() -> Self {
        let schema = Schema { objects: BTreeMap::from([("Contact".to_owned(), contact())]) };
        Self { touched: Touched::new(&contact(), &schema), schema, reach: Reach::default() }
    }

    fn touch(&mut self, taken: &soql::Taken) {
        let touch = Touch { at: "2026-10-20T00:00:00Z".parse().unwrap(), all_rows: false };
        self.touched.touch(touch, taken, &self.schema, &self.reach);
    }

    fn mark(&mut self, sure: Sure, rows: &[Row], taken: &soql::Taken) {
        let ids: Vec<RecordId> = rows.iter().map(|it| it.id.clone()).collect();
        self.touched.mark(sure, &ids, taken, &self.schema, &self.reach);
    }

    fn count(mut self, rows: &[Row]) -> (Scope, u64) {
        let mut people = Gathering::default();
        for row in rows {
            self.touched.take(row, Mask::default(), &mut people);
        }
        let (numbers, gone) = self.touched.finish(&mut people);
        let mut scope = Scope { objects: vec![numbers], ..Scope::default() };
        scope.count(&people.people());
        (scope, gone)
    }
}

#[test]
fn only_fields_that_were_taken_count_and_each_number_contains_the_one_before() {
    let rows: Vec<Row> = (0..4).map(|n| row(n, "CA", if n == 3 { "" } else { "219-09-9999" })).collect();
    let mut case = Case::new();
    case.touch(&fields(&["Id", "FirstName", "LastName", "SSN__c", "Email"]));
    case.mark(Sure::Proved, &rows[..1], &fields(&["Id", "FirstName", "LastName", "Email"]));
    case.mark(Sure::Probable, &rows[..2], &fields(&["Id", "SSN__c"]));
    let (scope, gone) = case.count(&rows);
    assert_eq!(gone, 0);
    assert_eq!(scope.objects[0].numbers, Numbers { proved: 1, probable: 2, upper_bound: 4 });
    assert_eq!(scope.persons, Numbers { proved: 1, probable: 2, upper_bound: 4 });
    let element = |key: &str| scope.elements[key].numbers;
    assert_eq!(element("email"), Numbers { proved: 1, probable: 1, upper_bound: 4 });
    assert_eq!(element("name"), Numbers { proved: 1, probable: 1, upper_bound: 4 });
    assert_eq!(element("ssn"), Numbers { proved: 0, probable: 2, upper_bound: 3 });
    assert_eq!(
        scope.groups.proved,
        [Group {
            elements: vec!["name".into(), "email".into()],
            residents: BTreeMap::from([("US-CA".to_owned(), 1)]),
        }]
    );
}

#[test]
fn records_that_are_gone_or_came_later_are_counted_honestly() {
    let mut rows: Vec<Row> = (0..3).map(|n| row(n, "", "")).collect();
    rows[2].values.insert("CreatedDate".into(), json!("2026-10-21T00:00:00Z"));
    let mut case = Case::new();
    case.touch(&fields(&["Id", "Email"]));
    let lost = row(9, "", "");
    case.mark(Sure::Proved, &[lost], &fields(&["Id", "Email"]));
    let (scope, gone) = case.count(&rows);
    assert_eq!(gone, 1);
    assert_eq!(scope.objects[0].numbers, Numbers { proved: 1, probable: 1, upper_bound: 3 });
    assert_eq!(scope.residents[UNKNOWN].numbers, scope.persons);
}

#[test]
fn what_the_principal_could_not_read_is_no_upper_bound() {
    let set = Row {
        object: "PermissionSet".into(),
        id: RecordId::parse("0PS000000000001").unwrap(),
        values: BTreeMap::new(),
    };
    let mut case = Case::new();
    case.reach = Reach::read(&[set], &[], &[]);
    case.touch(&fields(&["Id", "Email"]));
    let (scope, _) = case.count(&[row(0, "CA", "")]);
    assert_eq!(scope.objects[0].numbers, Numbers::default());
    assert_eq!(scope.persons, Numbers::default());
}

#[test]
fn an_element_that_stands_encrypted_only_is_said() {
    let mut one = row(0, "CA", "");
    one.values.insert("Vault__c".into(), json!("SSN 219-09-9999"));
    let mut case = Case::new();
    case.touch(&soql::Taken::Everything);
    let (scope, _) = case.count(&[one, row(1, "CA", "219-09-9999")]);
    assert_eq!(scope.elements["ssn"].numbers.upper_bound, 2);
    assert_eq!(scope.elements["ssn"].encrypted_only, 1);
    assert_eq!(scope.elements["name"].encrypted_only, 0);
}

proptest::proptest! {
    #[test]
    fn the_numbers_are_ordered_and_sum_up(
        people in proptest::collection::vec((0..5_usize, 0..3_u8, proptest::bool::ANY, proptest::bool::ANY), 0..40),
    ) {
        let states = ["CA", "TX", "", "ON", "Atlantis"];
        let rows: Vec<Row> = people.iter().enumerate().map(|(n, (state, ..))| row(n, states[*state], "219-09-9999")).collect();
        let mut case = Case::new();
        case.touch(&fields(&["Id", "Email"]));
        for (one, (_, set, proved, probable)) in rows.iter().zip(&people) {
            let taken = [fields(&["Id"]), fields(&["Email"]), fields(&["SSN__c", "Email"])][usize::from(*set)].clone();
            if *proved { case.mark(Sure::Proved, std::slice::from_ref(one), &taken); }
            if *probable { case.mark(Sure::Probable, std::slice::from_ref(one), &taken); }
        }
        let (scope, _) = case.count(&rows);
        let ordered = |it: &Numbers| it.proved <= it.probable && it.probable <= it.upper_bound;
        proptest::prop_assert!(ordered(&scope.persons) && scope.objects.iter().all(|it| ordered(&it.numbers)));
        proptest::prop_assert!(scope.elements.values().all(|it| ordered(&it.numbers) && it.numbers.upper_bound <= scope.persons.upper_bound));
        let sum = |of: fn(&Numbers) -> u64| scope.residents.values().map(|it| of(&it.numbers)).sum::<u64>();
        proptest::prop_assert_eq!(sum(|it| it.proved), scope.persons.proved);
        proptest::prop_assert_eq!(sum(|it| it.probable), scope.persons.probable);
        proptest::prop_assert_eq!(sum(|it| it.upper_bound), scope.persons.upper_bound);
        for it in scope.residents.values() {
            proptest::prop_assert!(ordered(&it.numbers));
        }
        let groups = |groups: &[Group]| groups.iter().flat_map(|it| it.residents.values()).sum::<u64>();
        proptest::prop_assert_eq!(groups(&scope.groups.proved), scope.persons.proved);
        proptest::prop_assert_eq!(groups(&scope.groups.upper_bound), scope.persons.upper_bound);
    }
}
