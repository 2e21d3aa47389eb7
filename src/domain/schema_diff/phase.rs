//! When a statement runs among the others of a script.

use super::model::{Constraint, ConstraintKind, DefinitionKind};

/// What others need comes before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Rename,
    Types,
    Routines,
    Tables,
    /// Of tables that point at others: those must be logged first.
    Logged,
    /// Those that know the new tables.
    LateRoutines,
    Columns,
    Keys,
    ForeignKeys,
    Indexes,
    Views,
    Triggers,
    Privileges,
}

impl Phase {
    pub(super) fn of(kind: DefinitionKind) -> Phase {
        match kind {
            _ if kind.is_view() => Phase::Views,
            _ if kind.is_routine() => Phase::Routines,
            _ => Phase::Types,
        }
    }

    /// Whose statements may name each other.
    pub(super) fn is_of_definitions(self) -> bool {
        matches!(self, Phase::Types | Phase::Routines | Phase::LateRoutines | Phase::Views)
    }

    pub(super) fn of_constraint(constraint: &Constraint) -> Phase {
        match constraint.kind {
            ConstraintKind::ForeignKey => Phase::ForeignKeys,
            _ => Phase::Keys,
        }
    }
}

/// A statement and when it runs among the others.
pub(super) type Step = (Phase, String);

/// Whether the text has the name as a word of its own.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
