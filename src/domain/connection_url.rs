//! Connection URLs as applications write them, and as libpq reads them.
//!
//! A driver's URL carries parameters of its own, another scheme, quotes. What libpq doesn't know
//! is taken out, what has a meaning here is kept, and what has neither is named.

use super::{percent, server_setting};

/// Where the inbox is if nothing says so.
pub const USUAL_SCHEMA: &str = "public";

/// What a URL came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ConnectionUrl {
    /// For libpq.
    pub text: String,
    /// `schema=x`, and what other drivers call it.
    pub schema: Option<String>,
    /// `pgbouncer=true`: a pooler shares sessions, whatever else it looks like.
    pub is_pooled: bool,
    /// Names of parameters that mean nothing to libpq or to us.
    pub unknown: Vec<String>,
}

/// Why a URL can't be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It leads to Prisma's own proxy, which speaks another protocol.
    PrismaProxy,
    /// Another scheme than PostgreSQL's.
    Scheme(String),
}

/// What drivers call PostgreSQL.
const SCHEMES: [&str; 5] = ["postgres", "postgresql", "pgsql", "psql", "postgis"];

/// Where drivers but Prisma, whose `schema` is one name, put the schema: first in a list.
const SEARCH_PATH: [&str; 3] = ["currentSchema", "search_path", "schema_search_path"];

/// How an application pools its connections, prepares its statements and labels itself: no
/// concern of a tool that has one connection.
const OF_THE_APPLICATION: [&str; 26] = [
    "ApplicationName",
    "conn_max_age",
    "connection_limit",
    "default_query_exec_mode",
    "fallback_application_name",
    "max_idle_connection_lifetime",
    "max_overflow",
    "pgbouncer",
    "pool",
    "pool_max_conn_idle_time",
    "pool_max_conn_lifetime",
    "pool_max_conns",
    "pool_min_conns",
    "pool_recycle",
    "pool_size",
    "pool_timeout",
    "prepareThreshold",
    "prepared_statement_cache_size",
    "prepared_statements",
    "reWriteBatchedInserts",
    "single_use_connections",
    "socket_timeout",
    "statement_cache_capacity",
    "statement_cache_mode",
    "statement_cache_size",
    "uselibpqcompat",
];

/// Reads a URL, or leaves a list of `keyword=value` as it is. `knows` says which parameters libpq
/// has.
///
/// # Errors
/// It is of another protocol.
pub fn read(text: &str, knows: impl Fn(&str) -> bool) -> Result<ConnectionUrl, Unreadable> {
    let text = unquoted(text.trim());
    let text = text.strip_prefix("jdbc:").unwrap_or(text);
    let Some((scheme, rest)) = split_scheme(text) else {
        return Ok(ConnectionUrl { text: text.to_owned(), ..ConnectionUrl::default() });
    };
    // SQLAlchemy: postgresql+psycopg2.
    let family = scheme.split('+').next().unwrap_or(scheme);
    if family == "prisma" {
        return Err(Unreadable::PrismaProxy);
    }
    if !SCHEMES.contains(&family) {
        return Err(Unreadable::Scheme(scheme.to_owned()));
    }
    let (place, query) = split_query(rest);
    let mut url = ConnectionUrl::default();
    let pairs = parameters(query, knows, &mut url);
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    url.text = format!("postgresql://{place}{query}");
    Ok(url)
}

/// Whether a URL is for Prisma's own proxy.
pub fn leads_to_prisma(text: &str) -> bool {
    read(text, |_| true) == Err(Unreadable::PrismaProxy)
}

/// `.env` lines pasted into a shell keep their quotes.
fn unquoted(text: &str) -> &str {
    let inner = |quote| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(text).trim()
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    scheme.chars().all(is_scheme).then_some((scheme, rest))
}

/// As libpq does: a question mark in the password is part of it.
fn split_query(rest: &str) -> (&str, &str) {
    let from = rest.find(['@', '/']).filter(|&at| rest[at..].starts_with('@')).unwrap_or(0);
    match rest[from..].find('?') {
        Some(at) => (&rest[..from + at], &rest[from + at + 1..]),
        None => (rest, ""),
    }
}

/// The parameters that libpq shall see; what the others say goes into `url`.
fn parameters(query: &str, knows: impl Fn(&str) -> bool, url: &mut ConnectionUrl) -> Vec<String> {
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let value_of =
        |wanted: &str| pairs.iter().find_map(|pair| pair.strip_prefix(wanted)?.strip_prefix('='));
    // Prisma's words for what libpq calls sslmode and sslrootcert.
    let is_prisma_tls = value_of("sslaccept").is_some() || value_of("sslidentity").is_some();
    let is_strict = value_of("sslaccept") == Some("strict");
    let mut kept = Vec::new();
    for &pair in &pairs {
        // libpq says by itself what is wrong with it, and quotes nothing.
        let Some((key, value)) = pair.split_once('=') else {
            kept.push(pair.to_owned());
            continue;
        };
        match key {
            "schema" => url.schema = named(&decoded(value)),
            _ if SEARCH_PATH.contains(&key) => url.schema = first_of(&decoded(value)),
            "pgbouncer" => url.is_pooled = value == "true",
            "ssl" => kept.extend(matches!(value, "true" | "1" | "on").then(|| "ssl=true".into())),
            "sslmode" if is_strict => {}
            "sslmode" if value == "no-verify" => kept.push("sslmode=require".into()),
            "sslcert" if is_prisma_tls => kept.push(format!("sslrootcert={value}")),
            "sslaccept" => {}
            _ if OF_THE_APPLICATION.contains(&key) => {}
            _ if knows(key) => kept.push(pair.to_owned()),
            _ => url.unknown.push(decoded(key)),
        }
    }
    if is_strict {
        kept.push("sslmode=verify-full".into());
        if !kept.iter().any(|pair| pair.starts_with("sslrootcert=")) {
            kept.push("sslrootcert=system".into());
        }
    }
    kept
}

