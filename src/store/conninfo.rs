//! Connection strings, read by libpq's own parser.
//!
//! A URL must mean here what it means to psql, so libpq parses it; what is
//! checked besides is what libpq would put into an error text together with a
//! piece of a password.

use std::ffi::{CStr, CString, c_char};
use std::fmt::Write as _;
use std::ptr;

use crate::domain::connection_url::{self, ConnectionUrl, Unreadable};
use crate::error::Failure;

/// Keywords and values as libpq understood them. Holds the password: no Debug.
#[derive(Clone, Default)]
pub(super) struct Conninfo(Vec<(String, String)>);

/// Parameters that the libpq of an older program refuses, and the version that brought them.
const SINCE: [(&str, u32); 14] = [
    ("gssdelegation", 16),
    ("load_balance_hosts", 16),
    ("require_auth", 16),
    ("sslcertmode", 16),
    ("sslnegotiation", 17),
    ("max_protocol_version", 18),
    ("min_protocol_version", 18),
    ("oauth_client_id", 18),
    ("oauth_issuer", 18),
    ("oauth_scope", 18),
    ("scram_client_key", 18),
    ("scram_server_key", 18),
    ("servicefile", 18),
    ("sslkeylogfile", 18),
];

/// No secrets, whatever libpq learns: what isn't listed stays out of lists of processes.
const PUBLIC: [&str; 44] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "load_balance_hosts",
    "max_protocol_version",
    "min_protocol_version",
    "oauth_client_id",
    "oauth_issuer",
    "oauth_scope",
    "options",
    "passfile",
    "port",
    "require_auth",
    "requirepeer",
    "service",
    "servicefile",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "sslsni",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslkeylogfile",
];

impl Conninfo {
    /// # Errors
    /// Usage: what libpq or we can't read. Never quotes the URL.
    pub(super) fn parse(text: &str) -> Result<(Conninfo, ConnectionUrl), Failure> {
        let known = keywords();
        let url = connection_url::read(text, |key| known.iter().any(|word| word == key))
            .map_err(another_protocol)?;
        let info = Conninfo(parse_by_libpq(&url.text).map_err(|message| unreadable(&message))?);
        info.check_host()?;
        info.check_port()?;
        Ok((info, url))
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == keyword).map(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, keyword: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key == keyword) {
            Some(pair) => pair.1 = value,
            None => self.0.push((keyword.to_owned(), value)),
        }
    }

    pub(super) fn set_default(&mut self, keyword: &str, value: impl Into<String>) {
        if self.get(keyword).is_none() {
            self.set(keyword, value);
        }
    }

    /// What may be seen in a list of processes, as far as a program of this version knows it. It
    /// writes in the encoding of the database, not in ours.
    pub(super) fn for_clients(&self, major: u32) -> Conninfo {
        let is_known =
            |key: &str| SINCE.iter().all(|(name, since)| *name != key || major >= *since);
        let kept = |key: &str| PUBLIC.contains(&key) && is_known(key);
        Conninfo(self.0.iter().filter(|(key, _)| kept(key)).cloned().collect())
    }

    /// The string that libpq connects with.
    pub(super) fn to_connection_string(&self) -> String {
        let mut text = String::new();
        for (keyword, value) in &self.0 {
            let escaped = value.replace('\\', "\\\\").replace('\'', "\\'");
            // Writing to a string can't fail.
            let _ = write!(text, "{keyword}='{escaped}' ");
        }
        text
    }

    /// Whether a server is there that takes no connections yet, or no more.
    pub(super) fn is_answered_with_not_yet(&self) -> bool {
        let Ok(text) = CString::new(self.to_connection_string()) else { return false };
        // SAFETY: a NUL-terminated string that lives as long as the call.
        unsafe { pq_sys::PQping(text.as_ptr()) == pq_sys::PGPing::PQPING_REJECT }
    }

    /// `message` without the password, should a server or libpq quote it.
    pub(super) fn redact(&self, message: &str) -> String {
        match self.get("password") {
            Some(password) if password.len() > 2 => message.replace(password, "***"),
            _ => message.to_owned(),
        }
    }

    /// An unescaped `@` in the password ends the user part early, and the rest
    /// of the password becomes a host name that error texts quote.
    fn check_host(&self) -> Result<(), Failure> {
        match self.get("host") {
            Some(host) if host.contains('@') && !host.starts_with(['/', '@']) => {
                Err(special_character("the host has an @ in it"))
            }
            _ => Ok(()),
        }
    }

    fn check_port(&self) -> Result<(), Failure> {
        let ports = self.get("port").unwrap_or_default();
        if ports.split(',').all(|port| port.is_empty() || port.parse::<u16>().is_ok()) {
            Ok(())
        } else {
            Err(special_character("the port is not a number from 1 to 65535"))
        }
    }
}

