//! JSON with other strings and numbers in it: all else passes through as it stands, of any depth.

/// What a value stands under.
pub(super) struct Place<'a> {
    /// The nearest name; none in a list or alone.
    pub key: &'a str,
    /// The names above it, outermost first.
    pub above: &'a [String],
}

/// What becomes of what is in it.
pub(super) trait Change {
    fn text(&mut self, place: &Place<'_>, text: &str) -> Option<String>;
    /// Of its digits, sign and all.
    fn number(&mut self, place: &Place<'_>, number: &str) -> Option<String>;
    fn name(&mut self, name: &str) -> Option<String>;
}

/// The changed document; what is no JSON comes out empty as far as it was read.
pub(super) fn rewrite(text: &str, change: &mut dyn Change) -> String {
    let mut made = String::with_capacity(text.len() + text.len() / 4);
    // Names of what is open; lists have that of what they stand under.
    let mut open: Vec<String> = Vec::new();
    let mut is_object: Vec<bool> = Vec::new();
    let mut key = String::new();
    let mut is_name = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '-' | '0'..='9' => rest
                .find(|letter: char| !matches!(letter, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
                .unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        rest = behind;
        let place = Place { key: &key, above: &open };
        let replaced = match first {
            '"' => {
                let plain: String = serde_json::from_str(token).unwrap_or_default();
                match is_name {
                    true => {
                        let new = change.name(&plain);
                        key = plain;
                        is_name = false;
                        new
                    }
                    false => change.text(&place, &plain),
                }
                .map(|new| serde_json::Value::from(new).to_string())
            }
            '-' | '0'..='9' => change.number(&place, token),
            '{' | '[' => {
                open.push(key.clone());
                is_object.push(first == '{');
                is_name = first == '{';
                None
            }
            '}' | ']' => {
                key = open.pop().unwrap_or_default();
                is_object.pop();
                is_name = false;
                None
            }
            ',' => {
                is_name = is_object.last() == Some(&true);
                if !is_name {
                    key = open.last().cloned().unwrap_or_default();
                }
                None
            }
            _ => None,
        };
        made.push_str(replaced.as_deref().unwrap_or(token));
    }
    made
}

/// With its quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<String>);

    impl Change for Seen {
        fn text(&mut self, place: &Place<'_>, text: &str) -> Option<String> {
            self.0.push(format!("{}/{}={text}", place.above.join("."), place.key));
            (text == "b").then(|| String::from("\"new\""))
        }

        fn number(&mut self, place: &Place<'_>, number: &str) -> Option<String> {
            self.0.push(format!("{}={number}", place.key));
            None
        }

        fn name(&mut self, _: &str) -> Option<String> {
            None
        }
    }

    #[test]
    fn values_are_seen_by_what_they_stand_under() {
        let mut seen = Seen::default();
        let text = r#"{"a": "b", "c": [1.10, {"d": "e\n"}, "f"], "g": null, "h": {}, "i": -2e3}"#;
        let made = rewrite(text, &mut seen);
        assert_eq!(made, text.replace("\"b\"", r#""\"new\"""#));
        assert_eq!(seen.0, ["/a=b", "c=1.10", ".c.c/d=e\n", ".c/c=f", "i=-2e3"]);
    }

    #[test]
    fn what_is_no_json_breaks_nothing() {
        for text in ["", "\"", "{\"a", "[[[", "}}", "{\"a\":}", "ü\"ü"] {
            rewrite(text, &mut Seen::default());
        }
    }
}
