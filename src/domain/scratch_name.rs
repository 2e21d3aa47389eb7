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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_never_cut() {
        let token = *b"\x01\x23\x45\x67\x89\xab\xcd\xef";
        assert_eq!(of("inbox", token), "inbox_inboxctl_0123456789abcdef");
        let long = of(&"ä".repeat(40), token);
        assert!(long.len() <= NAME_BYTES && long.ends_with("ä_inboxctl_0123456789abcdef"));
    }
}
