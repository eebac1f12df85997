//! Numbers that look random and are the same for the same seed, on every machine.

/// A small generator (splitmix64). Not for secrets.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `limit`; 0 when `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.next() % limit }
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the texts; empty when there are none.
    pub fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        let place = self.below(texts.len() as u64);
        nth(texts, place)
    }
}

/// The text at `place`, counted round and round.
pub(super) fn nth(texts: &[&'static str], place: u64) -> &'static str {
    let count = texts.len().max(1) as u64;
    usize::try_from(place % count).ok().and_then(|at| texts.get(at)).copied().unwrap_or_default()
}
