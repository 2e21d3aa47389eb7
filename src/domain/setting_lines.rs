//! Settings as they stand in a file of TOML: values with their lines.

use toml::Spanned;

use super::setting::Setting;

pub type Text = Option<Spanned<String>>;

/// A setting, its value, and its line.
pub type Line<'a> = (&'static Setting, &'a str, usize);

/// Those that are set, with their lines in `text`, which they were read from.
pub fn lines<'a>(
    text: &str,
    values: impl Iterator<Item = (&'static Setting, &'a Text)>,
) -> Vec<Line<'a>> {
    let found = values.filter_map(|(setting, value)| Some((setting, value.as_ref()?)));
    let filled = found.filter(|(_, value)| !value.get_ref().is_empty());
    let line = |value: &Spanned<String>| line_at(text, value.span().start);
    filled.map(|(setting, value)| (setting, value.get_ref().as_str(), line(value))).collect()
}

/// The line of a place.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// What is wrong with the file, and where: in bytes from its beginning.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub why: String,
    pub at: Option<usize>,
}

impl Wrong {
    /// With the line, in `text`, which the settings were read from.
    pub fn told(&self, text: &str) -> String {
        match self.at {
            Some(at) => format!("line {}: {}", line_at(text, at), self.why),
            None => self.why.clone(),
        }
    }
}

impl From<&str> for Wrong {
    fn from(why: &str) -> Wrong {
        Wrong { why: why.to_owned(), at: None }
    }
}

impl From<String> for Wrong {
    fn from(why: String) -> Wrong {
        Wrong { why, at: None }
    }
}
