//! Lists as the server writes them: `{a,"b c",NULL}`.

/// The list with other elements; NULL stays.
pub(super) fn rewrite(text: &str, change: &dyn Fn(&str) -> String) -> String {
    let mut made = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' | ',' => made.push(letter),
            '"' => {
                let mut element = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '\\' => element.extend(letters.next()),
                        '"' => break,
                        letter => element.push(letter),
                    }
                }
                quote(&change(&element), &mut made);
            }
            letter => {
                let mut element = String::from(letter);
                while let Some(letter) = letters.next_if(|next| !matches!(next, '{' | '}' | ',')) {
                    element.push(letter);
                }
                match element.as_str() {
                    "NULL" => made.push_str("NULL"),
                    // The bounds of a list that doesn't begin with 1.
                    bounds if bounds.starts_with('[') && bounds.ends_with('=') => {
                        made.push_str(bounds)
                    }
                    plain => quote(&change(plain), &mut made),
                }
            }
        }
    }
    made
}

fn quote(text: &str, made: &mut String) {
    made.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            made.push('\\');
        }
        made.push(letter);
    }
    made.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_changed_and_nothing_else() {
        let change = |text: &str| format!("<{text}>");
        assert_eq!(
            rewrite(r#"{a,"b \"c,\\",NULL,{},""}"#, &change),
            r#"{"<a>","<b \"c,\\>",NULL,{},"<>"}"#
        );
        assert_eq!(rewrite("[0:1]={1,2}", &change), r#"[0:1]={"<1>","<2>"}"#);
        assert_eq!(rewrite("{", &change), "{");
    }
}
