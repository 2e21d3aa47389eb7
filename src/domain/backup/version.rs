//! Which installation of the client programs fits a server.

/// The one of the server's own version, else the oldest that is newer: a dump
/// of a much newer pg_dump may hold settings that this server doesn't know.
/// Older ones don't do.
pub fn choose(found: &[u32], server: u32) -> Option<usize> {
    found
        .iter()
        .enumerate()
        .filter(|(_, major)| **major >= server)
        .min_by_key(|(_, major)| **major)
        .map(|(index, _)| index)
}

/// Whether a dump of this pg_dump takes for granted that the usual schema is closed, where a new database of this server
/// has it open.
pub fn takes_schema_as_closed(pg_dump: u32, server: u32) -> bool {
    server < 15 && pg_dump >= 15
}

/// The major version of `15.13`.
pub fn major(version: &str) -> u32 {
    let digits = version.split(|other: char| !other.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_version_goes_first_and_an_older_one_never_does() {
        assert_eq!(choose(&[18, 15, 16], 15), Some(1));
        assert_eq!(choose(&[18, 14, 16], 15), Some(2));
        assert_eq!(choose(&[14, 13], 15), None);
        assert_eq!(choose(&[], 15), None);
        assert_eq!(major("15.13 (Debian 15.13-0)"), 15);
        assert_eq!(major("18beta1"), 18);
    }
}
