//! A small file of a host that is no org: no token goes there, no redirect is followed.

use url::Url;

use crate::address::is_loopback;
use crate::errors::Error;
use crate::http::{client, send};

/// Reads the address of a file: https, or http on this computer.
///
/// # Errors
/// [`Error::Address`] says why it cannot be one.
pub fn file_address(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text.trim()).map_err(|_| Error::Address { why: "it is not a URL" })?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(Error::Address { why: "only https is accepted (http only for loopback)" });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Address { why: "it holds a user name or a password" });
    }
    Ok(url)
}

/// The file's bytes, at most `limit` of them.
///
/// # Errors
/// [`Error::Address`], [`Error::Garbled`] for every status but 200, or what a call meets on its way.
pub async fn fetch_file(address: &str, proxy: Option<&str>, limit: u64) -> Result<Vec<u8>, Error> {
    let url = file_address(address)?;
    let request = client(&url, None, proxy)?.get(url);
    let reply = send(request, limit).await.map_err(|it| it.error)?;
    match reply.status {
        200 => Ok(reply.body),
        _ => Err(Error::Garbled { what: "the file" }),
    }
}
