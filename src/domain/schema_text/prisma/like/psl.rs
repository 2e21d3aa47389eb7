//! A schema.prisma, taken apart: its blocks, and of models, views and enums each line. What isn't
//! understood is kept as it is written.

use super::Wrong;
use super::brackets::{closing, list};
use super::parts::{Argument, Attribute, Block, Document, Field, Item, Kind, Part};

/// # Errors
/// The first line that can't be read.
pub(super) fn parse(text: &str) -> Result<Document, Wrong> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut reader = Reader { letters: text.chars().collect(), at: 0, line: 1 };
    let mut parts = Vec::new();
    while let Some(letter) = reader.peek() {
        parts.push(match letter.is_whitespace() || letter == '/' {
            true => Part::Text(reader.between()?),
            false => reader.block()?,
        });
    }
    Ok(Document::new(parts))
}

/// A piece of text up to the end of its line.
struct Logical {
    code: String,
    /// With its slashes.
    comment: String,
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        self.line += usize::from(letter == '\n');
        Some(letter)
    }

    fn starts(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(at, c)| self.letters.get(self.at + at) == Some(&c))
    }

    fn wrong(&self, what: impl Into<String>) -> Wrong {
        Wrong { line: self.line, what: what.into() }
    }

    /// Blank lines and comments.
    fn between(&mut self) -> Result<String, Wrong> {
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            if letter.is_whitespace() {
                text.extend(self.take());
            } else if letter == '/' {
                text.push_str(&self.comment()?);
            } else {
                break;
            }
        }
        Ok(text)
    }

    /// Up to the end of its line, which stays, or of `/* */`.
    fn comment(&mut self) -> Result<String, Wrong> {
        let (start, line) = (self.at, self.line);
        if self.starts("/*") {
            while !self.starts("*/") {
                let open = Wrong { line, what: String::from("a comment isn't closed") };
                self.take().ok_or(open)?;
            }
            self.at += 2;
        } else if self.starts("//") {
            while self.peek().is_some_and(|letter| letter != '\n') {
                self.take();
            }
        } else {
            return Err(self.wrong("a slash that begins no comment"));
        }
        Ok(self.letters[start..self.at].iter().collect())
    }

    fn block(&mut self) -> Result<Part, Wrong> {
        let (start, line) = (self.at, self.line);
        let word = self.word();
        self.blanks();
        let name = self.word();
        self.blanks();
        if word.is_empty() || name.is_empty() || self.peek() != Some('{') {
            let shown: String = self.letters[start..].iter().take(20).collect();
            let shown = shown.lines().next().unwrap_or_default().to_owned();
            return Err(Wrong { line, what: format!("no block begins like this: {shown}") });
        }
        self.take();
        let kind = match word.as_str() {
            "model" => Kind::Model,
            "view" => Kind::View,
            "enum" => Kind::Enum,
            _ => {
                self.skip(line, &format!("{word} {name}"))?;
                return Ok(Part::Text(self.letters[start..self.at].iter().collect()));
            }
        };
        let mut items = Vec::new();
        while self.item(&mut items)? {
            if self.peek().is_none() {
                return Err(Wrong { line, what: format!("{word} {name} isn't closed") });
            }
        }
        Ok(Part::Block(Block { kind, name, line, items }))
    }

    /// To the end of a block that is kept as it is.
    fn skip(&mut self, line: usize, what: &str) -> Result<(), Wrong> {
        let mut depth = 1;
        while depth > 0 {
            match self.peek() {
                None => return Err(Wrong { line, what: format!("{what} isn't closed") }),
                Some('"') => drop(self.string()?),
                Some('/') if self.starts("//") || self.starts("/*") => drop(self.comment()?),
                Some(letter) => {
                    depth += i32::from(letter == '{') - i32::from(letter == '}');
                    self.take();
                }
            }
        }
        Ok(())
    }

    /// The next line of a block, or false at its end.
    fn item(&mut self, items: &mut Vec<Item>) -> Result<bool, Wrong> {
        self.blanks();
        let line = self.line;
        match self.peek() {
            None => {}
            Some('}') => {
                self.take();
                return Ok(false);
            }
            // The end of the line before, or a blank one.
            Some('\n') => {
                self.take();
                self.blanks();
                if self.peek() == Some('\n') {
                    items.push(Item::Text(String::new()));
                }
            }
            Some('/') => items.push(Item::Text(self.comment()?)),
            Some('@') if self.starts("@@") => {
                let logical = self.logical()?;
                let mut found = attributes(&logical.code[1..], line)?;
                match (found.pop(), found.is_empty()) {
                    (Some(one), true) => items.push(Item::Attribute(one, logical.comment)),
                    _ => {
                        return Err(Wrong {
                            line,
                            what: String::from("a line has one attribute of a block"),
                        });
                    }
                }
            }
            Some(_) => items.push(Item::Field(field(self.logical()?, line)?)),
        }
        Ok(true)
    }

    /// A line, and the following ones while a bracket is open.
    fn logical(&mut self) -> Result<Logical, Wrong> {
        let line = self.line;
        let (mut code, mut comment, mut depth) = (String::new(), String::new(), 0);
        loop {
            match self.peek() {
                Some('"') => code.push_str(&self.string()?),
                Some('/') if self.starts("//") || self.starts("/*") => {
                    let found = self.comment()?;
                    let inner = found.trim_start_matches("/*").trim_end_matches("*/");
                    let words: Vec<&str> =
                        inner.trim_start_matches('/').split_whitespace().collect();
                    let slashes = if found.starts_with("///") { "///" } else { "//" };
                    comment.push_str(if comment.is_empty() { slashes } else { "" });
                    comment.push_str(&format!(" {}", words.join(" ")));
                }
                None | Some('\n' | '}') if depth == 0 => break,
                None => {
                    return Err(Wrong { line, what: String::from("a bracket isn't closed") });
                }
                Some(letter) => {
                    depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
                    if depth < 0 {
                        return Err(self.wrong(format!("{letter} closes nothing")));
                    }
                    code.push(if letter == '\n' { ' ' } else { letter });
                    self.take();
                }
            }
        }
        Ok(Logical { code: code.trim().to_owned(), comment })
    }

    /// With its quotation marks.
    fn string(&mut self) -> Result<String, Wrong> {
        let line = self.line;
        let mut text = String::from("\"");
        self.take();
        loop {
            let letter = self.take().filter(|&letter| letter != '\n');
            let open = || Wrong { line, what: String::from("a text isn't closed") };
            text.push(letter.ok_or_else(open)?);
            match letter {
                Some('\\') => text.push(self.take().ok_or_else(open)?),
                Some('"') => return Ok(text),
                _ => {}
            }
        }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|letter| letter != '\n' && letter.is_whitespace()) {
            self.take();
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(is_of_word) {
            self.take();
        }
        self.letters[start..self.at].iter().collect()
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '-'
}

