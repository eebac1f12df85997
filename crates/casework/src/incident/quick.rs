//! Hashing for tables of what logs hold: quick, and seeded anew for each table, so that nobody can write a log that slows it down.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A map whose keys are names, numbers or hashes from logs.
pub(super) type Quick<K, V> = HashMap<K, V, Seeded>;

#[derive(Debug, Clone, Copy)]
pub(super) struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0_u8))
    }
}

impl BuildHasher for Seeded {
    type Hasher = Stirred;

    fn build_hasher(&self) -> Stirred {
        Stirred(self.0)
    }
}

/// Multiplies and rotates, eight bytes at a time.
#[derive(Debug)]
pub(super) struct Stirred(u64);

impl Stirred {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn stir(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}

impl Hasher for Stirred {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.stir(u64::from_le_bytes(*word));
        }
        // The last eight bytes, some of which were stirred in already, are one step; fewer are put together.
        let rest = match bytes.last_chunk::<8>() {
            Some(_) if rest.is_empty() => 0,
            Some(last) => u64::from_le_bytes(*last),
            None => rest.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        };
        self.stir(rest ^ u64::try_from(bytes.len()).unwrap_or(0) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.stir(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.stir(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.stir(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.stir(u64::try_from(number).unwrap_or(0));
    }

    fn finish(&self) -> u64 {
        let mut word = self.0;
        word = (word ^ (word >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        word ^ (word >> 29)
    }
}
