//! What a comparison comes to: differences, and what isn't ours.

use serde::Serialize;

use super::identifier;
use super::phase::Step;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Missing,
    Changed,
    Renamed,
}

/// Something of ours that is not as it should be, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub problem: Problem,
    /// `table`, `column`, `index`, ...
    pub kind: &'static str,
    /// `contacts.phone` for what hangs on a table.
    pub object: String,
    pub details: Vec<Detail>,
    /// Statements that make it as expected, as far as they are about nothing else;
    /// [`super::script`] orders those of all differences.
    pub sql: Vec<String>,
    #[serde(skip)]
    pub(super) steps: Vec<Step>,
}

/// Something that the application added: no difference, and nobody's to drop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Addition {
    pub kind: &'static str,
    /// `contacts.nickname` for what hangs on a table.
    pub object: String,
    /// What a trigger runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// Whose that function is, or whose the object of ours is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

impl Addition {
    /// Whether it acts on a table of ours or is in command of it, and so on what we do.
    pub fn meddles(&self) -> bool {
        ["trigger", "rule", "policy", "row security", "owner"].contains(&self.kind)
    }

    /// `trigger users.touch (runs touch() of eve)`, on one line whatever the names.
    pub fn title(&self) -> String {
        let function =
            self.function.as_deref().map(|function| format!("runs {}", path_shown(function)));
        let owner = self.owner.as_deref().map(|owner| format!("of {}", identifier::shown(owner)));
        let by: Vec<String> = function.into_iter().chain(owner).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(" ")) };
        format!("{} {}{by}", self.kind, path_shown(&self.object))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    pub differences: Vec<Difference>,
    pub not_ours: Vec<Addition>,
}

/// One property that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    pub property: &'static str,
    pub expected: Option<String>,
    pub found: Option<String>,
}

impl Problem {
    pub fn as_str(self) -> &'static str {
        match self {
            Problem::Missing => "missing",
            Problem::Changed => "changed",
            Problem::Renamed => "renamed",
        }
    }
}

impl Difference {
    /// `missing index contacts.contacts_phone_idx`, on one line whatever the name.
    pub fn title(&self) -> String {
        format!("{} {} {}", self.problem.as_str(), self.kind, path_shown(&self.object))
    }

    /// Without the arguments of a routine.
    pub(super) fn bare_name(&self) -> &str {
        self.object.split('(').next().unwrap_or(&self.object)
    }

    pub(super) fn set_steps(&mut self, steps: Vec<Step>) {
        self.sql = steps.iter().map(|(_, sql)| sql.clone()).collect();
        self.steps = steps;
    }

    /// Whether our code fails over it: a table, a column, a type or a function is missing, or is of
    /// another type.
    pub fn is_vital(&self) -> bool {
        let is_type =
            |detail: &Detail| ["type", "labels", "partition key"].contains(&detail.property);
        match (self.kind, self.problem) {
            (
                "table" | "column" | "enum" | "function" | "procedure" | "type" | "domain",
                Problem::Missing | Problem::Renamed,
            ) => true,
            ("table" | "column" | "enum", Problem::Changed) => self.details.iter().any(is_type),
            _ => false,
        }
    }
}

/// `contacts.phone`, for people: what could mislead them is spelled out.
pub fn path_shown(object: &str) -> String {
    if object.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ') {
        return object.to_owned();
    }
    identifier::shown(object)
}

pub(super) fn detail(
    property: &'static str,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> Detail {
    Detail { property, expected: Some(expected.into()), found: Some(found.into()) }
}
