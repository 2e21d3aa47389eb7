//! Names in the spelling of other languages.

/// `audit_logs` as `AuditLogs`.
pub fn pascal(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .map(|part| {
            let mut letters = part.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect::<String>()
            })
        })
        .collect()
}

/// `audit_logs` as `auditLogs`.
pub fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => pascal,
    }
}

/// `identities` as `identity`, `audit_logs` as `audit_log`.
pub fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = name
        .strip_suffix("sses")
        .map(|stem| format!("{stem}ss"))
        .or_else(|| name.strip_suffix("uses").map(|stem| format!("{stem}us")));
    match stem {
        Some(stem) => stem,
        None if name.ends_with("ss") || name.ends_with("us") => name.to_owned(),
        None => name.strip_suffix('s').unwrap_or(name).to_owned(),
    }
}

/// A name of letters, digits and underscores, for languages that quote none.
pub fn plain(name: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let plain: String = name.chars().map(|c| if is_part(c) { c } else { '_' }).collect();
    match plain.starts_with(|letter: char| letter.is_numeric()) || plain.is_empty() {
        true => format!("_{plain}"),
        false => plain,
    }
}

/// Lines of cells, each column as wide as its widest cell.
pub fn aligned(rows: &[Vec<String>], indent: &str) -> String {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join(" ");
        text.push_str(&format!("{indent}{}\n", line.trim_end()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_many_and_models_one() {
        let cases = [
            ("contacts", "contact"),
            ("contact_identities", "contact_identity"),
            ("presence", "presence"),
            ("addresses", "address"),
            ("statuses", "status"),
        ];
        for (many, one) in cases {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn words_are_joined() {
        assert_eq!(pascal("audit_logs"), "AuditLogs");
        assert_eq!(camel("audit_logs"), "auditLogs");
        assert_eq!(camel("id"), "id");
    }
}
