//! Which rights a statement needs that the server denied: it names what it is about, and not what
//! is lacking.

use std::collections::BTreeSet;

/// What a statement does with the relation of that name; nothing where it doesn't name it, as
/// when a function of its reads it.
pub fn needed(statement: &str, relation: &str) -> BTreeSet<&'static str> {
    let words = words(statement);
    let has = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| {
            window.iter().zip(&phrase).all(|(word, wanted)| word.eq_ignore_ascii_case(wanted))
        })
    };
    let locks = ["for update", "for no key update", "for share", "for key share"];
    let locks = locks.iter().any(|phrase| has(phrase));
    let mut needed = BTreeSet::new();
    for (place, word) in words.iter().enumerate() {
        if unquoted(word) != relation {
            continue;
        }
        match verb_before(&words[..place]).as_str() {
            "into" => {
                needed.insert("INSERT");
                needed.extend(
                    ["returning", "on conflict"].map(has).contains(&true).then_some("SELECT"),
                );
                needed.extend(has("do update").then_some("UPDATE"));
            }
            "update" => needed.extend(["SELECT", "UPDATE"]),
            "delete" => needed.extend(["SELECT", "DELETE"]),
            "truncate" => needed.extend(["TRUNCATE"]),
            "from" | "join" | "using" | "," | "copy" => {
                needed.insert("SELECT");
                needed.extend(locks.then_some("UPDATE"));
            }
            _ => {}
        }
    }
    needed
}

/// The word that says what becomes of the name after it.
fn verb_before(words: &[String]) -> String {
    let mut before = words.iter().rev().map(|word| word.to_lowercase()).peekable();
    // The schema, and words that change nothing about it.
    if before.next_if(|word| word == ".").is_some() {
        before.next();
    }
    while before.next_if(|word| ["(", "only"].contains(&word.as_str())).is_some() {}
    match (before.next().unwrap_or_default().as_str(), before.next().as_deref()) {
        ("from", Some("delete")) => String::from("delete"),
        // Of a row that is locked: the name there is the alias of another place.
        ("update", Some("for" | "key")) => String::new(),
        (word, _) => word.to_owned(),
    }
}

/// Names as they are written, keywords and single characters; texts in quotes are left out.
fn words(statement: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = statement.chars().peekable();
    while let Some(first) = rest.next() {
        let mut word = String::from(first);
        if first == '"' || first == '\'' {
            while let Some(next) = rest.next() {
                word.push(next);
                // A quote in a name is doubled: what follows belongs to it.
                if next == first && rest.next_if_eq(&first).is_none() {
                    break;
                }
            }
            if first == '\'' {
                continue;
            }
        } else if first.is_alphanumeric() || first == '_' {
            let is_part = |next: &char| next.is_alphanumeric() || ['_', '$'].contains(next);
            while let Some(next) = rest.next_if(is_part) {
                word.push(next);
            }
        } else if first.is_whitespace() {
            continue;
        }
        words.push(word);
    }
    words
}

fn unquoted(word: &str) -> String {
    let quoted = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
    quoted.map_or_else(|| word.to_lowercase(), |name| name.replace("\"\"", "\""))
}

/// Whether a message names something: as a word of its own, in whatever quotes its language has.
pub fn names(message: &str, name: &str) -> bool {
    let is_apart =
        |next: Option<char>| next.is_none_or(|next| !next.is_alphanumeric() && next != '_');
    message.match_indices(name).any(|(at, _)| {
        is_apart(message[..at].chars().next_back())
            && is_apart(message[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verb_needs_its_right() {
        for (statement, rights) in [
            ("SELECT count(*) FROM contacts c JOIN notes n ON true", "SELECT"),
            ("SELECT 1 FROM notes, public.contacts", "SELECT"),
            ("SELECT * FROM contacts c ORDER BY c.id FOR UPDATE OF c", "SELECT UPDATE"),
            ("UPDATE ONLY \"public\".\"contacts\" SET name = 'from users'", "SELECT UPDATE"),
            ("DELETE  FROM contacts WHERE id = $1", "DELETE SELECT"),
            ("INSERT INTO contacts (id) VALUES ($1)", "INSERT"),
            ("INSERT INTO contacts (id) VALUES ($1) RETURNING id", "INSERT SELECT"),
            ("WITH x AS (INSERT INTO contacts DEFAULT VALUES) SELECT FROM notes", "INSERT"),
            (
                "INSERT INTO contacts VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2",
                "INSERT SELECT UPDATE",
            ),
            ("COPY contacts TO STDOUT", "SELECT"),
            ("SELECT 'FROM contacts'", ""),
        ] {
            let found: Vec<&str> = needed(statement, "contacts").into_iter().collect();
            assert_eq!(found.join(" "), rights, "{statement}");
        }
    }

    #[test]
    fn a_name_is_a_word_of_its_own() {
        assert!(names("keine Berechtigung für Tabelle contacts", "contacts"));
        assert!(names("リレーション\"contacts\"", "contacts"));
        assert!(!names("permission denied for table contacts_old", "contacts"));
    }
}
