//! The page where a user lets an app in, and the redirect that follows.
//!
//! A browser (a client that accepts `text/html`) gets a page with the org's users. Scripts need no page:
//! `login_hint=USERNAME` with `prompt=none`, or any request that does not ask for HTML, is approved at
//! once, as the hinted user or the first one.

use axum::http::Method;
use url::Url;

use super::super::answer::{Answer, Content};
use super::super::call::Call;
use super::super::org::Org;
use super::field;
use super::sessions::Code;

struct Asked {
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    challenge: Option<String>,
}

pub(super) fn answer(org: &Org, call: &Call) -> Answer {
    let form = if call.method == Method::POST { call.form() } else { call.query.clone() };
    let Some(client_id) = field(&form, "client_id") else {
        return refused("missing required parameter: client_id");
    };
    let Some(app) = org.apps.find(client_id) else {
        return refused("invalid_client_id: client identifier invalid");
    };
    let Some(redirect_uri) = field(&form, "redirect_uri") else {
        return refused("missing required parameter: redirect_uri");
    };
    if !app.may_return_to(redirect_uri) {
        return refused("redirect_uri_mismatch: redirect_uri must match configuration");
    }
    let asked = Asked {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: field(&form, "state").map(str::to_owned),
        challenge: field(&form, "code_challenge").map(str::to_owned),
    };
    match field(&form, "response_type") {
        Some("code") => {}
        Some("device_code") => {
            return back(
                &asked,
                &[("error", "invalid_client"), ("error_description", "app must be installed into org")],
            );
        }
        Some(_) => {
            return back(
                &asked,
                &[
                    ("error", "unsupported_response_type"),
                    ("error_description", "response type is not supported"),
                ],
            );
        }
        None => {
            return back(
                &asked,
                &[
                    ("error", "invalid_request"),
                    ("error_description", "missing required parameter: response_type"),
                ],
            );
        }
    }
    // A challenge without a method is read as S256, which is what jsforce sends.
    if asked.challenge.is_some() && field(&form, "code_challenge_method").is_some_and(|it| it != "S256") {
        return back(
            &asked,
            &[("error", "invalid_request"), ("error_description", "code_challenge_method must be S256")],
        );
    }
    if call.method == Method::POST {
        if field(&form, "answer") == Some("deny") {
            return back(
                &asked,
                &[("error", "access_denied"), ("error_description", "end-user denied authorization")],
            );
        }
        return approve(org, call, asked, field(&form, "username"));
    }
    let hint = field(&form, "login_hint");
    let silent = field(&form, "prompt") == Some("none") || !call.header_has("accept", "text/html");
    if silent { approve(org, call, asked, hint) } else { page(org, &form, hint) }
}

fn approve(org: &Org, call: &Call, asked: Asked, username: Option<&str>) -> Answer {
    let user = {
        let world = org.world();
        match username {
            Some(name) => world.user(name).cloned(),
            None => world.users().first().cloned(),
        }
    };
    let Some(user) = user else {
        return back(
            &asked,
            &[("error", "login_required"), ("error_description", "no such user in this org")],
        );
    };
    if !user.may("ApiEnabled") {
        return back(
            &asked,
            &[
                ("error", "invalid_app_access"),
                ("error_description", "user is not admin approved to access this app"),
            ],
        );
    }
    let code = org.sessions().promise(Code {
        user_id: user.id,
        client_id: asked.client_id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        issued_at: call.at,
    });
    back(&asked, &[("code", &code)])
}

/// Sends the browser back to the app.
fn back(asked: &Asked, parameters: &[(&str, &str)]) -> Answer {
    let Ok(mut url) = Url::parse(&asked.redirect_uri) else {
        return refused("redirect_uri_mismatch: redirect_uri must match configuration");
    };
    {
        let mut pairs = url.query_pairs_mut();
        for (name, value) in parameters {
            pairs.append_pair(name, value);
        }
        if let Some(state) = &asked.state {
            pairs.append_pair("state", state);
        }
    }
    Answer::with(302, Content::Nothing)
        .header("location", url.to_string())
        .header("cache-control", "no-store")
}

/// Before it is known that the address belongs to the app, nobody is sent anywhere.
fn refused(why: &str) -> Answer {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign-in refused</title></head>\
         <body><h1>Sign-in refused</h1><p>{}</p></body></html>",
        escaped(why)
    );
    Answer::bytes("text/html;charset=UTF-8", page.into_bytes()).status(400)
}

fn page(org: &Org, form: &[(String, String)], hint: Option<&str>) -> Answer {
    let mut users = String::new();
    {
        let world = org.world();
        for (n, user) in world.users().iter().enumerate() {
            let chosen = hint.map_or(n == 0, |it| it.eq_ignore_ascii_case(&user.username));
            users.push_str(&format!(
                "<p><label><input type=\"radio\" name=\"username\" value=\"{name}\"{checked}> {name} ({profile})</label></p>",
                name = escaped(&user.username),
                profile = escaped(&user.profile),
                checked = if chosen { " checked" } else { "" },
            ));
        }
    }
    let hidden: String = form
        .iter()
        .filter(|(key, _)| key != "username" && key != "answer")
        .map(|(key, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(key), escaped(value))
        })
        .collect();
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice org: sign in</title></head>\
         <body><h1>Practice org</h1><p>An app asks for access. Choose who you are. No password is needed here.</p>\
         <form method=\"post\" action=\"/services/oauth2/authorize\">{hidden}{users}\
         <p><button id=\"oaapprove\" name=\"answer\" value=\"allow\">Allow</button> \
         <button id=\"oadeny\" name=\"answer\" value=\"deny\">Deny</button></p></form></body></html>"
    );
    Answer::bytes("text/html;charset=UTF-8", page.into_bytes())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
