//! Lines of `.env` files that can be read, and of /etc/passwd. Touches no file.

/// What stands in an `.env` file.
#[derive(Default)]
pub(super) struct Lines {
    pub entries: Vec<Entry>,
    /// The numbers of the lines that dotenvy can't read.
    pub bad: Vec<usize>,
    /// The line that would become too long by what it takes from others: reading ended before it.
    pub too_long: Option<usize>,
}

/// No value is longer once its variables are filled in: each may stand for those before it, many
/// times over.
pub(super) const VALUE_LIMIT_BYTES: usize = 1 << 20;
/// No line has more variables.
const VARIABLES: usize = 1000;
/// No value has more lines: a chain of certificates has a few hundred.
const VALUE_LINES: usize = 500;

pub(super) struct Entry {
    pub key: String,
    pub value: String,
    /// The number of its first line.
    pub line: usize,
}

pub(super) fn read(text: &str) -> Lines {
    let (good, begins, bad) = sift(text);
    let mut lines = Lines { bad, ..Lines::default() };
    let mut longest = 0;
    // All at once: a value may refer to one before it.
    let mut values = dotenvy::from_read_iter(good.as_bytes());
    for Begin { line, variables } in begins {
        if variables * longest > VALUE_LIMIT_BYTES {
            lines.too_long = Some(line);
            break;
        }
        if let Some(Ok((key, value))) = values.next() {
            longest = longest.max(value.len());
            lines.entries.push(Entry { key, value, line });
        }
    }
    lines
}

/// Where an entry begins.
#[derive(Debug, PartialEq, Eq)]
struct Begin {
    line: usize,
    /// At most so many.
    variables: usize,
}

/// What dotenvy can read, where its entries begin, and the numbers of the lines that it can't read.
fn sift(text: &str) -> (String, Vec<Begin>, Vec<usize>) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let (mut good, mut begins, mut bad) = (String::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        match length(&lines[at..]) {
            Some(length) => {
                let entry = lines[at..at + length].join("\n");
                if dotenvy::from_read_iter(entry.as_bytes()).next().is_some() {
                    begins.push(Begin { line: at + 1, variables: variables(&entry) });
                }
                good.push_str(&entry);
                good.push('\n');
                at += length;
            }
            None => {
                bad.push(at + 1);
                at += 1;
            }
        }
    }
    (good, begins, bad)
}

/// How many lines the first entry has: more than one only where its value begins with a quote.
fn length(lines: &[&str]) -> Option<usize> {
    let value = lines[0].split_once('=').map_or("", |(_, value)| value.trim_start());
    let most = if value.starts_with(['"', '\'']) { lines.len().min(VALUE_LINES) } else { 1 };
    let is_next = |line: &str| line.split_once('=').is_some_and(|(key, _)| is_key(key));
    let mut text = String::new();
    for (number, line) in lines[..most].iter().enumerate() {
        // A quote that nobody closed must not swallow the settings after it.
        if number > 0 && is_next(line) {
            return None;
        }
        text.push_str(line);
        text.push('\n');
        if is_readable(&text) {
            return Some(number + 1);
        }
    }
    None
}

fn variables(text: &str) -> usize {
    text.matches('$').count()
}

fn is_readable(text: &str) -> bool {
    // What is no UTF-8 became this sign.
    !text.contains('\u{fffd}')
        && variables(text) <= VARIABLES
        && dotenvy::from_read_iter(text.as_bytes()).all(|item| item.is_ok())
}

fn is_key(text: &str) -> bool {
    let text = text.strip_prefix("export ").unwrap_or(text).trim();
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase() || c == '_')
        && letters.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The name of a user in the text of /etc/passwd.
pub(super) fn user_named(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_line_costs_itself_only() {
        let text = "\u{feff}A=1\r\nB=it's fine\r\nC=\"two\r\nlines\"\r\nD='open\r\nE=5\r\nnonsense\r\n# x\r\n";
        let (good, begins, bad) = sift(text);
        assert_eq!(good, "A=1\nC=\"two\nlines\"\nE=5\n# x\n");
        assert_eq!(begins, [1, 3, 6].map(|line| Begin { line, variables: 0 }));
        assert_eq!(bad, [2, 5, 7]);
    }

    #[test]
    fn names_of_users() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n";
        assert_eq!(user_named(passwd, 1000).as_deref(), Some("ana"));
        assert_eq!(user_named(passwd, 7), None);
    }
}
