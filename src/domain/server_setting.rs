//! Settings of roles and databases as the server stores them.

/// Settings whose value is a list of names, stored as it was quoted when it was set
/// (GUC_LIST_QUOTE of the server's source).
const LISTS: [&str; 6] = [
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

/// What a stored value is made of, each for the caller to quote. Whoever may log in chooses the
/// value of a setting, so it is taken for nothing but names: a list that can't be read as the
/// server reads one is one name.
pub fn values(name: &str, value: &str) -> Vec<String> {
    if !LISTS.iter().any(|list| list.eq_ignore_ascii_case(name)) {
        return vec![value.to_owned()];
    }
    match elements(value) {
        // An empty list is written as an empty name.
        Some(elements) if elements.is_empty() => vec![String::new()],
        Some(elements) => elements,
        None => vec![value.to_owned()],
    }
}

/// Names between commas, quoted or not, as pg_dump's SplitGUCList takes them apart.
fn elements(list: &str) -> Option<Vec<String>> {
    let mut rest = list.trim_start();
    let mut elements = Vec::new();
    while !rest.is_empty() || !elements.is_empty() {
        let (element, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_name(quoted)?,
            None => {
                let end = rest.find(|c: char| c == ',' || c.is_ascii_whitespace());
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                (name.to_owned(), after)
            }
        };
        if element.is_empty() && !rest.starts_with('"') {
            return None;
        }
        elements.push(element);
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => rest = after.trim_start(),
            None if rest.is_empty() => return Some(elements),
            None => return None,
        }
    }
    Some(elements)
}

/// The name up to its closing quote, of which two stand for one inside, and what comes after.
pub fn quoted_name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some((name, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_taken_apart_as_the_server_does() {
        let path = |value| values("search_path", value);
        assert_eq!(path("\"$user\", public"), ["$user", "public"]);
        assert_eq!(path("a,b , c"), ["a", "b", "c"]);
        assert_eq!(path("\"odd, \"\"name\"\"\""), ["odd, \"name\""]);
        assert_eq!(path("\"\""), [""]);
        assert_eq!(path(""), [""]);
        let attack = "public;alter/**/role/**/eve/**/superuser";
        assert_eq!(path(attack), [attack]);
        for broken in ["a b", "a,", ",", "\"a", "a;b c"] {
            assert_eq!(path(broken), [broken], "{broken}");
        }
        assert_eq!(values("work_mem", "7MB, 8"), ["7MB, 8"]);
    }

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(names in prop::collection::vec("[a-zé\", ;]{0,6}", 1..5)) {
            let quoted: Vec<String> =
                names.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect();
            prop_assert_eq!(values("search_path", &quoted.join(", ")), names);
        }
    }
}
