//! What a rule is; which there are stands in `table`.

use std::fmt;

use serde::{Serialize, Serializer};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Look at it, for there is no safer way to do the same.
    Warn,
    /// It blocks, breaks or fails, and there is a way that doesn't.
    Error,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Warn => "warn",
            Severity::Error => "error",
        }
    }
}

/// Whom it hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Whoever waits for the table, for as long as its size takes.
    Grows,
    /// Whoever uses the table, however small it is.
    Stays,
    /// The migration itself: it won't do what it says.
    Fails,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Share,
    ShareRowExclusive,
    AccessExclusive,
}

impl Lock {
    /// What has to wait meanwhile.
    pub fn blocks(self) -> &'static str {
        match self {
            Lock::Share | Lock::ShareRowExclusive => "writes",
            Lock::AccessExclusive => "reads and writes",
        }
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Lock::Share => "SHARE",
            Lock::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Lock::AccessExclusive => "ACCESS EXCLUSIVE",
        })
    }
}

impl Serialize for Lock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    pub harm: Harm,
    pub lock: Option<Lock>,
    /// What it does to production, in one sentence.
    pub what: &'static str,
    /// The safe way.
    pub remedy: &'static str,
    /// The safe way for a table that is known to be partitioned.
    pub remedy_if_partitioned: Option<&'static str>,
}

pub(super) const fn rule(
    name: &'static str,
    severity: Severity,
    harm: Harm,
    what: &'static str,
    remedy: &'static str,
) -> Rule {
    Rule { name, severity, harm, lock: None, what, remedy, remedy_if_partitioned: None }
}

impl Rule {
    pub const fn locking(self, lock: Lock) -> Rule {
        Rule { lock: Some(lock), ..self }
    }

    pub const fn if_partitioned(self, remedy: &'static str) -> Rule {
        Rule { remedy_if_partitioned: Some(remedy), ..self }
    }
}

/// For a script that the parser could not get through; no comment ignores it.
pub(super) static UNREAD: Rule = rule(
    "unreadable",
    Severity::Error,
    Harm::Fails,
    "The linter gave up on it, so nothing can be said about it.",
    "Look at it with your own eyes, statement by statement.",
);
