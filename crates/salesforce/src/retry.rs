//! How long to wait before the next try: exponential, with jitter, cut short by a stop.

use std::time::Duration;

use crate::connection::StopFlag;
use crate::errors::Error;

/// Tries after the first one when the org says that it is busy or a row is locked.
pub(crate) const BUSY_TRIES: u32 = 5;
/// Tries after the first one when the network or the edge fails.
pub(crate) const NETWORK_TRIES: u32 = 3;
/// A `Retry-After` beyond this is not waited for.
const LONGEST: Duration = Duration::from_secs(60);

/// Waits before try number `tries` (1, 2, …): half a second doubled each time, with half of it left to chance.
pub(crate) async fn pause(tries: u32, asked_for: Option<Duration>, stop: &StopFlag) -> Result<(), Error> {
    let step = Duration::from_millis(500).saturating_mul(1 << tries.saturating_sub(1).min(4));
    let wait = asked_for.unwrap_or_else(|| with_jitter(step)).min(LONGEST);
    rest(wait, stop).await
}

/// Waits exactly that long, or until stopped.
pub(crate) async fn rest(wait: Duration, stop: &StopFlag) -> Result<(), Error> {
    tokio::select! {
        () = tokio::time::sleep(wait) => Ok(()),
        () = stop.stopped() => Err(Error::Stopped),
    }
}

fn with_jitter(step: Duration) -> Duration {
    // Without randomness the whole step is waited: slower, never wrong.
    let chance = getrandom::u32().unwrap_or(u32::MAX);
    let half = step / 2;
    half + half.mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_stays_between_half_and_the_whole_step() {
        for _ in 0..100 {
            let wait = with_jitter(Duration::from_secs(2));
            assert!(wait >= Duration::from_secs(1) && wait <= Duration::from_secs(2));
        }
    }

    #[tokio::test]
    async fn a_stop_ends_the_waiting() {
        let stop = StopFlag::new();
        stop.stop();
        assert_eq!(pause(5, Some(Duration::from_secs(60)), &stop).await, Err(Error::Stopped));
    }
}
