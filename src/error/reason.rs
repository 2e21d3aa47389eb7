//! Which of the lines that libpq says tells why.

/// What tells why, of what libpq says: it tries several addresses and has a line for each, of which
/// the last counts, without the part that only repeats the place; its own remarks are indented, and
/// a server's come after what it says.
pub fn reason(message: &str) -> &str {
    let mut lines =
        message.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('\t'));
    let is_of_an_address =
        |line: &&str| line.contains(" failed: ") || line.starts_with("could not translate");
    let last = lines.clone().rfind(is_of_an_address);
    let line = last.or_else(|| lines.next()).unwrap_or(message).trim();
    let line = line.split_once(" failed: ").map_or(line, |(_, reason)| reason);
    // The severity, in the server's language.
    let said = line.split_once(":  ").filter(|(severity, _)| !severity.contains(' '));
    said.map_or(line, |(_, said)| said).trim()
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_reason_of_a_failed_connection() {
        let said = "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  Datenbank »x« existiert nicht\n";
        assert_eq!(reason(said), "Datenbank »x« existiert nicht");
        let said = "connection to server on socket \"/x/.s.PGSQL.5432\" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?\n";
        assert_eq!(reason(said), "No such file or directory");
        let closed = "connection to server at \"db\" (10.0.0.1), port 5432 failed: server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n";
        assert_eq!(reason(closed), "server closed the connection unexpectedly");
        let said = "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  cannot connect to invalid database \"x\"\nHINT:  Use DROP DATABASE to drop invalid databases.\n";
        assert_eq!(reason(said), "cannot connect to invalid database \"x\"");
        assert_eq!(
            reason(&format!("{said}could not translate host name \"b\" to address: unknown\n")),
            "could not translate host name \"b\" to address: unknown"
        );
    }
}
