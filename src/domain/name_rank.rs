//! How alike the names are that a search found.

use super::matching::fold;

/// A name that is searched for.
#[derive(Debug, Clone)]
pub struct WantedName {
    words: Vec<String>,
}

impl WantedName {
    pub fn new(name: &str) -> WantedName {
        WantedName { words: words(name) }
    }

    /// How alike a name is spelled, from 0 to 1: 1 for the same words in any order, in any script
    /// and with or without accents.
    ///
    /// Each wanted word is compared with the one most alike by their edit distance, in which two
    /// letters swapped are one slip; words beyond those count little, for who searches
    /// rarely types the whole name.
    pub fn alike(&self, name: &str) -> f64 {
        let mut others = words(name);
        let letters = |words: &[String]| words.iter().map(String::len).sum::<usize>() as f64;
        let (wanted, all) = (letters(&self.words), letters(&others));
        if wanted == 0.0 || all == 0.0 {
            return 0.0;
        }
        let (mut met, mut used) = (0.0, 0);
        for word in &self.words {
            let best = others
                .iter()
                .enumerate()
                .map(|(place, other)| (place, word_alike(word, other)))
                .max_by(|left, right| left.1.total_cmp(&right.1));
            if let Some((place, alike)) = best {
                met += alike * word.len() as f64;
                used += others.swap_remove(place).len();
            }
        }
        met / wanted * (0.85 + 0.15 * used as f64 / all)
    }
}

fn words(name: &str) -> Vec<String> {
    // Nobody's name is longer.
    let start: String = name.chars().take(200).collect();
    let mut folded = String::new();
    fold(&start, &mut folded);
    folded.split_ascii_whitespace().map(str::to_owned).collect()
}

fn word_alike(left: &str, right: &str) -> f64 {
    if left == right {
        return 1.0;
    }
    let longest = left.len().max(right.len()).max(1);
    1.0 - strsim::osa_distance(left, right) as f64 / longest as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alike(wanted: &str, name: &str) -> f64 {
        WantedName::new(wanted).alike(name)
    }

    #[test]
    fn the_nearer_ranks_higher() {
        for (wanted, order) in [
            ("Perta Martin", ["Petra Martin", "Marta Martin", "Perla Moreno"]),
            ("Mary Smiht", ["Mary Smith", "Mary Schmidt", "Martha Smith"]),
            ("giorgia", ["Giorgia", "Giorgia Mancini", "Giorgio Mancini"]),
            ("Carmen Diez", ["Díez, Carmen", "Carmen Diez Torrerrubia", "Carmen Díaz"]),
            ("Наталья Кузнцова", ["Natalia Kuznetsova", "Наталья Кузьмина", "Мария Иванова"]),
        ] {
            let ranks = order.map(|name| alike(wanted, name));
            assert!(ranks[0] > ranks[1] && ranks[1] > ranks[2], "{wanted}: {ranks:?}");
        }
        assert_eq!(alike("O'Neil, Zoë", "zoe oneil"), 1.0);
    }

    proptest! {
        #[test]
        fn it_is_a_share_of_one(left in "\\PC{0,20}", right in "\\PC{0,20}") {
            let found = alike(&left, &right);
            prop_assert!((0.0..=1.0).contains(&found), "{found}");
            let same = alike(&left, &left);
            prop_assert!(same == 0.0 || (same - 1.0).abs() < 1e-9, "{same}");
        }
    }
}
