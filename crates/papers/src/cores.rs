//! The same work on many things, on every core.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// So many items at most go through a worker at one time: handing over costs far more than a small item.
const MOST_AT_ONCE: usize = 64;

/// Does `work` on every item, on every core, and hands the results to `take` on this thread, in the order of the items.
/// `room` makes what one worker uses again for every item. The first error of `take` ends it.
pub(crate) fn in_order<T: Sync, S, R: Send, E>(
    items: &[T],
    room: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get()).min(8).min(items.len());
    // Few items, which may be large, are shared one by one.
    let handfuls: Vec<&[T]> =
        items.chunks((items.len() / (workers.max(1) * 8)).clamp(1, MOST_AT_ONCE)).collect();
    // Workers that ran far ahead would leave this thread without a core, and at last alone with its own work.
    let (done, results) = mpsc::sync_channel(workers);
    thread::scope(|scope| {
        for _ in 0..workers {
            let done = done.clone();
            let (next, handfuls, room, work) = (&next, &handfuls, &room, &work);
            scope.spawn(move || {
                let mut room = room();
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(handful) = handfuls.get(place) else { break };
                    let worked: Vec<R> = handful.iter().map(|item| work(&mut room, item)).collect();
                    // Nobody listens any more after an error.
                    if done.send((place, worked)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        // Owned here, so that an error ends the listening, and with it the workers.
        let results = results;
        let mut early = BTreeMap::new();
        for (place, handful) in handfuls.iter().enumerate() {
            let worked = loop {
                if let Some(worked) = early.remove(&place) {
                    break worked;
                }
                match results.recv() {
                    Ok((at, worked)) => early.insert(at, worked),
                    // A worker is gone without its result only when it panicked; the scope passes that on.
                    Err(_) => return Ok(()),
                };
            };
            for (item, result) in handful.iter().zip(worked) {
                take(item, result)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_an_error_ends_the_work() {
        let items: Vec<u32> = (0..500).collect();
        let mut seen = Vec::new();
        let all = in_order(
            &items,
            || (),
            |(), item| item * 2,
            |item, twice| {
                seen.push((*item, twice));
                Ok::<(), ()>(())
            },
        );
        assert_eq!(all, Ok(()));
        assert_eq!(seen, items.iter().map(|it| (*it, it * 2)).collect::<Vec<_>>());
        let mut taken = 0;
        let stopped = in_order(
            &items,
            || (),
            |(), item| *item,
            |_, item| {
                taken += 1;
                if item == 7 { Err("seven") } else { Ok(()) }
            },
        );
        assert_eq!((stopped, taken), (Err("seven"), 8));
        assert_eq!(in_order(&[] as &[u32], || (), |(), _| (), |_, ()| Err(())), Ok(()));
    }
}
