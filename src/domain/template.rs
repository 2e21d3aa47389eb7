//! Templates: text with `{{variables}}`.

use std::collections::BTreeMap;

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Declared, but not in the text.
    Unused(String),
    /// In the text, but not declared.
    Undeclared(String),
    DeclaredTwice(String),
    /// `{{` without `}}` or the other way round, or no name between them; the
    /// text from there on.
    Malformed(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable(&'a str),
    Malformed(&'a str),
}

fn pieces(content: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("}}")).min() {
        let (text, marked) = rest.split_at(at);
        pieces.push(Piece::Text(text));
        let (piece, after) = marked_piece(marked);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The piece that begins with braces, and what follows it.
fn marked_piece(marked: &str) -> (Piece<'_>, &str) {
    if let Some(inner) = marked.strip_prefix("{{")
        && let Some((name, after)) = inner.split_once("}}")
        && is_name(name.trim())
    {
        return (Piece::Variable(name.trim()), after);
    }
    (Piece::Malformed(&marked[..2]), &marked[2..])
}

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

/// The variables of a text, each once, in their order.
pub fn variables(content: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in pieces(content) {
        if let Piece::Variable(name) = piece
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

pub fn check(content: &str, declared: &[String]) -> Vec<Problem> {
    let used = variables(content);
    let mut problems = Vec::new();
    for (index, name) in declared.iter().enumerate() {
        if declared[..index].contains(name) {
            problems.push(Problem::DeclaredTwice(name.clone()));
        } else if !used.contains(&name.as_str()) {
            problems.push(Problem::Unused(name.clone()));
        }
    }
    for name in used {
        if !declared.iter().any(|known| known == name) {
            problems.push(Problem::Undeclared(name.to_owned()));
        }
    }
    for piece in pieces(content) {
        if let Piece::Malformed(braces) = piece {
            problems.push(Problem::Malformed(braces.to_owned()));
        }
    }
    problems
}

/// The text with its variables filled in; values are taken as they are.
///
/// # Errors
/// The variables without a value.
pub fn render(content: &str, values: &BTreeMap<String, String>) -> Result<String, Vec<String>> {
    let missing: Vec<String> = variables(content)
        .into_iter()
        .filter(|name| !values.contains_key(*name))
        .map(str::to_owned)
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let text = |piece| match piece {
        Piece::Text(text) | Piece::Malformed(text) => text,
        Piece::Variable(name) => values[name].as_str(),
    };
    Ok(pieces(content).into_iter().map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn unused_undeclared_and_malformed() {
        assert_eq!(check("Hello {{ name }}, {{name}}", &declared(&["name"])), []);
        assert_eq!(
            check("{{a}} {{b}} {{", &declared(&["b", "c", "c"])),
            [
                Problem::Unused("c".into()),
                Problem::DeclaredTwice("c".into()),
                Problem::Undeclared("a".into()),
                Problem::Malformed("{{".into()),
            ]
        );
        assert_eq!(check("a }} {{1}}", &[]).len(), 3);
        assert_eq!(check("{ not one } 用", &[]), []);
    }

    #[test]
    fn values_are_filled_in_as_they_are() {
        let values = BTreeMap::from([("a".to_owned(), "{{b}}".to_owned())]);
        assert_eq!(render("<{{ a }}|{{a}}>", &values).as_deref(), Ok("<{{b}}|{{b}}>"));
        assert_eq!(render("{{a}} {{b}} {{b}}", &values), Err(declared(&["b"])));
        assert_eq!(render("", &values).as_deref(), Ok(""));
    }
}
