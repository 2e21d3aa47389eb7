//! A line that falls silent: whoever is at its ends goes on being acknowledged, and nothing more
//! is handed on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::database::Database;

/// Which connections fall silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silent {
    /// Each one, after so many bytes of the server.
    Each(usize),
    /// All of them for good, once one of them has had so many bytes.
    AllAfter(usize),
    /// The one that has had so many bytes first.
    OneAfter(usize),
    /// The one that has sent so many bytes first.
    OneAfterSending(usize),
    /// None: each is cut off after so many bytes of the server.
    CutAfter(usize),
}

/// The URL of a database at the other end of such a line, which is there until the tests end.
pub(crate) fn url(database: &Database, silent: Silent) -> String {
    url_of(&database.url(), &database.name, silent)
}

/// As [`url`], of the server that this other URL leads to.
pub(crate) fn url_of(url: &str, name: &str, silent: Silent) -> String {
    let parameter = |name: &str| {
        let found =
            url.split(['?', '&']).find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.map(|value| value.replace("%2F", "/"))
    };
    let port = parameter("port").unwrap_or_else(|| String::from("5432"));
    let socket = format!("{}/.s.PGSQL.{port}", parameter("host").expect("a socket"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let is_silent = Arc::new(AtomicBool::new(false));
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = UnixStream::connect(&socket) else { continue };
            carry(client, server, silent, Arc::clone(&is_silent));
        }
    });
    format!("postgres://inbox@127.0.0.1:{port}/{name}?sslmode=disable")
}

fn carry(client: TcpStream, server: UnixStream, silent: Silent, all: Arc<AtomicBool>) {
    let this = Arc::new(AtomicBool::new(false));
    let (mut from_client, mut to_server) =
        (client.try_clone().unwrap(), server.try_clone().unwrap());
    let is_silent = {
        let (all, this) = (Arc::clone(&all), Arc::clone(&this));
        move || {
            let is_all = matches!(silent, Silent::AllAfter(_)) && all.load(Ordering::Relaxed);
            is_all || this.load(Ordering::Relaxed)
        }
    };
    let (is_silent_too, first, mine) = (is_silent.clone(), Arc::clone(&all), Arc::clone(&this));
    thread::spawn(move || {
        let mut count = 0;
        pump(&mut from_client, |bytes| {
            count += bytes.len();
            let is_limit = matches!(silent, Silent::OneAfterSending(limit) if count > limit);
            mine.fetch_or(is_limit && !first.swap(true, Ordering::Relaxed), Ordering::Relaxed);
            is_silent_too() || to_server.write_all(bytes).is_ok()
        });
        let _ = to_server.shutdown(Shutdown::Both);
    });
    let (mut from_server, mut to_client) = (server, client);
    thread::spawn(move || {
        let mut count = 0;
        pump(&mut from_server, |bytes| {
            count += bytes.len();
            if matches!(silent, Silent::CutAfter(limit) if count > limit) {
                return false;
            }
            let falls = match silent {
                Silent::Each(limit) => count > limit,
                Silent::AllAfter(limit) => {
                    count > limit && {
                        all.store(true, Ordering::Relaxed);
                        true
                    }
                }
                Silent::CutAfter(_) | Silent::OneAfterSending(_) => false,
                Silent::OneAfter(limit) => count > limit && !all.swap(true, Ordering::Relaxed),
            };
            this.fetch_or(falls, Ordering::Relaxed);
            is_silent() || to_client.write_all(bytes).is_ok()
        });
        if !is_silent() {
            let _ = to_client.shutdown(Shutdown::Both);
        }
    });
}

fn pump(from: &mut impl Read, mut to: impl FnMut(&[u8]) -> bool) {
    let mut buffer = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if !to(&buffer[..length]) {
            return;
        }
    }
}
