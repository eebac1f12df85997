use super::*;
use proptest::prelude::*;

#[test]
fn conditions_find_the_rows_they_describe() {
    let world = org();
    let cases = [
        ("Contact WHERE Email = 'ANA@example.com'", "12"),
        ("Contact WHERE Email = 'old@example.com'", ""),
        ("Contact WHERE LastName = 'O\\'Brien'", "3"),
        ("Contact WHERE LastName LIKE '100\\%\\_x'", "4"),
        ("Contact WHERE LastName LIKE '%_x'", "4"),
        ("Contact WHERE FirstName LIKE 'ó%'", "3"),
        ("Contact WHERE LeadSource != 'Web'", "34"),
        ("Contact WHERE LeadSource NOT IN ('Web', 'Phone')", "4"),
        ("Contact WHERE NOT LeadSource = 'Web'", "34"),
        ("Contact WHERE LeadSource = null", "4"),
        ("Contact WHERE LeadSource = ''", "4"),
        ("Contact WHERE Email != null AND Phone = null", "3"),
        ("Contact WHERE (Email = 'ana@example.com' AND DoNotCall = true) OR LastName = '100%_x'", "14"),
        ("Contact WHERE DoNotCall = false", "234"),
        ("Contact WHERE DoNotCall != true", "234"),
        ("Contact WHERE Id = '003000000000003'", "3"),
        ("Contact WHERE Id IN ('003000000000003AAA', '003000000000001')", "13"),
        ("Contact WHERE Account.Name = 'alder supply'", "12"),
        ("Contact WHERE Account.Parent.Name = 'Alder Supply'", "3"),
        ("Contact WHERE Account.Name = null", "4"),
        ("Contact WHERE Account.Name != 'Alder Supply'", "34"),
        ("Contact WHERE Owner.Username = 'narrow@alder.example'", "2"),
        ("Case WHERE Owner.Type = 'User' AND Priority = 'Low'", "23"),
        ("Case WHERE Owner.Username = 'narrow@alder.example' OR Owner.Name = 'none'", "2"),
        ("Contact c WHERE c.Account.Name LIKE 'alder%' AND Contact.Phone LIKE '(%'", "1"),
        ("Contact c, c.Account a WHERE a.Name = 'Birch Traders'", "3"),
        ("Contact WHERE Birthdate = 1980-02-03", "1"),
        ("Contact WHERE Birthdate <= 1990-05-06", "13"),
        ("Contact WHERE CreatedDate = TODAY", "2"),
        ("Contact WHERE CreatedDate = YESTERDAY", "1"),
        ("Contact WHERE CreatedDate = LAST_N_DAYS:1", "12"),
        ("Contact WHERE CreatedDate < LAST_N_DAYS:1", "34"),
        ("Contact WHERE CreatedDate >= THIS_YEAR", "123"),
        ("Contact WHERE CreatedDate = 2026-11-20T19:00:00Z", "1"),
        ("Contact WHERE CreatedDate > 2026-11-20T20:00:00+01:00", "2"),
        ("Contact WHERE DAY_ONLY(convertTimezone(CreatedDate)) = 2026-11-20", "1"),
        ("Contact WHERE CALENDAR_YEAR(CreatedDate) = 2026 AND CALENDAR_MONTH(CreatedDate) IN (10)", "3"),
        ("Account WHERE AnnualRevenue > 250", "1"),
        ("Account WHERE AnnualRevenue >= 250.0 AND NumberOfEmployees = null", "2"),
        ("Account WHERE Name < 'B'", "1"),
        ("Account WHERE Name >= 'birch'", "23"),
        ("Task WHERE Who.Type = 'Contact'", "1"),
        ("Task WHERE What.Type IN ('Account', 'Case')", "12"),
        ("Task WHERE Who.Name = 'Lee Park'", "2"),
        ("Task WHERE ActivityDate = NEXT_N_DAYS:2", "2"),
        ("Task WHERE What.Name = 'Alder Supply'", "1"),
        ("Pet__c WHERE Code__c = 'aB'", "2"),
        ("Pet__c WHERE Tags__c INCLUDES ('big;loud', 'none')", "1"),
        ("Pet__c WHERE Tags__c EXCLUDES ('big')", "23"),
        ("Pet__c WHERE Tags__c = 'small;loud'", "2"),
        ("Pet__c WHERE Weight__c = 0.5", "2"),
        ("Pet__c WHERE Legs__c IN (4, null)", "13"),
        ("Pet__c WHERE Keeper__r.Account.Name = 'Birch Traders'", "2"),
        ("Pet__c WHERE Feed_Time__c = 07:30:00.000Z", "1"),
        ("Contact WHERE Id IN (SELECT ContactId FROM Case WHERE Status = 'New')", "1"),
        ("Contact WHERE Id NOT IN (SELECT ContactId FROM Case)", "234"),
        (
            "Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'B%') AND Id NOT IN (SELECT ContactId FROM Case)",
            "3",
        ),
        ("Contact USING SCOPE mine", "134"),
        ("Contact WHERE Email != null WITH SECURITY_ENFORCED FOR VIEW", "123"),
        ("Trail__b WHERE Person__c = 'ana' AND Day__c > 2025-01-01", "1"),
    ];
    for (text, expected) in cases {
        assert_eq!(found(world, &format!("SELECT Id FROM {text}")), expected, "{text}");
    }
}

