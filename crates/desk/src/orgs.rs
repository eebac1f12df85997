//! Connected orgs: added, signed in to, listed, looked at.

use std::time::Duration;

use salesforce::sign_in::{self, Pending};
use salesforce::{Connection, EventLogFile, Org, Secret, StopFlag, Tokens};
use serde_json::json;
use vault::Token;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles;
use crate::views::{BlindSpot, Calls, LimitLine, LogLine, OrgCheck, OrgLine, PermissionLine};

const NOT_ADDED: &str = "No org was added.";

/// How long a sign-in waits for the browser.
const SIGN_IN_WAIT: Duration = Duration::from_secs(10 * 60);

/// The permissions worth knowing, and what each is for.
const PERMISSIONS: &[(&str, &str)] = &[
    ("ApiEnabled", "any call at all"),
    ("ViewAllData", "finding every record"),
    ("QueryAllFiles", "finding private files"),
    ("ViewEncryptedData", "reading classic encrypted fields"),
    ("ViewSetup", "limits and set-up objects"),
    ("ModifyAllData", "deleting records of other owners"),
    ("BulkApiHardDelete", "deleting past the bin"),
    ("ViewEventLogFiles", "reading event logs"),
];

/// A sign-in that waits for the browser.
pub struct PendingSignIn {
    name: String,
    client_id: String,
    login_url: String,
    ca_pem: Option<String>,
    pending: Pending,
}

impl PendingSignIn {
    pub fn authorize_url(&self) -> &str {
        &self.pending.authorize_url
    }
}

impl Desk {
    /// Adds an org by an access token that the officer already has, after asking the org who that is.
    ///
    /// # Errors
    /// A [`Problem`]; no org was added.
    pub async fn add_org(
        &self,
        name: &str,
        instance_url: &str,
        access_token: String,
        ca_pem: Option<Vec<u8>>,
    ) -> Result<OrgLine, Problem> {
        self.free_name(name)?;
        if access_token.is_empty() || access_token.chars().any(char::is_whitespace) {
            return Err(Problem::new(
                "token_unusable",
                format!("The access token file does not hold one token. {NOT_ADDED}"),
                "The file holds the token alone, in one line.",
            ));
        }
        let ca_pem = pem(ca_pem)?;
        let connection = Connection {
            instance_url: instance_url.to_owned(),
            login_url: None,
            client_id: None,
            tokens: Tokens { access: Secret::new(access_token), refresh: None },
            extra_ca_pem: ca_pem.as_ref().map(|pem| pem.clone().into_bytes()),
            proxy: self.proxy()?,
        };
        self.keep_org(name, connection, ca_pem).await
    }

    /// Begins a sign-in; the shell opens the page in the system's browser.
    ///
    /// # Errors
    /// A [`Problem`]; nobody was signed in.
    pub async fn begin_sign_in(
        &self,
        name: &str,
        login_url: &str,
        client_id: &str,
        ca_pem: Option<Vec<u8>>,
    ) -> Result<PendingSignIn, Problem> {
        self.free_name(name)?;
        self.not_for_practice(login_url)?;
        let ca_pem = pem(ca_pem)?;
        let extra = ca_pem.as_ref().map(|pem| pem.clone().into_bytes());
        let pending = sign_in::begin(login_url, client_id, extra, self.proxy()?)
            .await
            .map_err(|error| troubles::sign_in(&error))?;
        Ok(PendingSignIn {
            name: name.to_owned(),
            client_id: client_id.to_owned(),
            login_url: login_url.to_owned(),
            ca_pem,
            pending,
        })
    }

    /// Waits for the browser, then adds the org.
    ///
    /// # Errors
    /// A [`Problem`]; nobody was signed in.
    pub async fn finish_sign_in(&self, pending: PendingSignIn) -> Result<OrgLine, Problem> {
        let mut connection = pending
            .pending
            .finish(SIGN_IN_WAIT, StopFlag::new())
            .await
            .map_err(|error| troubles::sign_in(&error))?;
        connection.login_url.get_or_insert(pending.login_url);
        connection.client_id.get_or_insert(pending.client_id);
        self.keep_org(&pending.name, connection, pending.ca_pem).await
    }

    async fn keep_org(
        &self,
        name: &str,
        connection: Connection,
        ca_pem: Option<String>,
    ) -> Result<OrgLine, Problem> {
        self.not_for_practice(&connection.instance_url)?;
        let mut file = vault::Org {
            name: name.to_owned(),
            instance_url: connection.instance_url.trim_end_matches('/').to_owned(),
            login_url: connection.login_url.clone(),
            client_id: connection.client_id.clone(),
            org_id: None,
            user_id: None,
            username: None,
            access_token: Some(Token::new(connection.tokens.access.reveal().to_owned())),
            refresh_token: connection
                .tokens
                .refresh
                .as_ref()
                .map(|token| Token::new(token.reveal().to_owned())),
            ca_pem,
            added_at: self.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        };
        // Nothing is kept of an org that did not say who we are there.
        let org = Org::connect(connection, std::sync::Arc::new(|_| Ok(())), None, StopFlag::new())
            .await
            .map_err(|error| troubles::org(&error, NOT_ADDED))?;
        let identity = org.who_am_i().await.map_err(|error| troubles::org(&error, NOT_ADDED))?;
        file.org_id = Some(identity.org_id.clone());
        file.user_id = Some(identity.user_id.clone());
        file.username = Some(identity.username.clone());
        let detail = json!({ "org": identity.org_id, "user": identity.user_id });
        self.record_apart("org.added", detail, |tx| tx.add_org(&file))?;
        Ok(line(&file))
    }

