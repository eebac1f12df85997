//! From a passphrase to the file's key.
//!
//! SQLCipher keeps 16 random bytes in clear at the start of the file. They are the salt of Argon2id (version 1.3, 64 MiB,
//! 3 passes, 1 lane, 32 bytes out); its output is given to SQLCipher as a raw key, so SQLCipher derives nothing itself.
//! These figures are fixed for format 1; another format would be told by another `application_id`.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::Error;

pub(crate) const SALT_BYTES: usize = 16;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// A passphrase in memory; wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Passphrase(Vec<u8>);

impl Passphrase {
    /// Takes what a person typed or a file holds. One line end at the end (LF or CR LF) is not part of it.
    ///
    /// # Errors
    /// [`Error::BadPassphrase`] when nothing is left, or more than 1,024 bytes are.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        let bytes = bytes.strip_suffix(b"\n").map_or(bytes, |line| line.strip_suffix(b"\r").unwrap_or(line));
        match bytes.len() {
            0 => Err(Error::BadPassphrase("it is empty")),
            1..=1024 => Ok(Self(bytes.to_vec())),
            _ => Err(Error::BadPassphrase("it is longer than 1,024 bytes")),
        }
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Passphrase(…)")
    }
}

/// The raw key and salt in SQLCipher's own notation, `x'…'`.
#[derive(Clone)]
pub(crate) struct FileKey(Zeroizing<String>);

impl FileKey {
    pub(crate) fn derive(passphrase: &Passphrase, salt: [u8; SALT_BYTES]) -> Result<Self, Error> {
        let unusable = |_| Error::BadPassphrase("no key can be made of it");
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(unusable)?;
        let mut key = Zeroizing::new([0_u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&passphrase.0, &salt, key.as_mut_slice())
            .map_err(unusable)?;
        let hex = Zeroizing::new(casework::ledger::hex(key.as_slice()));
        Ok(Self(Zeroizing::new(format!("x'{}{}'", hex.as_str(), casework::ledger::hex(&salt)))))
    }

    /// Takes a key as the system's key store gives it back: 96 hexadecimal digits in SQLCipher's notation.
    pub(crate) fn from_notation(text: String) -> Option<Self> {
        let digits = text.strip_prefix("x'").and_then(|rest| rest.strip_suffix('\''))?;
        (digits.len() == 96 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .then(|| Self(Zeroizing::new(text)))
    }

    pub(crate) fn notation(&self) -> &str {
        &self.0
    }
}

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Io(std::io::Error::other(error.to_string())))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_not_part_of_a_passphrase() {
        for text in ["horse", "horse\n", "horse\r\n"] {
            assert_eq!(Passphrase::new(text.as_bytes()).unwrap().0, b"horse");
        }
        assert_eq!(Passphrase::new(b"horse\n\n").unwrap().0, b"horse\n", "only one is taken off");
        assert_eq!(Passphrase::new(b" horse ").unwrap().0, b" horse ");
        assert!(Passphrase::new(b"\n").is_err());
        assert!(Passphrase::new(b"").is_err());
        assert_eq!(format!("{:?}", Passphrase::new(b"horse").unwrap()), "Passphrase(…)");
    }
}
