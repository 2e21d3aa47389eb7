//! Names of the databases that commands make for themselves.

/// Random, and the number of a lock.
pub type Token = [u8; 8];

/// PostgreSQL cuts off longer names.
pub const NAME_BYTES: usize = 63;

/// `inbox_inboxctl_0123456789abcdef`, for one that has to do with the database `inbox`.
pub fn of(base: &str, token: Token) -> String {
    let token: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    with_ending(base, &format!("_inboxctl_{token}"))
}

/// The name is cut where it would be too long.
pub fn with_ending(name: &str, ending: &str) -> String {
    let mut room = NAME_BYTES.saturating_sub(ending.len()).min(name.len());
    while !name.is_char_boundary(room) {
        room -= 1;
    }
    format!("{}{ending}", &name[..room])
}

/// Whether a name that ends as one of these has to do with the database `base`.
pub fn is_of(base: &str, name: &str) -> bool {
    is_with_ending(base, name, "_inboxctl_0123456789abcdef".len(), "_inboxctl_")
}

/// Whether a name is that of a database with an ending of so many bytes, which begins so.
pub fn is_with_ending(base: &str, name: &str, ending_bytes: usize, begins: &str) -> bool {
    let begin = name.len().checked_sub(ending_bytes);
    let ending = begin.and_then(|begin| name.get(begin..));
    ending.is_some_and(|end| end.starts_with(begins) && with_ending(base, end) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_never_cut() {
        let token = *b"\x01\x23\x45\x67\x89\xab\xcd\xef";
        assert_eq!(of("inbox", token), "inbox_inboxctl_0123456789abcdef");
        assert!(is_of("inbox", &of("inbox", token)) && !is_of("in", &of("inbox", token)));
        let long = of(&"ä".repeat(40), token);
        assert!(long.len() <= NAME_BYTES && long.ends_with("ä_inboxctl_0123456789abcdef"));
    }
}