    /// What is done in a practice vault is meant for nobody; at Salesforce it would be done to somebody.
    fn not_for_practice(&self, address: &str) -> Result<(), Problem> {
        if self.practice() && salesforce::is_at_salesforce(address) {
            return Err(Problem::new(
                "practice_vault",
                format!(
                    "This is a practice vault, and an org at Salesforce may hold real people. {NOT_ADDED}"
                ),
                "Create a vault for real requests and connect the org there.",
            ));
        }
        Ok(())
    }

    fn free_name(&self, name: &str) -> Result<(), Problem> {
        let good = !name.is_empty()
            && name.len() <= 64
            && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.'));
        if !good {
            return Err(Problem::new(
                "org_name",
                format!(
                    "An org's name is made of letters, digits, hyphens, underscores and dots. {NOT_ADDED}"
                ),
                "Choose a name like practice or production-us.",
            ));
        }
        match self.org_file(name) {
            Ok(_) => Err(Problem::new(
                "org_name_taken",
                format!("An org of this name is already connected. {NOT_ADDED}"),
                "Choose another name.",
            )),
            Err(problem) if problem.code == "unknown_org" => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn orgs(&self) -> Result<Vec<OrgLine>, Problem> {
        Ok(self.read(|vault| vault.orgs())?.iter().map(line).collect())
    }

    /// Who we are there, what we may read, blind spots, limits, which logs exist.
    ///
    /// # Errors
    /// A [`Problem`] when the org does not answer; what it merely refuses to show is a blind spot.
    pub async fn check_org(&self, name: &str, progress: &Progress) -> Result<OrgCheck, Problem> {
        let reach = self.reach(name, None, progress, troubles::NOTHING_CHANGED).await?;
        let org = &reach.org;
        let mut blind_spots = Vec::new();
        let mut unseen = |what: &str, error: &salesforce::Error| {
            blind_spots.push(BlindSpot { what: what.to_owned(), because: error.to_string() });
        };
        let about = org.organization().await.map_err(|error| unseen("the org's own record", &error)).ok();
        let granted = org
            .permissions()
            .await
            .map_err(|error| unseen("our own permissions", &error))
            .unwrap_or_default();
        let limits =
            org.limits().await.map_err(|error| unseen("the org's limits", &error)).unwrap_or_default();
        let logs = org
            .event_log_files()
            .await
            .map_err(|error| unseen("event log files", &error))
            .unwrap_or_default();
        blind_spots.extend(unseen_objects(&reach.schema));
        let today = self.now().date_naive();
        let days = casework::incident::days_log_files_are_kept(
            logs.iter().filter_map(|it| Some((it.event_type.as_str(), it.day()?))),
            today,
        );
        let ages_out =
            |log: &EventLogFile| Some(log.day()?.checked_add_days(days)?).filter(|it| *it >= today);
        let mut kinds = std::collections::BTreeMap::<String, LogLine>::new();
        for log in logs {
            let line = kinds.entry(log.event_type.clone()).or_insert_with(|| LogLine {
                log: log.event_type.clone(),
                files: 0,
                from: log.log_date.clone(),
                to: log.log_date.clone(),
                ages_out_on: ages_out(&log),
            });
            line.files += 1;
            if log.log_date < line.from {
                line.ages_out_on = ages_out(&log);
                line.from.clone_from(&log.log_date);
            }
            line.to = line.to.clone().max(log.log_date);
        }
        Ok(OrgCheck {
            org: name.to_owned(),
            name: about.as_ref().and_then(|it| it.name.clone()),
            org_id: reach.identity.org_id.clone(),
            is_sandbox: about.and_then(|it| it.is_sandbox),
            username: reach.identity.username.clone(),
            user_id: reach.identity.user_id.clone(),
            objects: u64::try_from(reach.schema.objects.len()).unwrap_or(u64::MAX),
            permissions: PERMISSIONS
                .iter()
                .map(|(permission, needed_for)| PermissionLine {
                    permission: (*permission).to_owned(),
                    granted: granted.get(*permission).copied(),
                    needed_for,
                })
                .collect(),
            blind_spots,
            limits: limits
                .into_iter()
                .map(|(limit, it)| LimitLine { limit, max: it.max, remaining: it.remaining })
                .collect(),
            logs: kinds.into_values().collect(),
            api_calls: Calls { forecast: None, spent: org.spent() },
        })
    }
}

pub(crate) fn line(file: &vault::Org) -> OrgLine {
    OrgLine {
        org: file.name.clone(),
        instance_url: file.instance_url.clone(),
        username: file.username.clone().unwrap_or_default(),
        user_id: file.user_id.clone().unwrap_or_default(),
        org_id: file.org_id.clone().unwrap_or_default(),
    }
}

fn pem(bytes: Option<Vec<u8>>) -> Result<Option<String>, Problem> {
    bytes
        .map(|bytes| {
            String::from_utf8(bytes)
                .ok()
                .filter(|text| text.contains("-----BEGIN CERTIFICATE-----"))
                .ok_or_else(|| {
                    Problem::new(
                        "ca_unusable",
                        format!(
                            "The certificate authority file holds no certificate in PEM form. {NOT_ADDED}"
                        ),
                        "Give a file that begins with -----BEGIN CERTIFICATE-----.",
                    )
                })
        })
        .transpose()
}

/// Standard objects that can hold a person's data and that this user or this org does not show.
fn unseen_objects(schema: &casework::schema::Schema) -> Vec<BlindSpot> {
    casework::catalogue::Catalogue::standard()
        .objects()
        .filter(|it| it.people != casework::catalogue::People::None && schema.object(&it.name).is_none())
        .map(|it| BlindSpot {
            what: format!("the object {}", it.name),
            because: "describe does not show it: the org does not use it, or this user may not see it"
                .to_owned(),
        })
        .collect()
}