#[test]
fn order_limit_and_offset_cut_the_rows() {
    let world = org();
    let cases = [
        ("Account ORDER BY Name", "123"),
        ("Account ORDER BY Name DESC", "321"),
        ("Account ORDER BY BillingCity", "312"),
        ("Account ORDER BY BillingCity NULLS LAST", "123"),
        ("Account ORDER BY AnnualRevenue DESC NULLS LAST", "123"),
        ("Account ORDER BY AnnualRevenue DESC", "312"),
        ("Contact ORDER BY Account.Name NULLS LAST, CreatedDate DESC", "2134"),
        ("Contact ORDER BY Id DESC LIMIT 2", "43"),
        ("Contact ORDER BY Id LIMIT 2 OFFSET 1", "23"),
        ("Contact LIMIT 0", ""),
        ("Contact OFFSET 2000", ""),
        ("Contact LIMIT 2", "12"),
    ];
    for (text, expected) in cases {
        assert_eq!(found(world, &format!("SELECT Id FROM {text}")), expected, "{text}");
    }
}

#[test]
fn deleted_and_archived_rows_are_seen_by_query_all_only() {
    let world = org();
    let all = Options { all_rows: true, ..Options::default() };
    for (text, seen, with_all) in [
        ("SELECT COUNT() FROM Contact", 4, 5),
        ("SELECT COUNT() FROM Contact WHERE IsDeleted = true", 0, 1),
        ("SELECT COUNT() FROM Task", 2, 3),
        ("SELECT COUNT() FROM Contact LIMIT 3", 3, 3),
    ] {
        assert_eq!(ask(world, text).total_size(), seen, "{text}");
        assert_eq!(ask_with(world, text, all).expect(text).total_size(), with_all, "queryAll {text}");
    }
    let children = "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '001000000000001'";
    let outcome = ask_with(world, children, all).expect("answers");
    let page = outcome.page(world, officer(world), 0, 1, "");
    assert_eq!(page[0]["Contacts"]["totalSize"], 3, "child rows in the bin are seen too");
}

