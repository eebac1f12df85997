//! Who a token belongs to: the identity URL and userinfo.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::front::bearer;
use super::super::org::Org;
use crate::world::User;

/// The sign-in host answers a bad token with a word, not with an error array.
fn bad_token() -> Answer {
    Answer::bytes("text/html;charset=UTF-8", b"Bad_OAuth_Token".to_vec()).status(403)
}

fn caller(org: &Org, call: &Call) -> Option<User> {
    let form = call.form();
    let given = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let token = bearer(&call.headers).or_else(|| given("oauth_token")).or_else(|| given("access_token"))?;
    let id = org.sessions().user_of(&token)?;
    org.world().user(&id).cloned()
}

fn cell(org: &Org, user: &User, field: &str) -> Value {
    let world = org.world();
    let table = world.table("User");
    let found = table.and_then(|it| it.named(it.by_id(&user.id)?, field).map(str::to_owned));
    found.map_or(Value::Null, Value::String)
}

fn urls(org: &Org, user: &User) -> Value {
    let base = &org.base;
    json!({
        "enterprise": format!("{base}/services/Soap/c/{{version}}/{}", org.world().facts().id),
        "metadata": format!("{base}/services/Soap/m/{{version}}/{}", org.world().facts().id),
        "partner": format!("{base}/services/Soap/u/{{version}}/{}", org.world().facts().id),
        "rest": format!("{base}/services/data/v{{version}}/"),
        "sobjects": format!("{base}/services/data/v{{version}}/sobjects/"),
        "search": format!("{base}/services/data/v{{version}}/search/"),
        "query": format!("{base}/services/data/v{{version}}/query/"),
        "recent": format!("{base}/services/data/v{{version}}/recent/"),
        "tooling_soap": format!("{base}/services/Soap/T/{{version}}/{}", org.world().facts().id),
        "tooling_rest": format!("{base}/services/data/v{{version}}/tooling/"),
        "profile": format!("{base}/{}", user.id),
        "feeds": format!("{base}/services/data/v{{version}}/chatter/feeds"),
        "custom_domain": base,
    })
}

/// The identity URL, `/id/{org}/{user}`.
pub(crate) fn identity(org: &Org, call: &Call) -> Answer {
    let Some(user) = caller(org, call) else { return bad_token() };
    let org_id = org.world().facts().id.clone();
    let same = |given: &str, ours: &str| given.len() >= 15 && given.get(..15) == ours.get(..15);
    if !same(call.segment(1), &org_id) || !same(call.segment(2), &user.id) {
        return bad_token();
    }
    let zone = org.world().facts().zone.clone();
    Answer::json(json!({
        "id": format!("{}/id/{org_id}/{}", org.base, user.id),
        "asserted_user": true,
        "user_id": user.id,
        "organization_id": org_id,
        "username": user.username,
        "nick_name": cell(org, &user, "CommunityNickname"),
        "display_name": user.name(),
        "email": user.email,
        "email_verified": true,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "timezone": zone,
        "photos": {"picture": format!("{}/profilephoto/005/F", org.base), "thumbnail": format!("{}/profilephoto/005/T", org.base)},
        "addr_street": cell(org, &user, "Street"),
        "addr_city": cell(org, &user, "City"),
        "addr_state": cell(org, &user, "State"),
        "addr_country": cell(org, &user, "Country"),
        "addr_zip": cell(org, &user, "PostalCode"),
        "mobile_phone": cell(org, &user, "MobilePhone"),
        "mobile_phone_verified": false,
        "is_lightning_login_user": false,
        "status": {"created_date": null, "body": null},
        "urls": urls(org, &user),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "last_modified_date": last_modified(org, &user, call),
        "is_app_installed": true,
    }))
}

fn last_modified(org: &Org, user: &User, call: &Call) -> Value {
    match cell(org, user, "LastModifiedDate") {
        Value::String(text) => Value::String(text.replace('Z', "+0000")),
        _ => Value::String(call.at.format("%Y-%m-%dT%H:%M:%S.000+0000").to_string()),
    }
}

/// `/services/oauth2/userinfo`.
pub(super) fn userinfo(org: &Org, call: &Call) -> Answer {
    let Some(user) = caller(org, call) else { return bad_token() };
    let org_id = org.world().facts().id.clone();
    let zone = org.world().facts().zone.clone();
    Answer::json(json!({
        "sub": format!("{}/id/{org_id}/{}", org.base, user.id),
        "user_id": user.id,
        "organization_id": org_id,
        "preferred_username": user.username,
        "nickname": cell(org, &user, "CommunityNickname"),
        "name": user.name(),
        "email": user.email,
        "email_verified": true,
        "given_name": user.first_name,
        "family_name": user.last_name,
        "zoneinfo": zone,
        "photos": {"picture": format!("{}/profilephoto/005/F", org.base), "thumbnail": format!("{}/profilephoto/005/T", org.base)},
        "profile": format!("{}/{}", org.base, user.id),
        "picture": format!("{}/profilephoto/005/F", org.base),
        "address": {},
        "is_salesforce_integration_user": false,
        "urls": urls(org, &user),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "updated_at": last_modified(org, &user, call),
    }))
}
