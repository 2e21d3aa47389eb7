//! The value without which nothing is destroyed.

/// Somebody agreed to this very step.
///
/// Statements that delete, drop or overwrite take it as a parameter, so that
/// they can't be reached without asking. Only `ui/prompt.rs` mints it (which
/// `tests/house` checks): by a person's answer, or by a flag.
#[derive(Debug)]
pub struct Consent(());

impl Consent {
    pub(crate) fn mint() -> Consent {
        Consent(())
    }
}