#[test]
fn the_queries_of_a_permission_review_run() {
    let world = org();
    for text in [
        "SELECT AssigneeId, Assignee.Username, Assignee.Name, Assignee.IsActive, Assignee.UserType, Assignee.LastLoginDate, PermissionSetId, PermissionSet.Name, PermissionSet.Label, PermissionSet.Type, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSetGroupId, PermissionSetGroup.DeveloperName, ExpirationDate FROM PermissionSetAssignment WHERE Assignee.IsActive = true AND (PermissionSet.PermissionsModifyAllData = true OR PermissionSet.PermissionsViewAllData = true OR PermissionSet.PermissionsBulkApiHardDelete = true OR PermissionSet.PermissionsDataExport = true)",
        "SELECT Id, Name, Label, Type, IsOwnedByProfile, ProfileId, Profile.Name, PermissionSetGroupId, LicenseId, PermissionsModifyAllData, PermissionsViewAllData, PermissionsApiEnabled, PermissionsExportReport FROM PermissionSet",
        "SELECT Id, ParentId, Parent.Name, Parent.Label, Parent.Type, Parent.IsOwnedByProfile, Parent.Profile.Name, SobjectType, PermissionsRead, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE SobjectType IN ('Contact','Lead','Account','Case','EmailMessage','Individual') AND (PermissionsViewAllRecords = true OR PermissionsModifyAllRecords = true)",
        "SELECT Id, ParentId, Parent.Name, Parent.Profile.Name, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE SobjectType = 'Contact' AND Field = 'Contact.Birthdate' AND PermissionsRead = true",
        "SELECT Id, ParentId, Parent.Name, Parent.Profile.Name, SetupEntityId, SetupEntityType FROM SetupEntityAccess WHERE SetupEntityType IN ('ConnectedApplication','ExternalClientApplication','ServiceProvider','ApexClass')",
        "SELECT Id, Name, CreatedDate, CreatedById, LastModifiedDate, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod, StartUrl FROM ConnectedApplication",
        "SELECT AppName, AppMenuItemId, UserId, User.Username, User.IsActive, LastUsedDate, UseCount FROM OauthToken",
        "SELECT Id, UsersId, CreatedDate, LastModifiedDate, NumSecondsValid, LoginType, SessionType, SourceIp, UserType FROM AuthSession",
        "SELECT Id, Username, Name, UserType, Profile.Name, Profile.UserLicense.Name, LastLoginDate, CreatedDate FROM User WHERE IsActive = true AND (LastLoginDate = null OR LastLoginDate < LAST_N_DAYS:90)",
        "SELECT Id, Username, Name, IsActive, ProfileId, Profile.Name, LastLoginDate FROM User WHERE UserType = 'Guest'",
        "SELECT AssigneeId, Assignee.Username, Assignee.Profile.Name FROM PermissionSetAssignment WHERE PermissionSet.PermissionsApiUserOnly = true AND Assignee.IsActive = true",
        "SELECT QualifiedApiName, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('Account','Contact','Lead','Case','Opportunity','Individual')",
        "SELECT PermissionSetGroupId, PermissionSetGroup.DeveloperName, PermissionSetId, PermissionSet.Name FROM PermissionSetGroupComponent",
        "SELECT Id, GroupId, Group.DeveloperName, Group.Type, UserOrGroupId FROM GroupMember",
        "SELECT Id, UserId, IsFrozen, IsPasswordLocked FROM UserLogin",
        "SELECT QualifiedApiName, Label, DataType, ComplianceGroup, SecurityClassification, BusinessStatus, BusinessOwnerId, IsFieldHistoryTracked, Description FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact'",
        "SELECT Id, EventType, Interval, Sequence, LogDate, CreatedDate, LogFileLength, LogFileFieldNames FROM EventLogFile WHERE CreatedDate > 2026-11-20T00:00:00Z ORDER BY CreatedDate",
        "SELECT PermissionsApiEnabled, PermissionsViewAllData, PermissionsModifyAllData, PermissionsViewSetup FROM UserPermissionAccess",
        "SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization",
        "SELECT UserId, LoginTime, Application, Browser, SourceIp, Status FROM LoginHistory WHERE LoginTime > LAST_N_DAYS:30 ORDER BY LoginTime DESC",
    ] {
        rows(world, text);
    }
    for (text, fewest) in [
        ("SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName IN ('Contact', 'Case')", 2),
        ("SELECT Label FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' LIMIT 1", 10),
        ("SELECT Label FROM FieldDefinition WHERE EntityDefinitionId = 'Contact'", 10),
        (
            "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.PermissionsModifyAllData = true",
            1,
        ),
        ("SELECT PermissionsModifyAllData FROM UserPermissionAccess", 1),
    ] {
        let count = rows(world, text).len();
        assert!(count >= fewest, "{text} found {count}");
    }
    let access = "SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '0055g00000AAAAA' AND RecordId IN ('003000000000001', '003000000000009')";
    let levels: Vec<Value> = rows(world, access).iter().map(|row| row["MaxAccessLevel"].clone()).collect();
    assert_eq!(levels, ["All", "None"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn statements_made_of_known_words_never_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "SELECT", "Id", "Name", "FROM", "Contact", "Account", "WHERE", "=", "!=", "'x'", "(", ")", ",", "AND",
                "OR", "NOT", "IN", "LIKE", "ORDER BY", "LIMIT", "1", "COUNT(Id)", "COUNT()", "GROUP BY", "FIELDS(ALL)",
                "null", "TODAY", "Account.Name", "Owner.Type", "CreatedDate", "HAVING", "MAX(CreatedDate)", "Contacts",
                "TYPEOF Owner WHEN User THEN Id END", "SELECT Id FROM", "DoNotCall", "AccountId", "<",
            ]),
            0..16,
        )
    ) {
        let world = org();
        let text = format!("SELECT {}", words.join(" "));
        if let Ok(outcome) = run(world, officer(world), &text, Options::default()) {
            outcome.page(world, officer(world), 0, 10, "");
            outcome.column_metadata();
        }
    }
}
