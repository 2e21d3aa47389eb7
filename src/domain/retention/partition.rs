//! Which partition goes how.

use jiff::Timestamp;

/// How many months of audit partitions are made ahead.
pub const MONTHS_AHEAD: i64 = 3;

/// A table, as SQL names it and as people do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Quoted, with its schema where it needs one.
    pub sql: String,
    pub name: String,
}

/// A partition by range of time, or the DEFAULT one, which has no bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    pub relation: Relation,
    /// The first time in it; `None` is unbounded.
    pub from: Option<Timestamp>,
    /// The first time after it; `None` is unbounded.
    pub to: Option<Timestamp>,
    pub is_default: bool,
    /// Some of its rows, or all, lie on another server.
    pub is_foreign: bool,
}

/// Whether the times of a month have partitions, whoever made them and however they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    Whole,
    /// These take some of its times; the rest falls into the DEFAULT one.
    Part(Vec<String>),
    Nothing,
}

/// The DEFAULT partition covers nothing. Partitions never overlap.
pub fn cover(partitions: &[Partition], from: Timestamp, to: Timestamp) -> Cover {
    let mut within: Vec<(Timestamp, Timestamp, &str)> = partitions
        .iter()
        .filter(|one| !one.is_default)
        .map(|one| {
            (one.from.map_or(from, |at| at.max(from)), one.to.map_or(to, |at| at.min(to)), one)
        })
        .filter(|(first, end, _)| first < end)
        .map(|(first, end, one)| (first, end, one.relation.name.as_str()))
        .collect();
    within.sort_unstable();
    if within.is_empty() {
        return Cover::Nothing;
    }
    let reached =
        within.iter().fold(from, |at, (first, end, _)| if *first == at { *end } else { at });
    match reached == to {
        true => Cover::Whole,
        false => Cover::Part(within.iter().map(|(_, _, name)| (*name).to_owned()).collect()),
    }
}

/// How the old rows of a partition go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It holds none.
    Untouched,
    /// Every row of it is old: the partition is dropped.
    Whole,
    /// Row by row, in the order of the key.
    Keyset,
}

/// `keeps_rows`: filters or holds keep rows that are old enough.
pub fn way(partition: &Partition, cutoff: Timestamp, keeps_rows: bool) -> Way {
    let is_old = !partition.is_default && partition.to.is_some_and(|to| to <= cutoff);
    if partition.from.is_some_and(|from| from >= cutoff) {
        Way::Untouched
    } else if is_old && !keeps_rows {
        Way::Whole
    } else {
        Way::Keyset
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn second(number: i64) -> Timestamp {
        Timestamp::from_second(number).expect("in range")
    }

    fn partition(from: Option<i64>, to: Option<i64>) -> Partition {
        let relation = Relation { sql: String::from("p"), name: String::from("p") };
        let (from, to) = (from.map(second), to.map(second));
        Partition { relation, from, to, is_default: false, is_foreign: false }
    }

    #[test]
    fn a_month_is_covered_by_whatever_takes_its_times() {
        let weeks = [(0, 7), (7, 14), (14, 40)].map(|(from, to)| partition(Some(from), Some(to)));
        let whole = |parts: &[Partition]| cover(parts, second(5), second(35));
        assert_eq!(whole(&weeks), Cover::Whole);
        assert_eq!(whole(&[partition(None, None)]), Cover::Whole);
        assert_eq!(whole(&[weeks[0].clone(), weeks[2].clone()]), Cover::Part(vec!["p".into(); 2]));
        assert_eq!(whole(&weeks[..2]), Cover::Part(vec!["p".into(); 2]));
        assert_eq!(whole(&[partition(Some(35), None), partition(None, Some(5))]), Cover::Nothing);
        let rest = Partition { is_default: true, ..partition(None, None) };
        assert_eq!(whole(&[rest]), Cover::Nothing);
    }

    proptest! {
        #[test]
        fn no_row_goes_with_a_partition_unless_it_is_old(
            from in 0i64..1000, length in 1i64..1000, cutoff in 0i64..3000, keeps in any::<bool>(), is_default in any::<bool>(),
        ) {
            let bounds = (!is_default).then(|| (second(from), second(from + length)));
            let partition = Partition {
                from: bounds.map(|(from, _)| from),
                to: bounds.map(|(_, to)| to),
                is_default,
                ..partition(None, None)
            };
            match way(&partition, second(cutoff), keeps) {
                Way::Whole => prop_assert!(!keeps && !is_default && from + length <= cutoff),
                Way::Untouched => prop_assert!(!is_default && from >= cutoff),
                Way::Keyset => prop_assert!(is_default || from < cutoff),
            }
        }
    }

    #[test]
    fn the_boundary_is_exact() {
        let month = partition(Some(100), Some(200));
        assert_eq!(way(&month, second(200), false), Way::Whole);
        assert_eq!(way(&month, second(199), false), Way::Keyset);
        assert_eq!(way(&month, second(100), false), Way::Untouched);
        assert_eq!(way(&month, second(200), true), Way::Keyset);
    }
}
