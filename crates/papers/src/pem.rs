//! Ed25519 public keys as PEM, the form that openssl reads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What stands before the 32 bytes of the key: "this is an Ed25519 public key" (RFC 8410).
const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// The one form in which a key is written.
pub(crate) fn write(key: &[u8; 32]) -> String {
    let bytes: Vec<u8> = PREFIX.iter().chain(key).copied().collect();
    format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode(bytes))
}

/// The key of a PEM text; line ends and surrounding blanks do not matter.
pub(crate) fn read(text: &[u8]) -> Option<[u8; 32]> {
    let text = std::str::from_utf8(text).ok()?;
    let body = text.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    STANDARD.decode(body.trim()).ok()?.strip_prefix(&PREFIX)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_as_openssl_writes_it_and_reads_back() {
        let text = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA2C/48s/tt+CItVhE9X5WChtzhb5/ZBSj9dIZX+E289I=\n-----END PUBLIC KEY-----\n";
        let key = read(text.as_bytes()).unwrap();
        assert_eq!(write(&key), text);
        assert_eq!(read(text.replace('\n', "\r\n").as_bytes()), Some(key));
        assert_eq!(read(b"-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----"), None);
        assert_eq!(read(b""), None);
    }
}
