//! One spelling for the names that applications give things.

/// `socialHandles`, `SocialHandles` and `social_handles` are one: the last of them.
pub fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let after_small =
            at > 0 && (letters[at - 1].is_lowercase() || letters[at - 1].is_numeric());
        let starts_word = at > 0
            && letters[at - 1].is_uppercase()
            && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || starts_word) {
            snake.push('_');
        }
        snake.extend(
            match letter {
                '-' | ' ' => '_',
                letter => letter,
            }
            .to_lowercase(),
        );
    }
    snake
}

/// As [`snake`], with the last word in the singular: `AuditLogs` is `audit_log`.
pub fn singular(name: &str) -> String {
    let name = snake(name);
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match name.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => name,
    }
}

/// A label as ours are written: `in-progress` is `IN_PROGRESS`.
pub fn label(name: &str) -> String {
    name.trim().replace(['-', ' '], "_").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_one_way() {
        for (name, expected) in [
            ("socialHandles", "social_handle"),
            ("AuditLog", "audit_log"),
            ("audit_logs", "audit_log"),
            ("HTTPRequests", "http_request"),
            ("externalID", "external_id"),
            ("Activities", "activity"),
            ("UserPresence", "user_presence"),
            ("presence", "presence"),
            ("user-access", "user_access"),
            ("Straßen", "straßen"),
        ] {
            assert_eq!(singular(name), expected, "{name}");
        }
        assert_eq!(snake("mediaUrls"), "media_urls");
        assert_eq!(label("in-progress"), "IN_PROGRESS");
    }
}
