//! Closed sets of words that the database and the command line share.

/// An enum whose values have the names that the database gives them.
pub trait Named: Copy + Send + Sync + 'static {
    const ALL: &'static [Self];

    /// `PENDING`.
    fn name(self) -> &'static str;

    /// In any case.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name().eq_ignore_ascii_case(name))
    }
}
