//! A network that can vanish: it carries bytes between the program and a practice org until it is told to break.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::{PracticeOrg, panic_with};

/// What is lost when the network vanishes in the middle of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The org never hears of the call.
    Call,
    /// The org does what was asked, and its answer does not arrive.
    Answer,
}

/// A network to one practice org, on a loopback address of its own.
pub struct Network {
    wire: Arc<Wire>,
    listening: Mutex<Option<JoinHandle<()>>>,
}

struct Wire {
    port: u16,
    org: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    gone: bool,
    /// The words of the call that it does not survive, how many such calls pass before, and what is lost.
    breaks: Option<(String, usize, Lost)>,
    /// The answer that comes next is lost, and the network with it.
    swallows: bool,
    open: Vec<TcpStream>,
}

impl Network {
    /// A whole network to this org.
    pub fn to(org: &PracticeOrg) -> Self {
        let listener = bound(0);
        let port = listener.local_addr().map_or(0, |it| it.port());
        let org = org.instance_url().trim_start_matches("http://").to_owned();
        let wire = Arc::new(Wire { port, org, state: Mutex::default() });
        let listening = Mutex::new(Some(listen(&wire, listener)));
        Self { wire, listening }
    }

    /// The org's address behind this network.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.wire.port)
    }

    /// Vanishes at a call whose head begins with these words (`POST /services/…`), after so many of them went well.
    pub fn breaks_at(&self, call: &str, after: usize, lost: Lost) {
        self.wire.state().breaks = Some((call.to_owned(), after, lost));
    }

    /// The same network again, at the same address.
    pub fn comes_back(&self) {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = listening.take() {
            drop(before.join());
        }
        *self.wire.state() = State::default();
        *listening = Some(listen(&self.wire, bound(self.wire.port)));
    }

    /// Whether it broke where it was told to.
    pub fn is_gone(&self) -> bool {
        self.wire.state().gone
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.wire.vanish();
    }
}

impl Wire {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every connection ends, and new ones are refused.
    fn vanish(&self) {
        let mut state = self.state();
        state.gone = true;
        for stream in state.open.drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
        drop(state);
        // Wakes the listener, which then closes.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
    }

    /// Whether the bytes may go on to the org.
    fn lets_call_pass(&self, bytes: &[u8]) -> bool {
        let mut state = self.state();
        let head = String::from_utf8_lossy(bytes);
        let Some((call, after, lost)) = state.breaks.as_mut() else { return !state.gone };
        if !head.starts_with(call.as_str()) {
            return true;
        }
        if *after > 0 {
            *after -= 1;
            return true;
        }
        let lost = *lost;
        state.breaks = None;
        state.swallows = lost == Lost::Answer;
        lost == Lost::Answer
    }

    fn lets_answer_pass(&self) -> bool {
        let state = self.state();
        !state.gone && !state.swallows
    }

    fn carry(&self, client: TcpStream) -> Option<()> {
        let org = TcpStream::connect(&self.org).ok()?;
        {
            let mut state = self.state();
            if state.gone {
                return None;
            }
            state.open.extend([client.try_clone().ok()?, org.try_clone().ok()?]);
        }
        let (to_client, from_org) = (client.try_clone().ok()?, org.try_clone().ok()?);
        std::thread::scope(|scope| {
            scope.spawn(|| self.pump(client, org, |bytes| self.lets_call_pass(bytes)));
            scope.spawn(|| self.pump(from_org, to_client, |_| self.lets_answer_pass()));
        });
        Some(())
    }

    /// Carries until one end closes; bytes that may not pass take the whole network with them.
    fn pump(&self, mut from: TcpStream, mut to: TcpStream, passes: impl Fn(&[u8]) -> bool) {
        let mut piece = vec![0_u8; 64 * 1024];
        while let Ok(count) = from.read(&mut piece) {
            let bytes = piece.get(..count).unwrap_or_default();
            if count > 0 && !passes(bytes) {
                self.vanish();
                return;
            }
            if count == 0 || to.write_all(bytes).is_err() {
                break;
            }
        }
        drop(to.shutdown(Shutdown::Write));
    }
}

fn bound(port: u16) -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .unwrap_or_else(|error| panic_with(&format!("no network on port {port}: {error}")))
}

fn listen(wire: &Arc<Wire>, listener: TcpListener) -> JoinHandle<()> {
    let wire = Arc::clone(wire);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            if wire.state().gone {
                return;
            }
            let wire = Arc::clone(&wire);
            std::thread::spawn(move || wire.carry(client));
        }
    })
}