fn special_character(why: &str) -> Failure {
    Failure::usage("the database URL can't be read")
        .why(why)
        .hint("percent-encode special characters in the password: @ is %40, / is %2F, : is %3A")
}

fn another_protocol(unreadable: Unreadable) -> Failure {
    match unreadable {
        Unreadable::PrismaProxy => Failure::usage("the database URL leads to Prisma's own proxy")
            .why("prisma:// is no connection to PostgreSQL")
            .hint("put the URL of the server itself into DIRECT_URL or --database-url"),
        Unreadable::Scheme(scheme) => Failure::usage("the database URL can't be read")
            .why(format!("{scheme}:// is not a PostgreSQL scheme"))
            .hint("it looks like postgres://user:password@host:5432/database"),
    }
}

/// libpq's message up to where it starts to quote.
fn unreadable(message: &str) -> Failure {
    let why = match message.split(['"', ':']).next().unwrap_or_default().trim() {
        "missing" => "it is neither a URL nor a list of keyword=value",
        why => why,
    };
    Failure::usage("the database URL can't be read")
        .why(why)
        .hint("it looks like postgres://user:password@host:5432/database")
}

/// What libpq takes in a connection string.
fn keywords() -> Vec<String> {
    let mut keywords = Vec::new();
    // SAFETY: an array that ends with a null keyword, or null without memory; read before it is
    // freed, once, by libpq's own function.
    unsafe {
        let options = pq_sys::PQconndefaults();
        let mut option = options;
        while !option.is_null()
            && let Some(keyword) = owned((*option).keyword)
        {
            keywords.push(keyword);
            option = option.add(1);
        }
        pq_sys::PQconninfoFree(options);
    }
    keywords
}

fn parse_by_libpq(text: &str) -> Result<Vec<(String, String)>, String> {
    let text = CString::new(text).map_err(|_| String::from("it has a NUL byte in it"))?;
    let mut message: *mut c_char = ptr::null_mut();
    // SAFETY: both pointers are valid for the call. What libpq returns is either
    // an array that ends with a null keyword, or null with a message; each is
    // read before it is freed, once, by libpq's own functions.
    unsafe {
        let options = pq_sys::PQconninfoParse(text.as_ptr(), &mut message);
        if options.is_null() {
            let error = owned(message).unwrap_or_else(|| String::from("out of memory"));
            pq_sys::PQfreemem(message.cast());
            return Err(error);
        }
        let mut pairs = Vec::new();
        let mut option = options;
        while let Some(keyword) = owned((*option).keyword) {
            if let Some(value) = owned((*option).val) {
                pairs.push((keyword, value));
            }
            option = option.add(1);
        }
        pq_sys::PQconninfoFree(options);
        Ok(pairs)
    }
}

/// # Safety
/// `text` is null or a NUL-terminated string.
unsafe fn owned(text: *const c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: as the caller promised.
    Some(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_libpq_reads() {
        let (info, _) =
            Conninfo::parse("postgresql://ana:s%40cret@db.example:6543/inbox?sslmode=require")
                .expect("a valid URL");
        assert_eq!(info.get("host"), Some("db.example"));
        assert_eq!(info.get("password"), Some("s@cret"));
        assert_eq!(info.get("sslmode"), Some("require"));
        assert_eq!(info.redact("no s@cret here"), "no *** here");
        let (again, _) = Conninfo::parse(&info.to_connection_string()).expect("what we wrote");
        assert_eq!(again.get("password"), Some("s@cret"));
    }

    #[test]
    fn quotes_and_backslashes_survive() {
        let mut info = Conninfo::default();
        info.set("password", r"a'b\c d");
        let (again, _) = Conninfo::parse(&info.to_connection_string()).expect("what we wrote");
        assert_eq!(again.get("password"), Some(r"a'b\c d"));
    }

    #[test]
    fn secrets_stay_out_of_lists_of_processes() {
        let mut info = Conninfo::default();
        for secret in [
            "password",
            "sslpassword",
            "scram_client_key",
            "scram_server_key",
            "oauth_client_secret",
            "a_later_secret",
        ] {
            info.set(secret, "hunter2");
        }
        info.set("host", "db.example");
        assert_eq!(info.for_clients(18).to_connection_string(), "host='db.example' ");
    }

    #[test]
    fn errors_never_quote_the_password() {
        for url in [
            "postgres://u:hunter2@x@db/inbox",
            "postgres://u:hunter2/x@db/inbox",
            "postgres://u:hunter2%zz@db/inbox",
            "mysql://u:hunter2@db/inbox",
            "hunter2",
            "postgres://u:hunter2@[::1/inbox",
            "postgres://u:p@h/inbox?hunter2",
        ] {
            let failure = Conninfo::parse(url).err().unwrap_or_else(|| panic!("{url} was read"));
            assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
        }
    }
}
