//! Names and texts as SQL spells them, quoted only where they must be.

/// Words that can't be the name of a column, a table or a function as they are.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

/// `contacts`, or `"Order"`.
pub fn name(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !RESERVED.contains(&name);
    if plain {
        return name.to_owned();
    }
    let quoted = name.replace('"', "\"\"");
    if !name.chars().any(is_misleading) {
        return format!("\"{quoted}\"");
    }
    // What could end a line or turn it around stands there by its number.
    let mut spelled = String::from("U&\"");
    for letter in quoted.chars() {
        match letter {
            '\\' => spelled.push_str("\\\\"),
            _ if is_misleading(letter) => {
                spelled.push_str(&format!("\\+{:06X}", u32::from(letter)))
            }
            _ => spelled.push(letter),
        }
    }
    spelled.push('"');
    spelled
}

/// A name for people: as SQL spells it, on one line, with everything that a
/// terminal or a reader could take for something else spelled out.
pub fn shown(text: &str) -> String {
    if !text.chars().any(is_misleading) {
        return name(text);
    }
    let mut shown = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => shown.push_str("\"\""),
            _ if is_misleading(letter) => shown.extend(letter.escape_default()),
            _ => shown.push(letter),
        }
    }
    shown.push('"');
    shown
}

/// Line breaks, controls, and marks that turn the direction of a text or that
/// nobody sees.
fn is_misleading(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{feff}')
        || ('\u{200b}'..='\u{200f}').contains(&letter)
        || ('\u{2028}'..='\u{202e}').contains(&letter)
        || ('\u{2060}'..='\u{206f}').contains(&letter)
        || ('\u{e0000}'..='\u{e007f}').contains(&letter)
}

/// `'it''s'`.
pub fn text(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if !text.contains('\\') && !text.chars().any(is_misleading) {
        return format!("'{quoted}'");
    }
    let mut spelled = String::from("E'");
    for letter in quoted.chars() {
        match letter {
            '\\' => spelled.push_str("\\\\"),
            _ if is_misleading(letter) => {
                spelled.push_str(&format!("\\U{:08X}", u32::from(letter)))
            }
            _ => spelled.push(letter),
        }
    }
    spelled.push('\'');
    spelled
}

/// A role as the server quoted it, spelled as [`name`] does.
pub fn role(quoted: &str) -> String {
    match quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => name(&inner.replace("\"\"", "\"")),
        None => quoted.to_owned(),
    }
}
