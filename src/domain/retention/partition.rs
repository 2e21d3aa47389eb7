//! Which partition goes how.

use jiff::Timestamp;

/// How many months of audit partitions are made ahead.
pub const MONTHS_AHEAD: i64 = 3;

/// A partition by range of time, or the DEFAULT one, which has no bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    pub name: String,
    /// The first time in it; `None` is unbounded.
    pub from: Option<Timestamp>,
    /// The first time after it; `None` is unbounded.
    pub to: Option<Timestamp>,
    pub is_default: bool,
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

    proptest! {
        #[test]
        fn no_row_goes_with_a_partition_unless_it_is_old(
            from in 0i64..1000, length in 1i64..1000, cutoff in 0i64..3000, keeps in any::<bool>(), is_default in any::<bool>(),
        ) {
            let bounds = (!is_default).then(|| (second(from), second(from + length)));
            let partition = Partition {
                name: String::from("p"),
                from: bounds.map(|(from, _)| from),
                to: bounds.map(|(_, to)| to),
                is_default,
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
        let month = Partition {
            name: String::from("p"),
            from: Some(second(100)),
            to: Some(second(200)),
            is_default: false,
        };
        assert_eq!(way(&month, second(200), false), Way::Whole);
        assert_eq!(way(&month, second(199), false), Way::Keyset);
        assert_eq!(way(&month, second(100), false), Way::Untouched);
        assert_eq!(way(&month, second(200), true), Way::Keyset);
    }
}
