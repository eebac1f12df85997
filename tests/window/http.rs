//! As much HTTP as a WebDriver on this machine needs: one request, one answer, one connection.

use std::io::{Error, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

const LONGEST_ANSWER: Duration = Duration::from_secs(240);

/// Status and body of the answer; a body that is no JSON is `Null`.
pub fn call(port: u16, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(LONGEST_ANSWER))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut answer = Vec::new();
    let mut part = [0_u8; 16 * 1024];
    loop {
        if let Some(whole) = parse(&answer) {
            return Ok(whole);
        }
        match stream.read(&mut part)? {
            0 => return Err(Error::new(ErrorKind::UnexpectedEof, "the answer ended early")),
            n => answer.extend_from_slice(&part[..n]),
        }
    }
}

/// The answer, once all of it is there.
fn parse(answer: &[u8]) -> Option<(u16, Value)> {
    let head_ends = answer.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..head_ends]);
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    let body = answer[head_ends + 4..].get(..length)?;
    Some((status, serde_json::from_slice(body).unwrap_or_default()))
}
