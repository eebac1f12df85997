//! What a log is a log of, told by its header alone.

use super::header::Header;

/// How one type of record is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// EventLogFile: EVENT_TYPE stands in each record.
    EventLogFile,
    /// Rows of an object: this is its API name.
    Object(&'static str),
}

/// The list of Bulk jobs, one file for each day.
pub const BULK_JOBS: &str = "BulkJobs";
/// A file or record of no type that we know.
pub const UNKNOWN: &str = "unknown";

/// Records that say who somebody is. They need no time.
pub fn is_directory(kind: &str) -> bool {
    matches!(kind, "User" | "ConnectedApplication" | "ExternalClientApplication" | "OauthToken")
}

/// Types that come as files of a day or an hour, so that a missing file shows.
pub fn comes_in_files(kind: &str) -> bool {
    kind == BULK_JOBS || (kind != UNKNOWN && (kind.ends_with("EventLog") || Form::named(kind).is_none()))
}

/// Objects by the columns that tell them apart, the surest first: all of the first list, one of the second.
const OBJECTS: &[(&str, &[&str], &[&str])] = &[
    ("LoginHistory", &["LoginTime", "UserId"], &["LoginType", "Application", "SourceIp"]),
    ("SetupAuditTrail", &["Action", "CreatedDate"], &["Section", "Display"]),
    ("OauthToken", &["AppName"], &["UseCount", "LastUsedDate", "DeleteToken", "AppMenuItemId"]),
    ("AuthSession", &["UsersId"], &["NumSecondsValid", "SessionSecurityLevel", "SessionType"]),
    (BULK_JOBS, &["id", "operation", "object", "state"], &["createdDate", "jobType", "systemModstamp"]),
    (
        "GuestUserAnomalyEventStore",
        &["Score"],
        &["SoqlCommands", "TotalControllerEvents", "RequestedEntities"],
    ),
    ("SessionHijackingEventStore", &["Score"], &["CurrentIp", "PreviousIp"]),
    ("ReportAnomalyEventStore", &["Score"], &["Report", "ReportId"]),
    ("ApiAnomalyEventStore", &["Score"], &["Operation", "QueriedEntities", "Uri"]),
    ("CredentialStuffingEventStore", &["Score"], &["AcceptLanguage", "LoginUrl"]),
    ("LoginAnomalyEventStore", &["Score"], &["SecurityEventData", "Summary"]),
    ("ReportEvent", &["ReportId", "EventDate"], &["EventIdentifier", "ExportFileFormat"]),
    ("ListViewEvent", &["ListViewId", "EventDate"], &["EventIdentifier", "FilterCriteria"]),
    ("FileEventStore", &["FileAction", "EventDate"], &["EventIdentifier", "DocumentId"]),
    ("PermissionSetEventStore", &["EventDate", "PermissionList"], &["EventIdentifier", "Operation"]),
    ("ApiEvent", &["EventDate", "Operation", "QueriedEntities"], &["EventIdentifier", "Query", "Records"]),
    ("ApiEvent", &["EventDate", "Query"], &["RowsProcessed", "RowsReturned", "Records"]),
    ("BulkApiResultEventStore", &["EventDate", "Query"], &["EventIdentifier", "SessionKey"]),
    ("LoginAsEvent", &["EventDate", "DelegatedUsername"], &["EventIdentifier", "SessionKey", "LoginKey"]),
    ("LoginEvent", &["EventDate", "LoginType"], &["EventIdentifier", "Status", "Browser"]),
    ("LightningUriEvent", &["EventDate", "RecordId"], &["PageUrl", "PageStartTime", "AppName"]),
    ("UriEvent", &["EventDate", "RecordId"], &["EventIdentifier", "Operation"]),
    ("LogoutEvent", &["EventDate", "SessionKey"], &["EventIdentifier", "LoginKey"]),
    ("ApiTotalUsageEventLog", &["Timestamp", "ApiFamily"], &["ApiResource", "HttpMethod", "ApiVersion"]),
    ("BulkApiEventLog", &["Timestamp"], &["BatchIdentifier", "BatchId"]),
    ("BulkApi2EventLog", &["Timestamp"], &["JobIdentifier", "JobStatus", "JobId"]),
    ("LoginAsEventLog", &["Timestamp"], &["DelegatedUserIdentifier", "DelegatedUserName", "DelegatedUserId"]),
    ("LoginEventLog", &["Timestamp"], &["LoginStatus", "BrowserType", "LoginType"]),
    ("ReportEventLog", &["Timestamp"], &["ReportIdentifier", "RenderingType", "ReportId"]),
    (
        "ContentTransferEventLog",
        &["Timestamp"],
        &["TransactionType", "DocumentIdentifier", "VersionIdentifier"],
    ),
    ("SearchEventLog", &["Timestamp"], &["SearchQuery", "PrefixesSearched"]),
    ("PermissionUpdateEventLog", &["Timestamp"], &["PermissionType", "FeatureIdentifier"]),
    ("GroupMembershipEventLog", &["Timestamp"], &["GroupType", "MemberIdentifier", "GroupIdentifier"]),
    ("SiteEventLog", &["Timestamp"], &["IsGuest", "HttpHeaders", "SiteIdentifier"]),
    ("RestApiEventLog", &["Timestamp"], &["ObjectName", "NumberFields", "MediaType", "EntityName"]),
    ("UriEventLog", &["Timestamp", "UserIdentifier"], &["Uri", "ReferrerUri"]),
    ("User", &["Id", "Username"], &["IsActive", "ProfileId", "Profile.Name", "Email"]),
    (
        "ConnectedApplication",
        &["Id", "Name"],
        &[
            "OptionsAllowAdminApprovedUsersOnly",
            "RefreshTokenValidityPeriod",
            "OptionsRefreshTokenValidityMetric",
            "StartUrl",
            "MobileStartUrl",
            "MobileSessionTimeout",
            "OptionsHasSessionLevelPolicy",
            "OptionsIsInternal",
            "PinLength",
            "UvidTimeout",
            "CreatedById",
            "LastModifiedDate",
        ],
    ),
    ("ExternalClientApplication", &["Id", "DeveloperName"], &["DistributionState", "MasterLabel"]),
];

