//! E-mail addresses of users: what is one, and in which form it is kept.

/// The address in lower case.
///
/// # Errors
/// Why it is none.
pub fn parse(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.len() > 254 {
        return Err("an e-mail address has 254 characters at most");
    }
    if text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err("an e-mail address has no blanks");
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Err("an e-mail address has an @");
    };
    let is_quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    if local.is_empty() || local.len() > 64 {
        return Err("before the @ stand 1 to 64 characters");
    }
    let is_dotted_well = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    if !is_quoted && (!is_dotted_well || local.contains(['@', '"', '(', ')', ',', ';', '<', '>'])) {
        return Err("what stands before the @ is no name of a mailbox");
    }
    let labels: Vec<&str> = domain.split('.').collect();
    if labels.len() < 2 || !labels.iter().all(|label| is_label(label)) {
        return Err("what stands behind the @ is no domain, such as example.org");
    }
    Ok(text.to_lowercase())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case() {
        for (text, address) in [
            ("Ana@Example.ORG", "ana@example.org"),
            (" a.b+c@d-e.example ", "a.b+c@d-e.example"),
            ("用户@例子.example", "用户@例子.example"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(address));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@example",
            "a b@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@b@example.org",
            "a@-b.org",
            "a@b..org",
            "a\n@example.org",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert!(parse(&format!("{}@example.org", "a".repeat(65))).is_err());
    }
}
