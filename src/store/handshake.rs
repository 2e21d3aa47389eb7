//! How long it may take until a session is there.

use std::net::ToSocketAddrs;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::prelude::*;

use super::conninfo::Conninfo;
use crate::error;

/// In a thread of its own, which is left behind if the server falls silent: libpq's limit ends with
/// the handshake, and Diesel asks some more before it hands the connection on.
pub(super) fn establish(info: &Conninfo) -> Result<PgConnection, String> {
    let url = info.to_connection_string();
    let (answer, answered) = mpsc::channel();
    thread::spawn(move || answer.send(PgConnection::establish(&url)));
    let usual = connect_limit(info, |_| 1);
    let established = answered.recv_timeout(usual + GRACE).or_else(|_| {
        let longest = connect_limit(info, addresses);
        answered.recv_timeout(longest.saturating_sub(usual))
    });
    let established = established.map_err(|_| {
        error::note_silence();
        String::from(error::SILENT)
    })?;
    established.map_err(|error| match error {
        ConnectionError::BadConnection(message) => message,
        other => other.to_string(),
    })
}

/// What the server may take beyond libpq's own limit.
const GRACE: Duration = Duration::from_secs(20);

/// How long libpq tries all hosts at most, each of `addresses` of a name for itself, where its
/// limit is in the connection string.
fn connect_limit(info: &Conninfo, addresses: impl Fn(&str) -> usize) -> Duration {
    /// Where the environment says it, or there is none.
    const LONG: u64 = 300;
    let tries: usize = match (info.get("hostaddr"), info.get("host")) {
        (Some(numbers), _) => numbers.split(',').count(),
        (None, Some(names)) => names.split(',').map(|name| addresses(name).max(1)).sum(),
        (None, None) => 1,
    };
    let seconds = info.get("connect_timeout").and_then(|text| text.trim().parse().ok());
    let seconds = seconds.filter(|seconds| *seconds > 0).unwrap_or(LONG);
    Duration::from_secs(seconds.min(LONG) * tries as u64)
}

/// How many a name has, as far as the system says so in time.
fn addresses(name: &str) -> usize {
    let (name, (answer, answered)) = (name.to_owned(), mpsc::channel());
    thread::spawn(move || {
        answer.send((name.as_str(), 0).to_socket_addrs().map_or(1, Iterator::count))
    });
    answered.recv_timeout(GRACE).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_of_each_host_has_its_time() {
        let limit = |text: &str| {
            let (info, _) = Conninfo::parse(text).expect("it can be read");
            connect_limit(&info, |name| if name == "four" { 4 } else { 0 }).as_secs()
        };
        assert_eq!(limit("host=one connect_timeout=10"), 10);
        assert_eq!(limit("host=one,four,/socket connect_timeout=10"), 60);
        assert_eq!(limit("host=four hostaddr=10.0.0.1,10.0.0.2 connect_timeout=10"), 20);
        assert_eq!(limit("host=four connect_timeout=0"), 1200);
        assert_eq!(addresses("127.0.0.1"), 1);
    }
}