impl Form {
    /// `None` for a header of no log that we know.
    pub fn of(header: &Header) -> Option<Self> {
        if header.has("EVENT_TYPE") && (header.has("TIMESTAMP") || header.has("TIMESTAMP_DERIVED")) {
            return Some(Self::EventLogFile);
        }
        OBJECTS
            .iter()
            .find(|(_, all, one)| {
                all.iter().all(|name| header.has(name)) && one.iter().any(|name| header.has(name))
            })
            .map(|(name, _, _)| Self::Object(name))
    }

    /// The object of this name, where a JSON line says its own type.
    pub fn named(name: &str) -> Option<Self> {
        OBJECTS.iter().find(|(known, _, _)| *known == name).map(|(known, _, _)| Self::Object(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(names: &str) -> Option<Form> {
        Form::of(&Header::new(names.split(',').map(str::to_owned)))
    }

    #[test]
    fn a_header_tells_the_type_whatever_the_order_of_its_columns() {
        assert_eq!(form("TIMESTAMP,EVENT_TYPE,NEW_COLUMN"), Some(Form::EventLogFile));
        for (names, kind) in [
            ("Id,UserId,LoginTime,LoginType,SourceIp,Status", "LoginHistory"),
            ("Id,Action,Section,CreatedDate,CreatedById,Display,DelegateUser", "SetupAuditTrail"),
            ("AppName,UserId,LastUsedDate,UseCount", "OauthToken"),
            ("Id,UsersId,CreatedDate,SessionType,SourceIp", "AuthSession"),
            ("Id,Name,CreatedDate,LastModifiedDate", "ConnectedApplication"),
            (
                "EventIdentifier,EventDate,UserId,Username,Operation,Query,QueriedEntities,RowsProcessed,Records",
                "ApiEvent",
            ),
            ("EventIdentifier,EventDate,UserId,Username,SourceIp,Query", "BulkApiResultEventStore"),
            ("EventIdentifier,EventDate,ReportId,RowsProcessed,Records", "ReportEvent"),
            ("EventIdentifier,EventDate,Score,SoqlCommands,RequestedEntities", "GuestUserAnomalyEventStore"),
            ("id,operation,object,createdById,createdDate,systemModstamp,state,jobType", BULK_JOBS),
            ("Timestamp,UserIdentifier,ObjectName,RowsProcessed,Method", "RestApiEventLog"),
            ("Timestamp,UserIdentifier,ApiFamily,ApiResource", "ApiTotalUsageEventLog"),
        ] {
            assert_eq!(form(names), Some(Form::Object(kind)), "{names}");
        }
        assert_eq!(form("a,b,c"), None);
        assert_eq!(form("Login,20261020120000.000,x"), None);
    }
}
