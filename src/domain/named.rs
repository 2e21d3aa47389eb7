//! Closed sets of words that the database and the command line share.

use std::fmt;

use serde::{Serialize, Serializer};

/// An enum whose values have the names that the database gives them.
pub trait Named: fmt::Debug + Copy + Send + Sync + 'static {
    const ALL: &'static [Self];

    /// `PENDING`.
    fn name(self) -> &'static str;

    /// In any case.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name().eq_ignore_ascii_case(name))
    }
}

/// A word of the database: one of ours, or one that the application added to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label<T> {
    Known(T),
    Other(String),
}

impl<T: Named> Label<T> {
    /// Letter by letter: an application's `pending` is not our `PENDING`.
    pub fn read(name: &str) -> Label<T> {
        let known = T::ALL.iter().copied().find(|value| value.name() == name);
        known.map_or_else(|| Label::Other(name.to_owned()), Label::Known)
    }

    pub fn name(&self) -> &str {
        match self {
            Label::Known(value) => value.name(),
            Label::Other(name) => name,
        }
    }

    pub fn known(&self) -> Option<T> {
        match self {
            Label::Known(value) => Some(*value),
            Label::Other(_) => None,
        }
    }
}

impl<T: Named + PartialEq> PartialEq<T> for Label<T> {
    fn eq(&self, other: &T) -> bool {
        self.known() == Some(*other)
    }
}

impl<T> From<T> for Label<T> {
    fn from(value: T) -> Label<T> {
        Label::Known(value)
    }
}

impl<T: Named> fmt::Display for Label<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl<T: Named> Serialize for Label<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
