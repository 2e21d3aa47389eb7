//! "Did you mean": the nearest known word.

/// The known word nearest to `word`, if one is near enough to be meant.
///
/// Jaro-Winkler similarity of at least 0.75, the bound that clap uses for its
/// own suggestions within a hair (0.7).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity >= 0.75)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_was_meant() {
        let known = ["production", "staging", "development", "test"];
        assert_eq!(nearest("prodction", known), Some("production"));
        assert_eq!(nearest("DEVELOPMENT", known), Some("development"));
        assert_eq!(nearest("xyzzy", known), None);
        assert_eq!(nearest("", known), None);
    }
}
