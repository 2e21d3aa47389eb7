//! Holds: what must not be deleted whatever its age.

use std::fmt;

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Contact,
    User,
    Action,
    Resource,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Contact, Kind::User, Kind::Action, Kind::Resource];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Contact => "contact",
            Kind::User => "user",
            Kind::Action => "action",
            Kind::Resource => "resource",
        }
    }

    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The hold as the deleting statement compares it: `contact:ID`.
pub fn mark(kind: Kind, value: &str) -> String {
    format!("{kind}:{value}")
}
