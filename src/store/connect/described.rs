//! Where a connection leads, as people are told.

use super::Target;

impl Target {
    /// The database, as far as the URL says.
    pub fn database(&self) -> Option<&str> {
        self.info.get("dbname")
    }

    /// `user@host:port/database`, as far as the URL says; no password.
    pub fn describe(&self) -> String {
        let get = |keyword| self.info.get(keyword);
        let user = get("user").map(|user| format!("{user}@")).unwrap_or_default();
        let port = get("port").map(|port| format!(":{port}")).unwrap_or_default();
        let database = get("dbname").unwrap_or("the default database");
        match (get("service"), get("host").or(get("hostaddr"))) {
            (Some(service), _) => format!("{user}{database} of service {service}"),
            (None, Some(host)) if host.starts_with('/') => {
                format!("{user}{database} on socket {host}{port}")
            }
            (None, Some(host)) => format!("{user}{host}{port}/{database}"),
            (None, None) => format!("{user}{database} on the default host"),
        }
    }

    /// Where the server is, as far as the URL says: `db.prod`, `socket /run/postgresql`.
    pub fn host(&self) -> String {
        match self.info.get("host").or(self.info.get("hostaddr")) {
            Some(host) if host.starts_with('/') => format!("socket {host}"),
            Some(host) => host.to_owned(),
            None => match self.info.get("service") {
                Some(service) => format!("service {service}"),
                None => String::from("the default host"),
            },
        }
    }
}