/// The schema that is meant by one name: as it is, or quoted as SQL quotes it.
fn named(name: &str) -> Option<String> {
    let quoted = name.strip_prefix('"').and_then(server_setting::quoted_name);
    let name = match quoted {
        Some((inner, "")) => inner,
        _ => name.to_owned(),
    };
    Some(name).filter(|name| !name.is_empty())
}

/// The first schema of a search_path that is neither the role's own nor, if others are, the server's.
fn first_of(path: &str) -> Option<String> {
    let names = server_setting::values("search_path", path);
    let mut names = names.into_iter().filter(|name| !name.is_empty() && name != "$user").peekable();
    let first = names.peek().cloned();
    names.find(|name| !is_of_the_server(name)).or(first)
}

/// Whether the server keeps the name of a schema for itself: no inbox is there.
pub fn is_of_the_server(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}

fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent::decoded(text.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_of_any_name() {
        let schema = |query: &str| read(&format!("postgres://h/d?{query}")).schema;
        for (query, name) in [
            ("schema=My%20Inbox%2C%201", "My Inbox, 1"),
            ("schema=Inbox.v2", "Inbox.v2"),
            ("schema=My%20In%22box", "My In\"box"),
            ("schema=%22My%20In%22%22box%22", "My In\"box"),
            ("schema=a%5Cb", "a\\b"),
            ("search_path=%22My%20Inbox%2C%201%22%2Cpublic", "My Inbox, 1"),
            ("currentSchema=%22%24user%22%2C%20crm", "crm"),
        ] {
            assert_eq!(schema(query).as_deref(), Some(name), "{query}");
        }
        assert_eq!(schema("schema="), None);
    }

    fn read(text: &str) -> ConnectionUrl {
        let known = ["host", "user", "password", "sslmode", "sslrootcert", "sslcert", "options"];
        super::read(text, |key| known.contains(&key)).expect("a readable URL")
    }

    #[test]
    fn parameters_of_drivers() {
        let url = read("postgres://a@h/d?schema=my%20app&connection_limit=5&sslmode=require");
        assert_eq!(url.text, "postgresql://a@h/d?sslmode=require");
        assert_eq!(url.schema.as_deref(), Some("my app"));
        assert_eq!(url.unknown, [""; 0]);
        assert!(read("postgres://h/d?pgbouncer=true&pool_timeout=0").is_pooled);
        assert_eq!(read("postgres://h/d?foo=1&host=%2Ftmp").unknown, ["foo"]);
        assert_eq!(read("postgres://h/d?search_path=crm,public").schema.as_deref(), Some("crm"));
        for (path, schema) in [("pg_catalog,crm", "crm"), ("pg_temp", "pg_temp")] {
            let url = read(&format!("postgres://h/d?search_path={path}"));
            assert_eq!(url.schema.as_deref(), Some(schema));
        }
        assert_eq!(
            read("postgres://h/d?sslmode=no-verify").text,
            "postgresql://h/d?sslmode=require"
        );
        assert_eq!(
            read("postgres://h/d?sslmode=require&sslaccept=strict&sslcert=ca.pem").text,
            "postgresql://h/d?sslrootcert=ca.pem&sslmode=verify-full"
        );
        assert_eq!(read("postgres://h/d?ssl=false&sslidentity=x").unknown, ["sslidentity"]);
    }

    #[test]
    fn schemes_quotes_and_what_is_no_url() {
        for text in ["postgresql+psycopg2://h/d", "jdbc:postgresql://h/d", "'postgres://h/d'\n"] {
            assert_eq!(read(text).text, "postgresql://h/d", "{text}");
        }
        assert_eq!(read("host=h password='a://b?c=d'").text, "host=h password='a://b?c=d'");
        assert_eq!(read("postgres://u:p?x=1@h/d").text, "postgresql://u:p?x=1@h/d");
        let refused = |text| super::read(text, |_| true).unwrap_err();
        assert_eq!(refused("prisma://x?api_key=k"), Unreadable::PrismaProxy);
        assert_eq!(refused("prisma+postgres://x"), Unreadable::PrismaProxy);
        assert_eq!(refused("mysql://h/d"), Unreadable::Scheme("mysql".into()));
    }
}