fn field(logical: Logical, line: usize) -> Result<Field, Wrong> {
    let code = logical.code.as_str();
    let (name, rest) = code.split_at(code.find(|c| !is_of_word(c)).unwrap_or(code.len()));
    let shown: String = code.chars().take(40).collect();
    let wrong = |what: &str| Wrong { line, what: format!("{what}: {shown}") };
    let rest = rest.trim_start();
    let (mut kind, rest) = match rest.starts_with("Unsupported(") {
        true => rest.split_at(rest.find(')').map_or(rest.len(), |end| end + 1)),
        false => rest.split_at(rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())),
    };
    let (mut suffix, mut rest) = ("", rest.trim_start());
    for one in ["[]", "?"] {
        if let Some(after) = rest.strip_prefix(one) {
            (suffix, rest) = (one, after);
        }
    }
    if name.is_empty() || !rest.trim_start().starts_with('@') && !rest.trim().is_empty() {
        return Err(wrong("this is no field"));
    }
    kind = kind.trim();
    Ok(Field {
        name: name.to_owned(),
        line,
        kind: kind.to_owned(),
        suffix: suffix.to_owned(),
        attributes: attributes(rest, line)?,
        comment: logical.comment,
    })
}

/// `@id @default(cuid())`
fn attributes(code: &str, line: usize) -> Result<Vec<Attribute>, Wrong> {
    let mut found = Vec::new();
    let mut rest = code.trim();
    while !rest.is_empty() {
        let wrong = || Wrong { line, what: format!("this is no attribute: {rest}") };
        let inner = rest.strip_prefix('@').ok_or_else(wrong)?;
        let is_part = |c: char| is_of_word(c) || c == '.';
        let end = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
        let (name, after) = inner.split_at(end);
        if name.is_empty() {
            return Err(wrong());
        }
        let (arguments, after) = match after.trim_start().strip_prefix('(') {
            Some(inside) => {
                let end = closing(inside).ok_or_else(wrong)?;
                (split(&inside[..end]), &inside[end + 1..])
            }
            None => (Vec::new(), after),
        };
        found.push(Attribute { name: name.to_owned(), arguments });
        rest = after.trim_start();
    }
    Ok(found)
}

fn split(text: &str) -> Vec<Argument> {
    list(text).into_iter().map(argument).collect()
}

fn argument(text: &str) -> Argument {
    let name = text.split_once(':').filter(|(name, _)| name.trim().chars().all(is_of_word));
    match name {
        Some((name, value)) => {
            Argument { name: Some(name.trim().to_owned()), value: value.trim().to_owned() }
        }
        None => Argument { name: None, value: text.to_owned() },
    }
}
